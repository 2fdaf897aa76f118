"""Numbers put down on disk as they come and looked at when all are there: what an index gathers of
many reports takes no memory until it is written."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any
from weakref import finalize

import numpy as np
from numpy.lib import format as npy
from numpy.typing import DTypeLike, NDArray

_AT_ONCE = 1 << 20  # numbers


class Spool:
    """Rows of numbers of one form, `width` in each, or single ones where it is 0. Its file lies in `folder`
    without a name there and goes when the spool does."""

    def __init__(self, folder: Path, form: DTypeLike, width: int = 0) -> None:
        self._form, self._shape = np.dtype(form), (-1, width) if width else (-1,)
        self._file = TemporaryFile(dir=folder)  # noqa: SIM115  (closed with this)
        finalize(self, self._file.close)

    def add(self, rows: NDArray[Any]) -> None:
        """Put `rows` behind those that are there."""
        self._file.write(np.ascontiguousarray(rows, self._form).tobytes())

    def rows(self) -> NDArray[Any]:
        """All that were put in, in order, mapped from the file: valid until more are added."""
        self._file.flush()
        empty = not self._file.tell()
        flat = np.zeros(0, self._form) if empty else np.memmap(self._file, self._form, "r")
        return flat.reshape(0, *self._shape[1:]) if empty else flat.reshape(self._shape)


def save(path: Path, form: DTypeLike, pieces: Iterable[NDArray[Any]]) -> None:
    """Write `pieces`, one behind the other, as one array of single numbers that `numpy.load` reads, without
    having them all in memory."""
    pieces, form = list(pieces), np.dtype(form)
    head = {"descr": npy.dtype_to_descr(form), "fortran_order": False, "shape": (sum(map(len, pieces)),)}
    with path.open("wb") as file:
        npy.write_array_header_1_0(file, head)
        for piece in pieces:
            for at in range(0, len(piece), _AT_ONCE):
                file.write(piece[at : at + _AT_ONCE].astype(form).tobytes())
