"""Whose report a part is: its title, department, year, type and date, as the report itself gives them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from kg import numbering, organisations
from kg.document import Document, Paragraph, Part, walk
from kg.grammar.lexicon import either, folded, words
from kg.header import _department as department_of
from kg.header._aliases import aliases
from kg.header._department import signed_on
from kg.header._lines import SAYS, TOP, Lines, clean, lines_of
from kg.reading import Header
from kg.text import Source, Span, View, view
from kg.values import date
from ontology import loader

_SHORT = 40  # characters of a line that is not a paragraph
_LONG = 80  # characters of a line that is a paragraph
_CLAUSE = re.compile("[,。;:]")
_YEAR = re.compile(r"(?<!\d)(20\d{2})年度")


def read_header(document: Document, part: Part, main: Header | None = None, name: str = "") -> Header:
    """The header of `part`. What an attachment does not say itself it has from `main`, the header
    of the file's own report; `name` is the file's name, the last place to look for year and title."""
    source = document.source
    lines = lines_of(document, part)
    title_span = part.title or _title(source, part, lines)
    title = _plain(source, title_span)
    texts = [clean(view(source, title_span)), *_texts(source, part)]
    everywhere = texts if main else [texts[0], *(text for other in document.parts for text in _texts(source, other))]
    found = department_of.find(source, part, lines, everywhere, alone=main is None)
    department, place = _department(found, main) or (None, None)
    shared = main if main and main.department == department else None
    return Header(
        title=title,
        title_span=title_span,
        department=department,
        department_span=place,
        aliases=aliases(department, everywhere, shared.aliases if shared else ()) if department else (),
        region=(_region(department, everywhere) if department else "") or (shared.region if shared else None),
        fiscal_year=_fiscal_year(title, texts, main, name or source.name),
        report_type=_report_type(title, texts) or (main.report_type if main else None),
        date=_date(lines),
    )


_BRANCH = re.compile(r"[局厅委](?P<place>[\u4e00-\u9fff]{2,8})分[局院]$")


def _region(department: str, texts: Sequence[View]) -> str:
    """The region of the department; a branch office has its own, which its name may give without the
    level: X市生态环境局青山分局 is of 青山区, where the text speaks of that."""
    branch = _BRANCH.search(department)
    if branch and branch["place"][-1] in "区县市旗":
        return branch["place"]
    if branch:
        named = re.compile(rf"{re.escape(branch['place'])}[区县市旗]")
        said = Counter(match.group() for text in texts for match in named.finditer(text.text))
        if said:
            return said.most_common(1)[0][0]
    return organisations.region(department)


@lru_cache(maxsize=16)  # the header of the main report looks at every part
def _texts(source: Source, part: Part) -> list[View]:
    """Headings and blocks of a part, each on its own, in reading order; below the first lines only those with
    words in them."""
    spans: list[Span] = []
    for path in walk(part.sections):
        if path[-1].heading:
            spans.append(path[-1].heading)
        for block in path[-1].blocks:
            if isinstance(block, Paragraph):
                spans.append(block.span)
            else:
                spans += dict.fromkeys(cell.span for row in block.rows for cell in row if len(cell.span))
    texts = [view(source, span) for span in spans]
    return [_unnumbered(clean(text)) for at, text in enumerate(texts) if at < TOP or SAYS.search(text.text)]


def _unnumbered(text: View) -> View:
    """The view without its list number: 第二部分 X县水务局2023年度… begins with the name."""
    start = numbering.strip(text.text)
    return View(text.source, text.text[start:], text.places[start:]) if start else text


def _title(source: Source, part: Part, lines: Lines) -> Span:
    """The line that names the report where no title stands at the head: a heading with the words of
    a report type (第二部分 2023年度部门决算情况说明), else the first line."""
    kinds = _kinds()
    for path in walk(part.sections):
        heading = path[-1].heading
        if heading and any(date.years(folded(path[-1].title))) and kinds.search(folded(path[-1].title)):
            text = view(source, heading)
            return text.span(text.text.find(folded(path[-1].title)[:4]), len(text))
    first = next((line for line in lines.first if kinds.search(line.text)), next(iter(lines.first), None))
    if not first:
        return Span(part.span.start, part.span.end)
    clause = _CLAUSE.search(first.text, 1) if len(first) > _LONG else None  # a text that begins with no title at all
    return first.span(0, clause.start() if clause else len(first))


def _plain(source: Source, span: Span) -> str:
    return re.sub(r"[#*|]", "", source.plain(span))


def _department(own: department_of.Named | None, main: Header | None) -> department_of.Named | None:
    """The department of an attachment is that of the main report where its own name is only a short
    form of it, or where it gives none."""
    if main is None or main.department is None:
        return own
    if own is None or organisations.same(own[0], main.department):
        return main.department, main.department_span or main.title_span
    return own


def _fiscal_year(title: str, texts: Sequence[View], main: Header | None, file_name: str) -> int | None:
    """The year in the title or in a short line below it; else the main report's; else the one that
    the report calls a 年度 most often, the later one of two; else the one in the file's name."""
    if year := next(date.years(folded(title)), None):
        return year
    for text in texts[:3]:
        if len(text) < _SHORT and (match := _YEAR.search(text.text)):
            return int(match.group(1))
    if main and main.fiscal_year:
        return main.fiscal_year
    for pattern in (_YEAR, re.compile(r"(?<!\d)(20\d{2})年(?!\d)")):
        said = Counter(int(year) for text in texts for year in pattern.findall(text.text))
        if said:
            return max(said, key=lambda year: (said[year], year))
    named = re.findall(r"(?<!\d)20\d{2}(?=年)", file_name)
    return int(named[0]) if named else None


@cache
def _types() -> Mapping[str, str]:
    """The words for a type of report, folded → its label."""
    return {folded(word): label for word, label in loader.spellings("report-types").items()}


@cache
def _kinds() -> re.Pattern[str]:
    return re.compile(either(_types()))


@cache
def _label(concept: str) -> re.Pattern[str]:
    # 发布日期 is no 日期 of the report's own; 单位（盖章）某局 日期：… stands behind a blank or a name.
    return re.compile(rf"(?<![发公][布开示])(?:{either(words('header-labels', concept))}):")


def _report_type(title: str, texts: Sequence[View]) -> str | None:
    """The type whose words stand last in the title: Chinese names things by their last word, and
    部门预算项目支出绩效自评表 is a 自评表. A title without such words leaves it to the first headings."""
    for text in (folded(title), *(t.text for t in texts[:TOP] if len(t) < _SHORT)):
        found = [(text.rfind(word) + len(word), len(word), label) for word, label in _types().items() if word in text]
        if found:
            return max(found)[2]
    return None


def _date(lines: Lines) -> str | None:
    """When the report was filed or signed: after its label (填报日期), else a line of its own, or
    one with the signing office, near the end."""
    for line in lines.labelled:
        match = _label("填报日期").search(line.text)
        if match and (found := signed_on(line.text[match.end() :])) and found.start <= 2:
            return found.iso
    for line in reversed(lines.last):
        found = signed_on(line.text)
        if found and found.end == len(line) and _signs(line.text[: found.start]):
            return found.iso
    for line in lines.first:
        match = _label("公开日期").match(line.text)
        if match and (found := signed_on(line.text[match.end() :])) and found.start <= 2:
            return found.iso
    return None


def _signs(before: str) -> bool:
    return not before or organisations.is_organisation(before.strip("()"))
