"""空白的公开表没有说明为什么空着。
A public table is empty and nothing says why.

依据：《地方预决算公开操作规程》（财预〔2016〕143号）：没有数据的表格应当列出空表并说明。
表后、本章或全文中说明了没有这项收支的，不提示。
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.checks import Verdict
from kg.document import Table, grid
from kg.facts import Fact, cut
from kg.reading import Reading
from kg.rules._proof import finding, held
from kg.text import Span, view

RULE = "empty_table"
TYPE = "missing-value"
SEVERITY = "warning"
NEAR = 300  # characters behind a table in which its note stands
ABOVE = 120  # characters above a table in which its name stands
LEAST = 3  # columns; a narrower one is a form
_COLUMNS = "栏次"
_LINE = re.compile(r"[^\n]+")
_PUBLIC = re.compile(r"(?:预算|决算)[^,。;]{0,24}表")
_FUND = re.compile(r"政府性基金|国有资本经营|社会保险基金|三公|上级转移支付|政府采购|项目支出")
_NOTE = re.compile(
    r"空表|(?:无|没有|未)[^,。;]{0,24}(?:数据|支出|收入|安排|资金|预算|经费|数字|内容|项目|此项)|不涉及|为零|为0"
)
_LABEL = re.compile(r"(?:合计|总计|小计|栏次|项目|类|款|项|注[:：][^\n]{0,200}|备注|[^\n]{0,30}说明[^\n]{0,30})?")


def review(readings: Sequence[Reading], facts: Sequence[Fact]) -> Iterator[Verdict]:
    for reading in readings:
        tables = [block for _, block in reading.blocks() if isinstance(block, Table)]
        for at, table in enumerate(tables):
            if _is_empty(reading, table) and (title := _title(reading, table)):
                until = tables[at + 1].span.start if at + 1 < len(tables) else reading.part.span.end
                yield _verdict(reading, table, title, view(reading.source, _behind(table, until)).text)


def _behind(table: Table, until: int) -> Span:
    """Where the note of a table stands: behind it, before the next."""
    return Span(table.span.end, max(table.span.end, min(table.span.end + NEAR, until)))


def _title(reading: Reading, table: Table) -> Span | None:
    """The line that names the public table, right above it."""
    start, end = max(0, table.span.start - ABOVE), table.span.start
    lines = [Span(m.start(), m.end()) for m in _LINE.finditer(reading.source.text, start, end)]
    return next((line for line in reversed(lines) if _PUBLIC.search(view(reading.source, line).text)), None)


def _is_empty(reading: Reading, table: Table) -> bool:
    """Whether the table has nothing below its head but labels."""
    rows = [[text.text for text in row] for row in grid(reading.source, table)]
    body = [row for row in rows[1:] if not all(row) and row[0] != _COLUMNS]  # a row without a gap is a head, or data
    if not body or len(rows[0]) < LEAST:
        return False
    return all(_LABEL.fullmatch(cell) for row in body for cell in row)


def _verdict(reading: Reading, table: Table, name: Span, after: str) -> Verdict:
    title, place = view(reading.source, name).text, cut(reading.source, name)
    inside = view(reading.source, table.span).text[:NEAR]
    fund = _FUND.search(title)
    told = fund and re.search(
        rf"(?:无|没有|未(?:安排|发生|使用)?)[^。;]{{0,16}}{fund.group()}|{fund.group()}[^。;]{{0,30}}(?:为零|为0)",
        view(reading.source, reading.part.span).text,
    )
    if _NOTE.search(after) or _NOTE.search(inside) or told:
        return held(RULE, (place,), f"{title}：空表，已说明")
    return finding(
        RULE,
        TYPE,
        SEVERITY,
        (place,),
        f"“{title}”是空的，没有说明为什么",
        "The table is empty, and nothing says why",
        f"{title}：空",
        reading.subject,
        reading.part.label or None,
    )
