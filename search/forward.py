"""What every passage says, by passage: a forward index of token numbers.

What finds passages by their tokens keeps them the other way round. To rate a few passages that
others found, it is cheaper to look up what those few say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kg.errors import WorkspaceError
from search import segments, spool
from search.segments import Ordinals, Segment
from search.spool import Spool

_STARTS, _TOKENS = "starts.npy", "tokens.npy"
_NOBODY = np.zeros(0, np.int64)
Rows = NDArray[np.int64]
Tokens = NDArray[Any]


class Said(NamedTuple):
    """The tokens of some passages one after another, and where each passage begins among them."""

    tokens: Tokens
    firsts: Rows


class Forward:
    """The forward index in `folder`, opened for reading. WorkspaceError `damaged`."""

    def __init__(self, folder: Path) -> None:
        self._segments = segments.opened(folder)
        self._kept = [_read(part.folder) for part in self._segments.parts]

    def __len__(self) -> int:
        return len(self._segments)

    def of(self, ordinals: Ordinals) -> Iterator[tuple[Rows, Said]]:
        """What the passages of `ordinals` (ascending) say, a segment at a time: their places among
        `ordinals`, and their tokens."""
        for number, places, rows in self._segments.rows(ordinals):
            yield places, _gathered(*self._kept[number], rows)

    @cached_property
    def length(self) -> float:
        """How many tokens a passage has in the mean, also those taken out; 1 where there is none."""
        passages = sum(len(starts) - 1 for starts, _ in self._kept)
        return sum(len(tokens) for _, tokens in self._kept) / passages if passages else 1.0


class ForwardWriter:
    """The forward index in `folder`, opened for writing, made where there is none. `about` says what
    its tokens are made with, `form` how they are kept."""

    def __init__(self, folder: Path, about: Mapping[str, Any], form: type[np.integer[Any]]) -> None:
        folder.mkdir(exist_ok=True)
        self._folder, self._about, self._form = folder, about, form
        self._gone: list[Ordinals] = []
        self._fresh, self._lengths = Spool(folder, np.int64), Spool(folder, np.int64)
        self._tokens = Spool(folder, form)

    def remove(self, ordinals: Ordinals) -> None:
        self._gone.append(ordinals)

    def add(self, ordinals: Ordinals, said: Sequence[Sequence[int]]) -> None:
        """The tokens of passages, in the order of their `ordinals`."""
        self._fresh.add(ordinals)
        self._tokens.add(np.array([token for tokens in said for token in tokens], self._form))
        self._lengths.add(np.array([len(tokens) for tokens in said], np.int64))

    def close(self) -> None:
        gone = np.concatenate([*self._gone, _NOBODY])
        segments.save(self._folder, self._about, self._fresh.rows(), gone, self._write)

    def _write(self, folder: Path, merged: Sequence[Segment]) -> None:
        old = [_gathered(*_read(part.folder), part.living) for part in merged]
        lengths = [np.diff(said.firsts, append=len(said.tokens)) for said in old]
        spool.save(folder / _TOKENS, self._form, [*(said.tokens for said in old), self._tokens.rows()])
        ends = np.cumsum(np.concatenate([*lengths, self._lengths.rows()]))
        np.save(folder / _STARTS, np.concatenate([np.zeros(1, np.int64), ends]))


def _read(folder: Path) -> tuple[Rows, Tokens]:
    """Where the tokens of each passage of a segment begin (one more than passages), and the tokens."""
    try:
        # As plain arrays: slices of a memmap cost five times as much.
        starts, tokens = (np.asarray(np.load(folder / name, "r")) for name in (_STARTS, _TOKENS))
    except (OSError, EOFError, ValueError) as error:
        raise WorkspaceError("damaged", "段落用词的索引已损坏，请重建", file=str(folder)) from error
    return starts, tokens


def _gathered(starts: Rows, tokens: Tokens, rows: Rows) -> Said:
    begins = starts[rows]
    lengths = starts[rows + 1] - begins
    ends = lengths.cumsum()
    firsts = ends - lengths
    places = np.arange(ends[-1] if len(ends) else 0)
    places += (begins - firsts).repeat(lengths)
    return Said(tokens[places], firsts)
