"""Tables of money: what each amount and execution rate in them is of, by its row and its column.

收支总表 (item beside amount, twice in a row), tables by function or by project (one row each, money
in columns), and the money rows of a self-evaluation form (总额, 财政资金 … by 年初预算, 执行数).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.document import Cell, Paragraph, Table, walk
from kg.grammar import projects
from kg.grammar.lexicon import folded, words
from kg.grammar.measures import ALLOCATED, FUNCTIONAL, Name, resolve
from kg.grammar.quantities import own_money
from kg.grammar.statements import Sort, Statement
from kg.reading import Reading
from kg.text import Span, view
from kg.values import money, numeral

ALL_PROJECTS = "项目合计"
EXECUTION = "预算执行率"
BY_CODE = {"2": FUNCTIONAL, "3": "经济分类支出"}  # first digit of a class: by function, by economic kind
_NUMBER = re.compile(r"(?P<number>-?(?:\d{1,3}(?:,\d{3}){1,5}|\d{1,15})(?:\.\d{1,8})?)(?P<percent>%)?")
_UNIT = re.compile(
    r"(?:单位|币种)[:为是]?(?:人民币)?(?P<unit>亿元|万元|千元|元)|\((?:单位:)?(?P<bare>亿元|万元|千元|元)\)"
)
_ITEM = re.compile(r"^(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十\d]{1,2}\)|\d{1,2}[.、](?!\d))")
_ASIDE = re.compile(r"\([^()]{0,20}\)|[A-Z÷/=]{1,5}$")
_BLANK = frozenset({"", "-", "—", "/", "--", "——", "无"})
_OF_WHICH = re.compile(r"^(?:其中|减|加):")
_YEAR = re.compile(r"(?P<year>(?:19|20)\d{2})年")
_CODE = re.compile(r"\d{7}|\d{5}|\d{3}|\d{2}")
_PLAIN = frozenset(words("functional-words", "决算数"))
_BUDGET = frozenset(words("functional-words", "预算数"))
_TOTAL = frozenset(words("functional-words", "合计"))
_INDICATORS = frozenset(words("functional-words", "三级指标"))


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of money. `title` is its head without remarks, `above` the words over it (因公出国费);
    `side` is 收入 or 支出, as the head or the rows so far say."""

    title: str
    above: str
    unit: str
    year: int | None
    side: str = ""

    @property
    def name(self) -> Name | None:
        """The measure that the head names itself; None for 决算数, 金额 and the like."""
        if self.title in _PLAIN:
            return None
        if self.title in _BUDGET:
            return Name(ALLOCATED, known=True)
        return next((name for name in resolve(self.title) if name.known), None)


