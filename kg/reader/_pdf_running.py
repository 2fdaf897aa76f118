"""What pages add to a text: their numbers, running heads and feet, which cut sentences and tables in two."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from kg.reader._lines import is_page_number
from kg.reader._pdf_lines import Printed
from kg.reader._pdf_sheet import Sheet
from kg.reader._tables import unit

_EDGE = 0.1  # of the page's height: where headers, footers and page numbers stand
_SHARE = 0.4  # of the pages, on which a header stands: even and odd pages may have their own
_LEAST = 4  # pages, before a line that comes again is a header
_SMALLER = 0.95  # times the usual size of letters
_DIGITS = re.compile(r"\d+")


def without(sheets: Sequence[Sheet]) -> list[Sheet]:
    """Pages without their numbers and without the lines that stand at the edge of many."""
    at_edge = [[item for item in _lines(page) if _at_edge(page, item)] for page in sheets]
    sizes: dict[str, list[float]] = defaultdict(list)
    for page in at_edge:
        for key, size in {_key(item): item.size for item in sorted(page, key=_size, reverse=True)}.items():
            sizes[key].append(size)
    least = max(_LEAST, _SHARE * len(sheets))
    often = {key for key, found in sizes.items() if len(found) >= least and not unit(key)} | _small(sheets, at_edge)
    running = {key: sorted(sizes[key])[len(sizes[key]) // 2] for key in often}
    return [
        replace(page, items=[item for item in page.items if item not in edge or not _added(item, running)])
        for page, edge in zip(sheets, at_edge, strict=True)
    ]


def _size(item: Printed) -> float:
    return item.size


def _lines(page: Sheet) -> list[Printed]:
    return [item for item in page.items if isinstance(item, Printed)]


def _small(sheets: Sequence[Sheet], at_edge: Sequence[Sequence[Printed]]) -> set[str]:
    """What stands at one place of every page in smaller letters than the text: the head of a short report. Of
    a single page, what its title says again."""
    sizes = sorted(item.size for page in sheets for item in _lines(page))
    if not sizes:
        return set()
    usual = sizes[len(sizes) // 2]
    small = [[item for item in found if item.size < _SMALLER * usual] for found in at_edge]
    places = [{(_key(item), round(item.base)) for item in found} for found in small]
    if len(sheets) > 1:
        return {key for key, _ in set.intersection(*places)}
    return {
        _key(item) for item in small[0] if any(line.words.startswith(item.words) for line in _others(sheets[0], item))
    }


def _others(page: Sheet, item: Printed) -> list[Printed]:
    return [line for line in _lines(page) if line.size > item.size]


def _added(item: Printed, running: Mapping[str, float]) -> bool:
    """Whether it is a page number or a running line; a title that says the same is in larger letters."""
    return is_page_number(item.words) or item.size < running.get(_key(item), 0.0) / _SMALLER


def _key(item: Printed) -> str:
    return _DIGITS.sub("0", item.words)


def _at_edge(page: Sheet, item: Printed) -> bool:
    return not _EDGE * page.height < item.base < (1 - _EDGE) * page.height
