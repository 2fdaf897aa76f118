"""Scores and grades in tables: score lists, the sum of an indicator table, the form's own lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from kg.document import Cell
from kg.facts import Score, cut
from kg.grammar import dimensions, heads, levels
from kg.grammar.heads import Row
from kg.reading import Reading
from kg.text import Span
from kg.values import numeral
from ontology.loader import spellings

_POINTS = re.compile(rf"({numeral.ARABIC})分?")
_BESIDE = re.compile(rf"\(({numeral.ARABIC})分\)")  # 预算执行情况(20分)
_EXECUTION = "预算执行率指标"
_VALUES = frozenset({"level3", "target", "actual"})
_MONEY = frozenset({"budget", "spent", "rate"})


def read(reading: Reading, row: Row) -> Iterator[Score]:
    """The scores that one row states, their subject still to be named."""
    fields = set(row.head.fields) if row.head else set()
    if fields & set(heads.LEVELS):
        if heads.is_total(row):
            yield from _sum(reading, row)
            return
        if "score" in fields and not fields & _VALUES:
            yield from _level(reading, row)
            return
    elif "project" in fields:
        yield from _listed(reading, row)
        return
    elif _MONEY & fields and "score" in fields:
        yield from _execution(reading, row)
    summed = list(_sum(reading, row)) if _is_total_of_points(reading, row) else []
    yield from summed or _answered(reading, row)


def _is_total_of_points(reading: Reading, row: Row) -> bool:
    """总分 | 100 | 98 on a page without its head."""
    first = next((cell for cell in row.cells if cell in row.fresh), None)
    return first is not None and heads.is_total(row) and "分" in heads.text_of(reading.source, first)


def _made(
    reading: Reading,
    place: Span,
    dimension: str,
    value: Decimal | None = None,
    most: Decimal | None = None,
    grade: str | None = None,
) -> Score:
    return Score(
        evidence=cut(reading.source, place),
        part=reading.part.label or None,
        subject=reading.subject,
        dimension=dimension,
        value=value,
        max=most,
        grade=grade,
    )


def points(reading: Reading, cell: Cell) -> Decimal | None:
    """The number of points in a cell; None where it holds something else."""
    match = _POINTS.fullmatch(heads.text_of(reading.source, cell))
    return numeral.read(match[1]) if match else None


def grade(reading: Reading, cell: Cell) -> str | None:
    """The grade in a cell as written (优 stays 优); None where it is none."""
    return reading.source.plain(cell.span) if heads.text_of(reading.source, cell) in spellings("grades") else None


def _sum(reading: Reading, row: Row) -> Iterator[Score]:
    """合计 | 100 | 97.7 and 总分 | 100 | 96 | 优. Such a row is shorter than its head, so it is read by
    its order: first the points there are, then those that were got."""
    own = [cell for cell in dict.fromkeys(row.cells) if cell in row.fresh]
    numbers = [number for cell in own if (number := points(reading, cell)) is not None]
    place = row.span()
    if place is None or len(numbers) != 2 or numbers[1] > numbers[0]:
        return
    given = next((found for cell in own if (found := grade(reading, cell))), None)
    yield _made(reading, place, dimensions.WHOLE, numbers[1], numbers[0], given)


def _listed(reading: Reading, row: Row) -> Iterator[Score]:
    """A project's line in a list: one score for each column of points, the grade with the whole."""
    place = row.span()
    if row.head is None or place is None or heads.is_total(row):
        return
    graded = row.head.column("grade")
    given = grade(reading, row.cells[graded]) if graded is not None else None
    columns = row.head.columns("score", "total")
    for column in columns:
        value = points(reading, row.cells[column])
        dimension = dimensions.dimension(row.head.titles[column], of_project=True)
        if value is not None:
            whole = dimension == dimensions.WHOLE
            yield _made(reading, place, dimension, value, grade=given if whole else None)
    if given and not columns:
        yield _made(reading, place, dimensions.WHOLE, grade=given)


def _level(reading: Reading, row: Row) -> Iterator[Score]:
    """投入 | 预算配置 | 10 | 9 in a table that goes no lower than its dimensions: the points of the lowest one."""
    if row.head is None or (place := row.span()) is None:
        return
    named = [cell for i in row.head.columns(*heads.LEVELS) if heads.text_of(reading.source, cell := row.cells[i])]
    value = points(reading, row.cells[row.head.columns("score")[0]])
    weighed = row.head.column("weight")
    most = points(reading, row.cells[weighed]) if weighed is not None else None
    if named and named[-1] in row.fresh and value is not None and (most is None or value <= most):
        dimension = levels.without_points(heads.text_of(reading.source, named[-1]))
        yield _made(reading, place, dimension, value, most)


def across(reading: Reading, rows: Sequence[Row]) -> Iterator[Score]:
    """A table that lies on its side: 指标 | 决策 | 产出 | 合计 over 权重 | 40 | 60 | 100 over 得分 | 39 | 58 | 97."""
    for over, weights, scores in zip(rows, rows[1:], rows[2:], strict=False):
        titled = [heads.field_of(heads.text_of(reading.source, row.cells[0])) for row in (weights, scores)]
        if titled != ["weight", "score"] or not len(over.cells) == len(weights.cells) == len(scores.cells) > 2:
            continue
        columns = list(zip(over.cells, weights.cells, scores.cells, strict=True))[1:]
        place = Span(over.cells[0].span.start, scores.cells[-1].span.end)
        for name, weight, score in columns:
            said, most, value = heads.text_of(reading.source, name), points(reading, weight), points(reading, score)
            if said and most is not None and value is not None and value <= most and not _POINTS.fullmatch(said):
                total = heads.field_of(said) == "total"
                yield _made(reading, place, dimensions.WHOLE if total else levels.without_points(said), value, most)


def _execution(reading: Reading, row: Row) -> Iterator[Score]:
    """年度资金总额 | 300 | 350 | 350 | 10 | 100% | 10: the points for using the budget."""
    if row.head is None:
        return
    columns = row.head.columns("score")
    value = points(reading, row.cells[columns[0]])
    weighed = row.head.column("weight")
    beside = _BESIDE.search(heads.text_of(reading.source, row.cells[0]))
    most = numeral.read(beside[1]) if beside else None
    most = points(reading, row.cells[weighed]) if weighed is not None else most
    place = row.span()
    if place and value is not None and row.cells[columns[0]] in row.fresh and (most is None or value <= most):
        group = levels.level(heads.text_of(reading.source, row.cells[0]))
        named = group and group.label == _EXECUTION
        dimension = dimensions.dimension(heads.text_of(reading.source, row.cells[0])) if named else _EXECUTION
        yield _made(reading, place, dimension, value, most)


def _answered(reading: Reading, row: Row) -> Iterator[Score]:
    """A form's own line: 评价结论 | 优秀, 自评得分 | 98 | 自评等级 | 优."""
    value = given = None
    cells: list[Cell] = []
    for field, label, answer in heads.answers(row):
        if row.head and label is not next(cell for cell in row.cells if cell in row.fresh):
            continue
        scored = field in ("score", "total") and "分" in heads.text_of(reading.source, label)  # 合计 may be of people
        if scored and (found := points(reading, answer)) is not None:
            value, cells = found, [*cells, label, answer]
        elif field == "grade" and (word := grade(reading, answer)):
            given, cells = word, [*cells, label, answer]
    if cells:
        place = Span(min(c.span.start for c in cells), max(c.span.end for c in cells))
        yield _made(reading, place, dimensions.WHOLE, value, grade=given)
