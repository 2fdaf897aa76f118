"""Damage that knows nothing of formats: bits, holes, repeats, cuts, and numbers that programs trip over."""

from __future__ import annotations

import random
from collections.abc import Callable

_NUMBERS = (b"\0" * 4, b"\xff" * 4, b"\xff\xff\xff\x7f", b"\x00\x00\x00\x80", b"\x01\x00\x00\x00", b"\xff\xff", b"\0\0")
_LONGEST = 4096  # bytes that one step repeats


def damaged(data: bytes, dice: random.Random) -> bytes:
    """`data` after one to eight steps of damage."""
    for _ in range(dice.choice((1, 1, 2, 3, 8))):
        if not data:
            break
        data = dice.choice(_STEPS)(data, dice)
    return data


def _flipped(data: bytes, dice: random.Random) -> bytes:
    made = bytearray(data)
    for _ in range(dice.choice((1, 2, 16))):
        made[dice.randrange(len(made))] ^= 1 << dice.randrange(8)
    return bytes(made)


def _holed(data: bytes, dice: random.Random) -> bytes:
    at, size = _piece(data, dice)
    return data[:at] + data[at + size :]


def _repeated(data: bytes, dice: random.Random) -> bytes:
    at, size = _piece(data, dice)
    return data[: at + size] + data[at : at + size] * dice.choice((1, 2, 50)) + data[at + size :]


def _moved(data: bytes, dice: random.Random) -> bytes:
    at, size = _piece(data, dice)
    rest = data[:at] + data[at + size :]
    to = dice.randrange(len(rest) + 1)
    return rest[:to] + data[at : at + size] + rest[to:]


def _strewn(data: bytes, dice: random.Random) -> bytes:
    at = dice.randrange(len(data))
    return data[:at] + dice.randbytes(dice.choice((1, 4, 64))) + data[at:]


def _numbered(data: bytes, dice: random.Random) -> bytes:
    at, number = dice.randrange(len(data)), dice.choice(_NUMBERS)
    return data[:at] + number + data[at + len(number) :]


def _cut(data: bytes, dice: random.Random) -> bytes:
    return data[: dice.randrange(len(data))]


def _zeroed(data: bytes, dice: random.Random) -> bytes:
    at, size = _piece(data, dice)
    return data[:at] + b"\0" * size + data[at + size :]


def _piece(data: bytes, dice: random.Random) -> tuple[int, int]:
    at = dice.randrange(len(data))
    return at, dice.randint(1, min(dice.choice((4, 64, _LONGEST)), len(data) - at))


_STEPS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    _flipped, _flipped, _flipped, _holed, _repeated, _moved, _strewn, _numbered, _cut, _zeroed,
)  # fmt: skip
