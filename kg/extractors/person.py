"""People whom the report names: who evaluated, who filled in the form, who answers for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import zip_longest
from typing import NamedTuple

from kg import organisations
from kg.document import Table, cell_words
from kg.extractors import _people, _people_sentences
from kg.extractors._people import Named, Token
from kg.facts import Fact, Person, cut
from kg.grammar.lexicon import folded, words
from kg.reading import Reading
from kg.text import Source, Span, View, view
from ontology.loader import scheme

_TITLE = 20  # characters of a line that announces a list
_FAR = 200  # code points between a role and a name in its list that one quotation may span


def extract(reading: Reading) -> Iterator[Fact]:
    """One fact per name and role, in reading order: from lists (组长：…), forms (填报人 | …), tables
    of names, and sentences (局长某某任组长)."""
    for found in _found(reading):
        yield Person(
            name=found.name,
            role=found.role,
            unit=found.unit,
            responsibility=found.task,
            evidence=cut(reading.source, found.span),
            part=reading.part.label or None,
        )


def _found(reading: Reading) -> Iterator[Named]:
    source = reading.source
    role: _Role | None = None
    before = ""
    for path, block in reading.blocks():
        if isinstance(block, Table):
            role = None
            listed = _is_list(before) or any(reading.roles.get(section) == "people" for section in path)
            yield from _in_table(source, block, listed=listed)
            continue
        before = view(source, block.span).text
        for line in _lines(source, block.span):
            role, people = _in_line(source, line, role)
            yield from people
        yield from _people_sentences.named(view(source, block.span))


class _Role(NamedTuple):
    """A role that a list has opened, and where it stands."""

    name: str
    at: int


def _in_line(source: Source, line: Span, role: _Role | None) -> tuple[_Role | None, list[Named]]:
    """The people of one line, and the role that lines below may go on with: 组长：A X局局长, then
    成员：B, then a line of names alone."""
    words_ = source.quote(line)
    labels = list(_people.labels().finditer(words_)) if "：" in words_ or ":" in words_ else []
    if not labels:
        tokens = _people.tokens(source, line) if role else []
        goes_on = bool(tokens) and tokens[0].is_name
        return (role, _listed(source, tokens, role)) if role and goes_on else (None, [])
    found = []
    for label, following in zip_longest(labels, labels[1:]):
        role = _Role(folded(label["role"]), line.start + label.start("role"))
        end = line.start + following.start() if following else line.end
        found += _listed(source, _people.tokens(source, Span(line.start + label.end(), end)), role)
    return role, found


def _lines(source: Source, span: Span) -> Iterator[Span]:
    start = span.start
    for line in source.quote(span).splitlines(keepends=True):
        if line.strip():
            yield Span(start, start + len(line.rstrip()))
        start += len(line)


def _listed(source: Source, tokens: Sequence[Token], role: _Role) -> list[Named]:
    """The names of a list, with what follows each: what the person does, or the post the person
    holds; a unit without a post goes with the role."""
    found = []
    for person, after in _people.grouped(tokens):
        task = next((word for word in after if _people.is_task(word.text)), None)
        held = [word for word in after if not _people.is_task(word.text)]
        title = "、".join(word.text for word in held)
        post = _people.post_of(title) if held else None
        unit = title if not post and organisations.is_organisation(folded(title)) else None
        last = task or (held[-1] if unit else person)
        start = role.at if person.end - role.at <= _FAR else person.start
        first, end = (min(held[0].start, person.start), max(held[-1].end, person.end)) if held else (0, 0)
        found.append(
            Named(person.text, _closed(source, Span(start, last.end)), role.name, unit, task.text if task else None)
        )
        if post:
            found.append(Named(person.text, _closed(source, Span(first, end)), post[1], post[0]))
    return found


def _closed(source: Source, span: Span) -> Span:
    """`span` with the bracket that it opens: 某某（水务局局长）."""
    quote = source.quote(span)
    opened = sum(quote.count(char) for char in "(（") > sum(quote.count(char) for char in ")）")
    return Span(span.start, span.end + 1) if opened and source.text[span.end : span.end + 1] in ")）" else span


@cache
def _heads() -> Mapping[str, str]:
    return {folded(w): c.notation for c in scheme("person-heads").values() for w in (c.label, *c.aliases)}


def _is_list(line: str) -> bool:
    """Whether a line (folded) announces a list of people: 评价人员名单如下:"""
    return len(line) <= _TITLE and any(word in line for word in words("section-roles", "人员名单"))


def _in_table(source: Source, table: Table, *, listed: bool) -> Iterator[Named]:
    """The people of a table. Where it is `listed` under a title like 评价人员名单, rows without a head
    are name, post and whatever else there is."""
    heads: list[str] = []
    if not (listed or any(map(_tells, cell_words(source, table)))):
        return
    for row in table.rows:
        cells = [view(source, cell.span) for cell in dict.fromkeys(row)]
        titles = [_heads().get(cell.text, "") for cell in cells]
        if "name" in titles:
            heads = titles
        elif "name" in heads and len(cells) == len(heads) and _people.is_name(cells[heads.index("name")].text):
            yield from _row({head: cell for head, cell in zip(heads, cells, strict=True) if head and cell.text})
        elif listed and not heads and (said := _unheaded(cells)):
            yield from _row(said)
        else:
            yield from _form_row(source, cells)


def _tells(words_: str) -> bool:
    """Whether a cell (folded) may be of people: a title of names, a role, or a line with a label."""
    return words_ in _heads() or ":" in words_ or _people.role_of(words_) is not None


def _row(cells: Mapping[str, View]) -> Iterator[Named]:
    """A row of a table of people: 姓名 | 工作单位 | 职务."""
    said = {head: cell.source.plain(cell.span(0, len(cell))) for head, cell in cells.items()}
    spans = [cell.span(0, len(cell)) for cell in cells.values()]
    span = Span(min(s.start for s in spans), max(s.end for s in spans))
    unit, post = said.get("unit"), said.get("post")
    if parsed := _people.post_of(post or unit or ""):
        unit, post = parsed[0] or (unit if post else None), parsed[1]
    if role := said.get("role"):
        yield Named(said["name"], span, role=role, task=said.get("task"))
    if post or not role:
        yield Named(said["name"], span, role=post, unit=unit, task=None if role else said.get("task"))


def _unheaded(cells: Sequence[View]) -> dict[str, View]:
    """What the cells of a row without a head are: a name first or after a running number, then the
    unit and the post, or the role in the group; nothing where no name comes first."""
    said = [cell for cell in cells if cell.text and not cell.text.isdigit()]
    if len(said) < 2 or not _people.is_name(said[0].text):
        return {}
    found = {"name": said[0]}
    for cell in said[1:]:
        held = _people.post_of(cell.text) or cell.text.endswith(tuple(_people.roles()))
        field = "post" if held else "unit" if organisations.is_organisation(cell.text) else ""
        field = "role" if _people.role_of(cell.text) else field
        if field and field not in found:
            found[field] = cell
    return found if len(found) > 1 else {}


def _form_row(source: Source, cells: Sequence[View]) -> Iterator[Named]:
    """填报人 | 某某, or 填报人：某某 in one cell."""
    for cell in cells:
        if cell.text:
            for line in _lines(source, cell.span(0, len(cell))):
                yield from _in_line(source, line, None)[1]
    for left, right in zip(cells, cells[1:], strict=False):
        if right.text and (role := _people.role_of(left.text)):
            place = left.span(0, len(left)).start
            yield from _listed(source, _people.tokens(source, right.span(0, len(right))), _Role(role, place))
