"""Files that are almost reports: small ones made by the generator, then damaged, the same for the same seed.

    data, name = mutant("docx", 7)

`FORMATS` are the formats, one file each here or a name of a plain format. Each `originals(seed)` and
`mutate(data, dice)`: what a sick program, a bad disk or an attacker makes of such a file. Most
mutants are damaged in the structure of their format, a quarter byte by byte, some in both.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from functools import lru_cache

from mutation import packages, paper, plain
from mutation.octets import damaged

Originals = Callable[[], Sequence[bytes]]
Mutate = Callable[[bytes, random.Random], bytes]

FORMATS: dict[str, tuple[Originals, Mutate]] = {
    "txt": (lambda: plain.originals("txt"), plain.mutate_lines),
    "md": (lambda: plain.originals("md"), plain.mutate_lines),
    "html": (lambda: plain.originals("html"), plain.mutate_tags),
    "docx": (lambda: packages.office("docx"), packages.mutate),
    "xlsx": (lambda: packages.office("xlsx"), packages.mutate),
    "zip": (packages.boxes, packages.mutate),
    "pdf": (paper.originals, paper.mutate),
}


@lru_cache
def _originals(format: str) -> Sequence[bytes]:
    return FORMATS[format][0]()


def mutant(format: str, number: int, seed: int = 0) -> tuple[bytes, str]:
    """The bytes and the name of one damaged file."""
    dice = random.Random(f"{format} {seed} {number}")
    data = dice.choice(_originals(format))
    how = dice.random()
    if how < 0.75:
        for _ in range(dice.choice((1, 1, 2, 4))):
            data = FORMATS[format][1](data, dice)
    if how > 0.7:
        data = damaged(data, dice)
    return data, f"{format}-{seed}-{number}.{format}"
