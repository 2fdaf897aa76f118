"""What pages add to a text: their numbers, running heads and feet, which cut sentences and tables in two."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from kg.reader._lines import is_page_number
from kg.reader._pdf_columns import Columned
from kg.reader._pdf_lines import Printed
from kg.reader._pdf_sheet import Sheet
from kg.reader._tables import unit

_EDGE = 0.1  # of the page's height: where headers, footers and page numbers stand
_SHARE = 0.4  # of the pages, on which a header stands: even and odd pages may have their own
_LEAST = 4  # pages, before a line that comes again is a header
_DIGITS = re.compile(r"\d+")


def without(sheets: Sequence[Sheet]) -> list[Sheet]:
    """Pages without their numbers and without the lines that stand at the edge of many."""
    counted: Counter[str] = Counter()
    for page in sheets:
        counted.update({_key(item) for item in page.items if isinstance(item, Printed) and _at_edge(page, item)})
    often = {key for key, times in counted.items() if times >= max(_LEAST, _SHARE * len(sheets)) and not unit(key)}
    return [
        replace(
            page, items=[item for item in page.items if isinstance(item, Columned) or not _added(page, item, often)]
        )
        for page in sheets
    ]


def _added(page: Sheet, item: Printed, often: set[str]) -> bool:
    return _at_edge(page, item) and (is_page_number(item.words) or _key(item) in often)


def _key(item: Printed) -> str:
    return _DIGITS.sub("0", item.words)


def _at_edge(page: Sheet, item: Printed) -> bool:
    return not _EDGE * page.height < item.base < (1 - _EDGE) * page.height
