"""Tables of money: what each amount and execution rate in them is of, by its row and its column.

收支总表 (item beside amount, twice in a row), tables by function or by project (one row each, money
in columns), and the money rows of a self-evaluation form (总额, 财政资金 … by 年初预算, 执行数).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from kg.document import Cell, Paragraph, Table, grid
from kg.grammar import heads, projects
from kg.grammar.functional import WIDE
from kg.grammar.lexicon import either, folded, words
from kg.grammar.measures import BUDGETS, EXECUTED, FUNCTIONAL, Name, known
from kg.grammar.moneycolumns import ASIDE, ITEM, NUMBER, SOURCE, Column, measured, opened, side_of, sided, unit_in
from kg.grammar.quantities import own_money
from kg.grammar.statements import Sort, Statement
from kg.reading import Reading
from kg.text import Span, view
from kg.values import money, numeral

ALL_PROJECTS = "项目合计"
EXECUTION = "预算执行率"
ECONOMIC = "经济分类支出"
_SPENT = "本年支出"
BY_CODE = {"2": FUNCTIONAL, "3": ECONOMIC, "5": ECONOMIC}  # first digit of a class: by function, by economic kind
_STAGED = re.compile(
    rf"(?P<stage>{either(words('functional-words', '决算数'))}|{either(words('functional-words', '预算数'))}):"
)
# 维修（护）费 is one name, its brackets no aside.
_AFTER = re.compile(r"(?:\([^()]{0,20}\)|[A-Z÷/=]{1,5})$")
_BLANK = frozenset({"", "-", "—", "/", "--", "——", "无"})
_OF_WHICH = re.compile(r"^(?:其中|减|加):")
_PAIRED = re.compile(r"(?:资金|拨款|收入|支出|经费|预算|总额|合计|申请)(?:总额|合计|小计|数)?$")
_WHOLE = ("总额", "合计")
_FUND = re.compile(r"一般公共预算|政府性基金预算|国有资本经营预算")
_SHEET = re.compile(r"(?P<what>[^\s。,;:]{2,40}?)(?:支出|收入)?(?:决算|预算)?(?:情况|明细|总)*表")
_LONGEST_TITLE = 60  # characters
_BALANCE = re.compile(r"结转|结余")
_CODE = re.compile(r"\d{7}|\d{5}|\d{3}|\d{2}")
# 208 教育支出 in one cell; 500万元 and 213个 are amounts and counts.
_CODED = re.compile(r"(?P<code>[235]\d{2}(?:\d{2}){0,2})[-—:]?(?=[^\W\d]{2})(?![亿万千百十元个人台套项%年月份类号])")
_CLASSED = frozenset((3, 5, 7))  # digits of a 类, 款 and 项; a serial number has fewer
_NEAR = 4  # paragraphs below a table in which its note stands
_NOTE = re.compile(r"(?:说明|备注|注)\d?[:.、]")
_HEADS = 8  # rows of titles over one another; a real head has four
_TOTAL = frozenset(words("functional-words", "合计"))
_ROW_NUMBERS = frozenset(words("functional-words", "行次"))
_COLUMN_NUMBERS = frozenset(words("functional-words", "栏次"))
_INDICATORS = frozenset(words("functional-words", "三级指标"))


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
    listing: bool


def tabled(reading: Reading) -> Iterator[Statement]:
    """Every amount and execution rate in the tables of the part."""
    namings = projects.projects(reading)
    blocks = list(reading.blocks())
    before, section = "", None
    for index, (path, block) in enumerate(blocks):
        before, section = before if section is path[-1] else "", path[-1]
        if isinstance(block, Paragraph):
            before = view(reading.source, block.span).text[-60:]
            continue
        caption = view(reading.source, block.caption).text if block.caption else ""
        around = f"{path[-1].title} {before} {caption}"
        below = (following for _, following in blocks[index + 1 : index + 1 + _NEAR])
        around += "" if block.unit or unit_in(around) else _note(reading, below)
        listing = sum(block.span.covers(naming.scope) for naming in namings) > 1
        yield from _table(_Sheet(reading, block, around, listing))


def _note(reading: Reading, below: Iterable[Paragraph | Table]) -> str:
    """What a note right below a table says of its unit: 说明：…金额单位为万元。"""
    for block in below:
        if isinstance(block, Table):
            return ""
        text = view(reading.source, block.span).text
        if _NOTE.match(text):
            return f" 单位:{unit_in(text)}" if unit_in(text) else ""
    return ""


def _table(sheet: _Sheet) -> Iterator[Statement]:
    unit = sheet.table.unit or unit_in(sheet.around)
    columns: dict[int, Column] = {}
    above: list[list[str]] = []
    wholes: dict[int, Name] = {}
    in_head = False
    counted: set[int] = set()
    for cells, seen in zip(sheet.table.rows, grid(sheet.reading.source, sheet.table), strict=True):
        texts = [cell.text for cell in seen]
        if _COLUMN_NUMBERS.intersection(texts):
            continue
        counted.update(index for index, text in enumerate(texts) if text in _ROW_NUMBERS)
        texts = ["" if index in counted and text.isdecimal() else text for index, text in enumerate(texts)]
        staged = _STAGED.match(texts[0]) if texts else None
        if staged:  # 预算数：合计 | 因公出国（境）费 | …
            texts[0], above, in_head = texts[0][staged.end() :], [[staged["stage"]] * len(texts)], True
        head = opened(texts, above if in_head or not columns else [], unit, columns)
        if head or _INDICATORS.intersection(texts):
            columns, above, in_head = head, [*(above[-_HEADS:] if in_head else above[-1:]), texts], True
            continue
        above, in_head = ([] if columns else [texts]), False
        first = {cell: index for index, cell in reversed(list(enumerate(cells)))}
        for index in columns:
            if index < len(cells) and first[cells[index]] == index:
                row = _row(cells, texts, index, columns)
                columns[index] = _gone_on(columns[index], row)
                yield from _cell(sheet, cells[index], texts[index], row, columns[index])
        yield from _pairs(sheet, cells, texts, columns, wholes)


def _gone_on(column: Column, row: _Row) -> Column:
    """The column with what the label of the next row says for it and for those that follow."""
    balance = row.label if _BALANCE.search(row.label) else column.balance if SOURCE.search(row.label) else ""
    side = column.side if row.code else side_of(row.label) or column.side
    same = (side, balance) == (column.side, column.balance)
    return column if same else replace(column, side=side, balance=balance)


def _pairs(
    sheet: _Sheet, cells: tuple[Cell, ...], texts: list[str], columns: dict[int, Column], wholes: dict[int, Name]
) -> Iterator[Statement]:
    """The money lines of a form that set each sum beside its label: 项目资金（元） | 年度资金申请总额 | 50,000.
    `wholes` keeps the total over each column, which 其中：财政拨款 below is a part of."""
    unit = next(filter(None, map(unit_in, texts)), "")
    lefts = {cell: i for i, cell in reversed(list(enumerate(cells)))} if unit else {}
    for cell, index in sorted(lefts.items(), key=lambda pair: pair[1]):
        label = ASIDE.sub("", _OF_WHICH.sub("", texts[index - 1])).strip(":") if index else ""
        if index in columns or not _PAIRED.search(label) or not NUMBER.fullmatch(texts[index]):
            continue
        said = measured(label) or Name(label)
        part = index in wholes and not label.endswith(_WHOLE) and not side_of(label)
        name = replace(wholes[index], item=label) if part else said
        wholes[index] = wholes[index] if part else said
        row = _Row(label, "", next(c for c in reversed(cells[:index]) if c != cell).span.start, listed=False)
        yield from _cell(sheet, cell, texts[index], row, Column(label, (), unit, None), name)


def _row(cells: tuple[Cell, ...], texts: list[str], index: int, columns: dict[int, Column]) -> _Row:
    """What stands to the left of column `index`: a label, and the codes before it."""
    start, label = cells[index].span.start, ""
    codes: list[str] = []
    for left in range(index - 1, -1, -1):
        text = texts[left]
        # 总额 under 年度预算数（万元）: words below the head of a money column are the label of their row.
        if left in columns and (label or text in _BLANK or NUMBER.fullmatch(text)):
            if label:
                break
            continue
        if text in _BLANK:  # 201 | | | 教育支出: a class of the first level leaves the lower ones empty
            continue
        if _CODE.fullmatch(text):
            codes.insert(0, text)
        elif label or NUMBER.fullmatch(text):
            break
        else:
            label = text
        start = cells[left].span.start
    code = max(codes, key=len) if codes and len(max(codes, key=len)) > 3 else "".join(codes)
    code = code if len(code) in _CLASSED else ""
    coded = None if code else _CODED.match(label)
    code, label = (coded["code"], label[coded.end() :]) if coded else (code, label)
    listed = ITEM.match(label)
    plain = _OF_WHICH.sub("", label[listed.end() :] if listed else label).rstrip(":")
    return _Row(plain, code, start, bool(listed))


def _cell(
    sheet: _Sheet, cell: Cell, text: str, row: _Row, column: Column, named: Name | None = None
) -> Iterator[Statement]:
    """The amount or rate in `cell`; `named` says what it is of where row and column do not."""
    number = NUMBER.fullmatch(text)
    value = numeral.read(number["number"]) if number else None
    if number is None or value is None:
        return
    unit = number["unit"] or column.unit
    span = Span(min(row.start, cell.span.start), cell.span.end)
    owner = projects.owner(sheet.reading, span)
    name = named or _name(row, column, sheet, owner)
    if name is None:
        return
    said = Statement(
        sort=Sort.RATE if number["percent"] else Sort.AMOUNT,
        name=name,
        value=value,
        unit="%" if number["percent"] else unit,
        span=span,
        subject=owner.name if owner else sheet.reading.subject,
        year=column.year or sheet.reading.header.fiscal_year,
    )
    if number["percent"] and name.measure == EXECUTION:
        yield replace(said, name=replace(name, measure=f"{name.item or ''}{EXECUTION}"))
    elif unit and name.measure != EXECUTION and not number["percent"]:
        yield replace(said, yuan=money.in_yuan(value, unit))


def _name(row: _Row, column: Column, sheet: _Sheet, owner: projects.Naming | None) -> Name | None:
    """What the number in `column` of `row` is of; None where the two do not say."""
    titled, around = column.name, sheet.around
    label = ASIDE.sub("", row.label)
    if owner and len(owner.scope) < len(sheet.table.span) and folded(owner.name) in label:
        spent = titled is None and column.title.startswith("决算")
        return Name(EXECUTED, known=True) if spent else titled  # the row is the project's own
    if not label or heads.field_of(label) == "sort":  # 预算执行情况 merged over the whole form
        return _under(column, titled or _of_sheet(column, around))
    if column.fund and not row.code and not row.listed:
        return _of_fund(label, column)
    if label in _TOTAL:
        total = _appropriated(titled, around) if titled else _total(label, column, around)
        return replace(total, item=ALL_PROJECTS) if total and sheet.listing and not owner else total
    if row.code[:1] in BY_CODE:
        return _classed(row, column, around)
    if column.balance and not _BALANCE.search(label):
        return replace(titled or measured(column.balance) or Name(column.balance), item=label)
    named = measured(label) or sided(label, column.side)
    if named:
        narrowed = _appropriated(named, around)
        return _of(narrowed, label if narrowed == named else narrowed.measure, titled)
    if row.listed and label.endswith("支出"):
        return _classed(row, column, around)
    if titled:
        return replace(titled, item=label)
    return Name(label) if own_money(label) else None


def _under(column: Column, titled: Name | None) -> Name | None:
    """What a number without a label is of, as the heads over it say: 预算数 under 公务接待费, 公务接待费
    under “三公”经费预算数."""
    whole = titled or column.whole
    stage = next((name for name in map(measured, column.above) if name and name.measure in BUDGETS), None)
    if stage is None and whole and whole.measure in BUDGETS and column.whole:
        return replace(whole, item=column.whole.thing)
    return replace(stage, item=whole.thing) if stage and whole else whole


def _of_sheet(column: Column, around: str) -> Name | None:
    """What a 合计 without a label of its own, or a head that says it, sums up: all that
    财政拨款“三公”经费支出决算表 is of."""
    said = column.whole and not (column.whole.measure in BUDGETS and column.whole.item is None)
    titles = (words_[-_LONGEST_TITLE:] for words_ in around.split()) if column.title in _TOTAL and not said else ()
    sheet = next(filter(None, map(_SHEET.fullmatch, titles)), None)
    return measured(sheet["what"]) if sheet else None


def _of(named: Name, label: str, titled: Name | None) -> Name:
    """预算数 of 公务接待费, or 公务接待费 itself in a column of outturns."""
    return replace(titled, item=label) if titled else named


def _of_fund(label: str, column: Column) -> Name | None:
    """A sum of the accounts in the column of one fund: 本年支出合计 is its expenditure, 总计 also counts
    what is carried over."""
    said = measured(label)
    if said and _BALANCE.search(label):
        return replace(said, item=column.title)
    if said and said.measure.startswith("本年"):
        return column.name
    return Name(f"{column.title}{column.side}总计") if label.endswith("总计") else None


def _appropriated(name: Name, around: str) -> Name:
    """本年收入 and 收入总计 in 财政拨款收入支出决算总表 are those of the appropriation alone, 本年支出 in
    政府性基金预算财政拨款收入支出决算表 is that of the fund."""
    funds = {match.group() for match in _FUND.finditer(around)}
    if len(funds) == 1 and name.measure.startswith("本年"):
        measure = known(f"{funds.pop()}财政拨款{name.measure.removeprefix('本年')}")
        return replace(name, measure=measure) if measure else name
    alone = "财政拨款" in around and all(side in around for side in ("收", "支")) and "一般公共预算" not in around
    measure = known(f"财政拨款{name.measure.removeprefix('本年')}") if alone and side_of(name.measure) else None
    return replace(name, measure=measure) if measure else name


def _classed(row: _Row, column: Column, around: str) -> Name:
    """A class of income or expenditure in its column; the class is spent, unless the table is of income, and
    本年支出 of a class is the class."""
    measure = Name(BY_CODE.get(row.code[:1], FUNCTIONAL), known=True)
    if (next(filter(None, map(side_of, column.above)), "") or side_of(around)) == "收入":
        measure = column.whole or Name("本年收入", known=True)
    titled = _appropriated(column.name, around) if column.name and column.name.measure != _SPENT else None
    return replace(titled or measure, code=row.code or None, name=_AFTER.sub("", row.label).translate(WIDE))


def _total(label: str, column: Column, around: str) -> Name | None:
    """合计 and 总计 under 收入 or 支出, or in a table of the one or the other."""
    side = column.side or side_of(around)
    whole = column.whole if label == "合计" and side else None
    total = whole or (Name(f"{side}总计" if label == "总计" else f"本年{side}", known=True) if side else None)
    return _appropriated(total, around) if total else None