@dataclass(frozen=True, slots=True)
class _Row:
    """The words that a number stands beside: its own label, and the code before that."""

    label: str
    code: str
    start: int
    listed: bool  # the label had a number of a list: 一、教育支出


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A table in its place: `around` are the words over it, `listing` says that it has a row a project."""

    reading: Reading
    table: Table
    around: str
    namings: Sequence[projects.Naming]
    listing: bool


def tabled(reading: Reading) -> Iterator[Statement]:
    """Every amount and execution rate in the tables of the part."""
    namings = projects.projects(reading)
    for path in walk(reading.part.sections):
        before = ""
        for block in path[-1].blocks:
            if isinstance(block, Paragraph):
                before = view(reading.source, block.span).text[-60:]
                continue
            caption = view(reading.source, block.caption).text if block.caption else ""
            around = f"{path[-1].title} {before} {caption}"
            listing = sum(block.span.covers(naming.scope) for naming in namings) > 1
            yield from _table(_Sheet(reading, block, around, namings, listing))


def _table(sheet: _Sheet) -> Iterator[Statement]:
    unit = sheet.table.unit or _unit(sheet.around)
    columns: dict[int, _Column] = {}
    above: list[str] = []
    in_head = False
    for cells in sheet.table.rows:
        texts = [view(sheet.reading.source, cell.span).text for cell in cells]
        head = _head(texts, above if in_head or not columns else [], unit, columns)
        if head or _INDICATORS.intersection(texts):
            columns, above, in_head = head, texts, True
            continue
        above, in_head = ([] if columns else texts), False
        for index in columns:
            if index < len(cells) and cells[index] not in cells[:index]:
                row = _row(cells, texts, index, columns)
                columns[index] = replace(columns[index], side=_side(row.label) or columns[index].side)
                yield from _cell(sheet, cells[index], texts[index], row, columns[index])


def _unit(text: str) -> str:
    match = _UNIT.search(text)
    return (match["unit"] or match["bare"]) if match else ""


def _head(texts: list[str], above: list[str], unit: str, before: dict[int, _Column]) -> dict[int, _Column]:
    """The columns of money that a row of titles opens; none where it is no such row."""
    if any(_NUMBER.fullmatch(text) and not _YEAR.match(text) for text in texts):
        return {}
    unit = next(filter(None, map(_unit, [*texts, *above])), unit)
    found: dict[int, _Column] = {}
    for index, text in enumerate(texts):
        over = above[index] if index < len(above) and above[index] != text else ""
        title, year = _title(text or over)
        column = _Column(title, _title(over)[0], _unit(text) or _unit(over) or unit, year)
        if index and not _ITEM.match(text) and (title in _PLAIN or column.name):
            found[index] = column
    # 本年收入合计 | | 本年支出合计 | in an empty account looks like a head, but names no column that was one.
    return found if not before or above or before.keys() & found.keys() else {}


def _title(text: str) -> tuple[str, int | None]:
    """A head without its remarks and year: 2023年决算数（万元） → 决算数, 2023."""
    match = _YEAR.match(text)
    bare = _ASIDE.sub("", text[match.end() :] if match else text).strip(":")
    return bare, int(match["year"]) if match else None


def _row(cells: tuple[Cell, ...], texts: list[str], index: int, columns: dict[int, _Column]) -> _Row:
    """What stands to the left of column `index`: a label, and the codes before it."""
    start, label = cells[index].span.start, ""
    codes: list[str] = []
    for left in range(index - 1, -1, -1):
        text = texts[left]
        if left in columns or text in _BLANK:
            if label:
                break
            continue
        if _CODE.fullmatch(text):
            codes.insert(0, text)
        elif label or _NUMBER.fullmatch(text):
            break
        else:
            label = text
        start = cells[left].span.start
    code = max(codes, key=len) if codes and len(max(codes, key=len)) > 3 else "".join(codes)
    listed = _ITEM.match(label)
    return _Row(_OF_WHICH.sub("", label[listed.end() :] if listed else label), code, start, bool(listed))


def _cell(sheet: _Sheet, cell: Cell, text: str, row: _Row, column: _Column) -> Iterator[Statement]:
    number = _NUMBER.fullmatch(text)
    value = numeral.read(number["number"]) if number else None
    if number is None or value is None:
        return
    span = Span(min(row.start, cell.span.start), cell.span.end)
    owner = projects.owner(sheet.namings, span)
    name = _name(row, column, sheet, owner)
    if name is None:
        return
    said = Statement(
        sort=Sort.RATE if number["percent"] else Sort.AMOUNT,
        name=name,
        value=value,
        unit="%" if number["percent"] else column.unit,
        span=span,
        subject=owner.name if owner else sheet.reading.subject,
        year=column.year or sheet.reading.header.fiscal_year,
    )
    if number["percent"] and name.measure == EXECUTION:
        yield replace(said, name=replace(name, measure=f"{name.item or ''}{EXECUTION}"))
    elif column.unit and name.measure != EXECUTION and not number["percent"]:
        yield replace(said, yuan=money.in_yuan(value, column.unit))


def _name(row: _Row, column: _Column, sheet: _Sheet, owner: projects.Naming | None) -> Name | None:
    """What the number in `column` of `row` is of; None where the two do not say."""
    titled, around = column.name, sheet.around
    label = _ASIDE.sub("", row.label)
    if owner and len(owner.scope) < len(sheet.table.span) and folded(owner.name) in label:
        return titled  # the row is the project's own
    if not label:
        over = next((name for name in resolve(column.above) if name.known), None)
        return _of(over, column.above, titled) if over else titled
    if label in _TOTAL:
        total = titled or _total(label, column, around)
        return replace(total, item=ALL_PROJECTS) if total and sheet.listing and not owner else total
    if row.code[:1] in BY_CODE:
        return _classed(row, titled, around)
    named = next((name for name in resolve(label) if name.known), None)
    if named:
        return _of(named, label, titled)
    if row.listed and label.endswith("支出"):
        return _classed(row, titled, around)
    if titled:
        return replace(titled, item=label)
    return Name(label) if own_money(label) else None


def _of(named: Name, label: str, titled: Name | None) -> Name:
    """预算数 of 公务接待费, or 公务接待费 itself in a column of outturns."""
    return replace(titled, item=label) if titled else named


def _classed(row: _Row, titled: Name | None, around: str) -> Name:
    measure = BY_CODE.get(row.code[:1], FUNCTIONAL)
    if "收入" in around and "支出" not in around:
        measure = measure.replace("支出", "收入")
    return replace(titled or Name(measure, known=True), code=row.code or None, name=_ASIDE.sub("", row.label))


def _total(label: str, column: _Column, around: str) -> Name | None:
    """合计 and 总计 under 收入 or 支出, or in a table of the one or the other."""
    side = column.side or _side(column.above) or _side(around)
    return Name(f"{side}总计" if label == "总计" else f"本年{side}", known=True) if side else None


def _side(words_: str) -> str:
    """收入 or 支出, where the words name one of the two."""
    sides = [side for side in ("收入", "支出") if side in words_]
    return sides[0] if len(sides) == 1 else ""
