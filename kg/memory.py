"""Memory given back to the system once it is free, so that a long build stays as small as a short one.

The C library of Linux keeps what large pieces leave behind, and more of it the larger they are and the
more threads ask for them: a build of 300 reports grew to twice what it used.
"""

from __future__ import annotations

import ctypes

_LARGE = 2**20  # bytes; the graphs of some twenty reports take forty times that, for a moment
_THREADS_POOLS = 2
_MMAP_THRESHOLD, _ARENA_MAX = -3, -8  # what malloc.h calls them


def give_back() -> None:
    """From now on, let large pieces go back to the system when they are free, and let threads share
    what they leave behind. Nothing where the C library is another."""
    change = getattr(ctypes.CDLL(None), "mallopt", None)
    if change:
        change(_MMAP_THRESHOLD, _LARGE)
        change(_ARENA_MAX, _THREADS_POOLS)
