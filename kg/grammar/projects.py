"""The budget projects that a report names, and which stretch of it speaks of which.

A report names a project in its title, a heading, a form's 项目名称, a row of a list, or a
sentence that gives its score or its money. Whatever stands in that stretch is the project's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import zip_longest

from kg import numbering
from kg.document import Cell, Paragraph, Section, Table, walk
from kg.grammar import dimensions, heads, levels
from kg.grammar.figures import figures
from kg.grammar.lexicon import either, folded
from kg.reading import Reading
from kg.text import Span, View, view
from kg.values import numeral
from ontology.loader import spellings

LONGEST = 60  # characters of a name
_FAR = 200  # code points that one proof may span


@dataclass(frozen=True, slots=True)
class Naming:
    """A project as it is named at `place`; `scope` is the stretch that speaks of it."""

    name: str
    place: Span
    scope: Span
    code: str | None = None

    @property
    def key(self) -> str:
        """The same for two namings of one project."""
        return folded(self.name).removesuffix("项目")


# 110105T000000123456-校园维修: the code that the budget system puts before the name.
_CODED = re.compile(r"(?P<code>\d{6,8}[0-9A-Z]{6,24})[-—_:\s]*(?P<name>.+)")
_LEAD = re.compile(r"项目[一二三四五六七八九十\d]{1,2}[:、.]|\d{4}年度|[“\"《【]")
_TRAIL = '”"》】:。、'
_DONE = re.compile(
    r"(?:项目(?:支出)?(?:绩效|指标|目标|实施){1,3}|绩效|(?:绩效)?(?:指标|目标))?(?:完成|实现|执行|实施)情况(?:及?(?:指标|绩效)?分析)?$"
    r"|项目(?:支出)?绩效分析$"
)
_OF_LEVELS = re.compile(r"绩效|指标|目标")
_TITLES = (
    re.compile(r"(?:报告|自评表)[(《“\"](?P<name>[^()]{2,60}?(?:\([^()]{1,20}\))?)[)》”\"]$"),
    re.compile(r"[“\"《](?P<name>[^“”\"《》]{2,60})[”\"》](?:专项|项目|资金|支出)"),
    re.compile(r"\d{4}年度?(?P<name>[^,。()]{2,60}?)(?:项目)?(?:支出|预算)?(?:绩效|自评|评价)[^,。()]{0,12}$"),
)
_SCORED = re.compile(
    r"(?:^|(?<=[。;:,]))(?:其中[:,]?)?(?P<name>[^,。;:]{2,60}?)(?:专项)?(?:预算)?项目(?:支出)?(?:绩效)?(?:自评|评价)"
    r"(?:综述|结果|等级|情况|(?:得分|总分)(?=[为:是]{0,2}\d))"
)
# 河堤巡查经费项目经费情况说明 has a page of its own in a budget.
_EXPLAINED = re.compile(r"(?P<name>[^,。;:()]{6,60}?)项目(?:经费|资金)(?:安排|使用)?情况说明$")
_COUNTED = re.compile(
    r"(?:对|反映|包括|涉及)(?P<names>[^,。;:]{4,200}?)(?:等)?(?:共|共计)?"
    r"(?P<count>\d{1,2}|[一二两三四五六七八九十]{1,2})个(?:预算|支出|专项)?项目[^,。;]{0,12}(?:自评|评价)"
)
# 纳入自评的项目共3个，分别为A、B、C: the names stand behind their number.
_NUMBERED = re.compile(
    r"(?:绩效|自评|评价|预算|项目支出)[^,。;:]{0,20}?(?:项目(?:支出)?[共有计为]{0,2})?"
    r"(?P<count>\d{1,2}|[一二两三四五六七八九十]{1,2})个(?:(?:预算|支出|专项)?项目(?:支出)?)?"
    r"[,:](?:分别为|分别是|即|包括|具体为|具体是|具体包括)[:,]?(?P<names>[^,。;:]{4,200})"
)
# A column of one of these makes a list of 项目名称 one of budget projects.
_LISTED = frozenset({"budget", "spent", "score", "weight", "rate", "grade", "target"})
_TOTALS = re.compile(r"合计|总计|小计|总分|平均.{0,4}|/|—|-|无")
# 涉及项目预算资金…, 预留给小微企业的政府采购项目预算…: the words before 项目 say something of projects at large.
_VAGUE = re.compile(
    r"(?:以上|上述|该|本|其|各|我|全部|所有|部门整体|整体|涉及|预留|面向|纳入|列入|编报|申报|安排|新增|相关|有关)"
    r"|.*(?:[\d一二两三四五六七八九十]个|政府采购|年度|部门|单位)$"
)
_NOT_A_NAME = re.compile(
    rf"{_VAGUE.pattern}|.*(?:绩效|目标|指标|情况|分析|评价|自评|概况|结论|预算执行|资金到位|资金使用|资金管理"
    r"|组织|问题|建议|措施|职责|职能|决算|开展|形成|.[中的]$)"
)
_PAID = re.compile(r"(?:经费|费用?|资金|专项|补贴|补助|工程|项目)(?:\([^()]*\))?$")
_WANTED_LABELS = 2  # levels of indicators under a heading that names a project
# 校园维修专项。全年预算80万元…: what begins with its money under a name of its own is a project.
_ACCOUNTED = re.compile(
    r"(?:\d{4}年度?|[该本]项目|项目|全年|年初|当年|本年度?|共|总|实际)*(?:预算|投资|资金|安排|下达|投入|拨付|支出|执行)"
    r"[^,。;:\d]{0,10}[\d,.]{1,20}(?:万|千|亿|百万)?元"
)
_BLOCK = re.compile(rf"(?P<name>[^,。;:\d][^,。;:]{{2,59}})[。:]{_ACCOUNTED.pattern}")
_AMONG = re.compile(r"项目支出(?:当中|中|里)[,:]?(?:主要)?(?:包括|有|用于)?[,:]?")
_CALLED = re.compile(r"(?:主要|重点|具体)的?(?:支出)?项目(?:有|包括|为|是|如下)[:,]?")
_CLASS = re.compile(r"\((?:类|款|项)\)")
_THIS = re.compile(r"[该本]项目|项目(?:年初|全年|总)?(?:预算|投资)")
_SHORT = 3  # characters; a heading as short as that names a kind of money
_BUDGETED = re.compile(
    r"(?:^|(?<=[。;:,]))(?:其中[:,]?)?(?P<name>[^,。;:\d][^,。;:]{1,59}?)项目(?:年初|全年|总)?预算(?:数|安排|资金)?(?=[为:]?\d)"
)
# “校园维修项目”全年预算数80万元, “校园维修项目”绩效自评综述: a name in quotes is whole.
_QUOTED = re.compile(
    r"[“\"](?P<name>[^“”\",。;]{2,60})[”\"](?:专项|项目|资金)?(?:支出)?"
    r"(?:(?:绩效)?(?:自评|评价)(?:综述|结果|等级|得分|总分)|(?:全年|年初|年度|总|调整后)?预算(?:数|安排|资金)?(?=[为:]?\d))"
)
_MADE_UP = re.compile(r"项目支出(?:决算)?(?:数|合计)?[为:]?(?=\d)")
_EXPENSE = re.compile(
    r"(?:办公|印刷|差旅|会议|培训|水电?|电|邮电|取暖|物业管理|租赁|劳务|交通|接待|维修|咨询)费$|基本支出"
)
_ITEMS = re.compile(r"[,。;]?(?:分别为|分别是|其中|包括|主要包括|具体为|具体包括)[:,]?")


@lru_cache(maxsize=4)  # every extractor of a part asks for them
def projects(reading: Reading) -> tuple[Naming, ...]:
    """Every naming of a project in the part, in reading order. One that is named often, with 项目 behind
    it or without, has the same name everywhere: that of the first form or list, where the name stands
    by itself, else that of the first place."""
    tabled = [*_tabled(reading)]
    found = [*_titled(reading), *_headed(reading), *tabled, *_labelled(reading), *_told(reading)]
    found.sort(key=_order)
    names = {naming.key: naming.name for namings in (found, sorted(tabled, key=_order)) for naming in reversed(namings)}
    return tuple(replace(naming, name=names[naming.key]) for naming in found)


def _order(naming: Naming) -> tuple[int, int]:
    return naming.place.start, naming.place.end


def owner(namings: Iterable[Naming], place: Span) -> Naming | None:
    """The project that the stretch around `place` speaks of: that of the smallest scope."""
    around = [naming for naming in namings if naming.scope.covers(place)]
    return min(around, key=lambda naming: len(naming.scope), default=None)


def _naming(seen: View, start: int, end: int, scope: Span) -> Naming | None:
    """The name between two offsets of a view, without its list number, year and quotes; None where
    the words there name no project."""
    text = seen.text
    first, last = numbering.strip(text[:end], start), end
    while lead := _LEAD.match(text, first, end):
        first = lead.end()
    while last > first and text[last - 1] in _TRAIL:
        last -= 1
    coded = _CODED.fullmatch(text, first, last)
    words = coded["name"] if coded else text[first:last]
    if not 2 <= len(words) <= LONGEST or _TOTALS.fullmatch(words):
        return None
    if dimensions.is_generic(words) or levels.level(words):
        return None
    name = seen.source.plain(seen.span(last - len(words), last))
    return Naming(name, seen.span(first, last), scope, coded["code"] if coded else None)


def _titled(reading: Reading) -> Iterator[Naming]:
    """The title of a project's own report: 2023年度校园维修项目支出绩效自评报告, …报告（校园维修）."""
    first = reading.part.sections[0] if reading.part.sections else None
    spans = [reading.header.title_span, first.heading if first and first.heading and not first.number else None]
    for span in spans:
        seen = view(reading.source, span) if span and len(span) else None
        if seen is None or "项目" not in seen.text or "整体" in seen.text:
            continue
        match = next((found for pattern in _TITLES if (found := pattern.search(seen.text))), None)
        naming = _naming(seen, *match.span("name"), reading.part.span) if match else None
        if naming and _is_name(folded(naming.name)):
            yield naming
            return


def _headed(reading: Reading) -> Iterator[Naming]:
    """A heading over a project's indicators (1、校园维修经费完成情况, then 产出指标…, 效益指标…), over its
    review (1.校园维修项目绩效自评综述) or over what a budget says of it (校园维修费项目经费情况说明)."""
    for path in walk(reading.part.sections):
        section = path[-1]
        title = folded(section.title)
        if section.heading is None or not title:
            continue
        seen = view(reading.source, section.heading)
        start = len(seen.text) - len(title)
        reviewed = _SCORED.match(title) or _EXPLAINED.match(title)
        done = _DONE.search(title)
        end = reviewed.end("name") if reviewed else done.start() if done else len(title)
        if done and not done.group().startswith("项目") and _OF_LEVELS.match(done.group()):
            end = end if _PAID.search(title[:end]) else 0  # 分项绩效目标完成情况
        if _is_name(title[:end]) and (reviewed or _is_about_project(reading, path)):
            naming = _naming(seen, start, start + end, section.span)
            if naming:
                yield naming


def _is_name(words: str) -> bool:
    """Whether `words` (folded) may name a project; what ends like one (经费, 补助) needs no more proof."""
    return len(words) > 1 and (not _NOT_A_NAME.match(words) or bool(_PAID.search(words) and not _VAGUE.match(words)))


def _is_about_project(reading: Reading, path: tuple[Section, ...]) -> bool:
    """Whether what stands under the heading is a project's: two levels of indicators or more right
    below it, a paragraph that says 该项目, or a name like 经费 in a chapter on 项目."""
    section = path[-1]
    texts = [view(reading.source, block.span).text for block in section.blocks if isinstance(block, Paragraph)]
    opened = {label.level.label for text in texts for label in levels.labels(text) if label.explicit}
    headed = {found.label for below in section.sections if (found := levels.level(folded(below.title)))}
    listed = len(path) > 1 and "项目" in path[-2].title and _PAID.search(folded(section.title))
    named = listed and len(section.title) > _SHORT and not section.title.startswith("项目")
    accounted = bool(texts) and _is_paid_for(folded(section.title)) and bool(_ACCOUNTED.match(texts[0]))
    said = accounted or bool(named) or any(_THIS.match(text) for text in texts)
    return said or len(opened | headed) >= _WANTED_LABELS


def _is_paid_for(words: str) -> bool:
    """Whether `words` (folded) name something that money is given for by its own name: no kind of
    money (人员经费, 差旅费) and no class of the accounts."""
    kind = _unquoted(words) in _kinds_of_money() or _EXPENSE.search(words) or _CLASS.search(words)
    return bool(_PAID.search(words)) and _is_name(words) and len(words) > _SHORT and not kind


@cache
def _kinds_of_money() -> frozenset[str]:
    return frozenset(_unquoted(folded(word)) for word in spellings("measures"))


def _unquoted(words: str) -> str:
    return words.replace("“", "").replace("”", "")


def _tabled(reading: Reading) -> Iterator[Naming]:
    """项目名称 in a form, and the rows under a column 项目名称. A table that goes on from the form before
    it (a page break) speaks of the same project."""
    head: heads.Head | None = None
    last: Naming | None = None
    for _, block in reading.blocks():
        if not isinstance(block, Table):
            continue
        rows = tuple(heads.rows(reading.source, block, head))
        goes_on = bool(rows) and head is not None and rows[0].head is head
        head = rows[-1].head if rows else head
        yield from _listed(reading, rows)
        forms = list(_formed(reading, block, rows))
        yield from forms
        if last and goes_on and not forms:
            yield replace(last, scope=block.span)
        last = forms[-1] if forms else last if goes_on else None


def _listed(reading: Reading, rows: tuple[heads.Row, ...]) -> Iterator[Naming]:
    for row in rows:
        column = row.head.column("project") if row.head else None
        scope = row.span()
        if row.head is None or column is None or scope is None or not _LISTED & set(row.head.fields):
            continue
        seen = view(reading.source, row.cells[column].span)
        naming = _naming(seen, 0, len(seen), scope)
        if naming:
            yield naming


def _formed(reading: Reading, table: Table, rows: tuple[heads.Row, ...]) -> Iterator[Naming]:
    """Each form of a table speaks of its project down to the next form."""
    said = [answer for row in rows for answer in heads.answers(reading.source, row)]
    named = [(label, cell) for field, label, cell in said if field == "project"]
    if not _is_form(reading, rows):
        return
    ends = [*(label.span.start for label, _ in named[1:]), table.span.end]
    for (label, cell), end in zip(named, ends, strict=False):
        scope = Span(label.span.start, end)
        seen = view(reading.source, cell.span)
        naming = _naming(seen, 0, len(seen), scope)
        coded = next((c for field, _, c in said if field == "code" and scope.covers(c.span)), None)
        if naming and coded and not naming.code:
            naming = _with_code(reading, naming, coded)
        if naming:
            yield naming


def _with_code(reading: Reading, naming: Naming, cell: Cell) -> Naming:
    """The naming with the code of a cell of its own, which its proof reaches to where that is near."""
    place = Span(min(naming.place.start, cell.span.start), max(naming.place.end, cell.span.end))
    near = len(place) <= _FAR
    return replace(naming, code=heads.text_of(reading.source, cell), place=place if near else naming.place)


def _is_form(reading: Reading, rows: tuple[heads.Row, ...]) -> bool:
    """Whether 项目名称 is a line among other lines of a form, not an unread head over a list."""
    opens = [field for row in rows if (field := heads.opens_with(reading.source, row))]
    named = [row for row in rows if heads.opens_with(reading.source, row) == "project"]
    alone = any(sum(bool(len(cell.span)) for cell in set(row.cells)) == 2 for row in named)
    return alone or len(set(opens)) > 1 or any(row.head for row in rows)


@cache
def _label() -> re.Pattern[str]:
    """项目名称：校园维修 on a line of a form that is no table; a blank ends the name."""
    labels = either(word for word, field in heads.spelled().items() if field == "project")
    return re.compile(
        rf"(?m)^[ \t\u3000]*(?:\S{{1,4}}[、.．])?(?:{labels})[ \t]*[:：][ \t\u3000]*(?P<name>[^\s:：，。；]{{2,60}})"
    )


def _labelled(reading: Reading) -> Iterator[Naming]:
    """A form written as lines: what follows 项目名称：… is the project's, to the next such line or to the
    end of the attachment or chapter."""
    found: list[tuple[Naming, int]] = []
    for path, block in reading.blocks():
        if isinstance(block, Paragraph):
            end = reading.part.span.end if reading.part.label else path[0].span.end
            for match in _label().finditer(reading.source.text, block.span.start, block.span.end):
                seen = view(reading.source, Span(*match.span("name")))
                naming = _naming(seen, 0, len(seen), Span(match.start(), end))
                found += [(naming, end)] if naming else []
    for (naming, end), after in zip_longest(found, [later for later, _ in found[1:]]):
        stop = min(end, after.scope.start) if after else end
        yield replace(naming, scope=Span(naming.scope.start, stop))


def _told(reading: Reading) -> Iterator[Naming]:
    """Sentences that score a project, and sentences that name the projects evaluated."""
    for _, block in reading.blocks():
        if not isinstance(block, Paragraph):
            continue
        seen = view(reading.source, block.span)
        yield from _opening(seen)
        yield from _scored(seen)
        yield from _counted(seen)
        yield from _made_up(seen)
        yield from _among(seen)


def _opening(seen: View) -> Iterator[Naming]:
    """（2）校园维修补助。预算安排80万元…: the paragraph is the project's."""
    start = numbering.strip(seen.text)
    match = _BLOCK.match(seen.text, start) if start else None
    naming = _naming(seen, *match.span("name"), seen.span(0, len(seen))) if match else None
    if naming and _is_paid_for(folded(naming.name)):
        yield naming


def _scored(seen: View) -> Iterator[Naming]:
    """校园维修专项预算项目绩效自评得分为97分, 校园维修项目年初预算80万元: the project's until the
    paragraph ends or the next project begins."""
    found = [match for pattern in (_SCORED, _BUDGETED, _QUOTED) for match in pattern.finditer(seen.text)]
    matches = [m for m in sorted(found, key=lambda m: m.start()) if _is_name(m["name"])]
    ends = [*(following.start() for following in matches[1:]), len(seen.text)]
    for match, end in zip(matches, ends, strict=False):
        naming = _naming(seen, *match.span("name"), seen.span(match.start(), end))
        if naming:  # the form may call it X项目, so the word belongs to the proof
            called = re.compile("项目").match(seen.text, match.end("name"))
            proof = Span(naming.place.start, seen.group(called).end) if called else naming.place
            yield replace(naming, place=proof)


def _counted(seen: View) -> Iterator[Naming]:
    """我局对A和B两个项目开展了自评: believed only where there are as many names as it counts."""
    told = (match for pattern in (_COUNTED, _NUMBERED) for match in pattern.finditer(seen.text))
    for match in (match for match in told if "项目" in match.group()):
        start = match.start("names")
        pieces = [m.span() for m in re.finditer(r"[^、和及与]+", match["names"])]
        if len(pieces) == numeral.read(match["count"]):
            for first, last in pieces:
                naming = _naming(seen, start + first, start + last, seen.span(start + first, start + last))
                if naming:
                    yield naming


def _made_up(seen: View) -> Iterator[Naming]:
    """项目支出120万元，分别为校园维修80万元、校车补贴40万元: believed where the parts add up or are all paid for by
    their names. 差旅费 among them shows that kinds of expense are meant, not projects."""
    found = list(figures(seen))
    for match in _MADE_UP.finditer(seen.text):
        whole = next((f for f in found if f.start == match.end() and f.yuan is not None), None)
        if whole is None or not (listed := _ITEMS.match(seen.text, whole.end)):
            continue
        stop = min((i for mark in "。;" if (i := seen.text.find(mark, listed.end())) >= 0), default=len(seen))
        money = [whole, *(f for f in found if listed.end() <= f.start < stop and f.yuan is not None)]
        starts = [listed.end(), *(figure.end for figure in money[1:-1])]
        names = [(a + _joint(seen.text[a : f.start]), f) for a, f in zip(starts, money[1:], strict=False)]
        added = sum(f.yuan or 0 for f in money[1:]) == whole.yuan
        paid = all(_is_paid_for(seen.text[a : f.start]) for a, f in names)
        if (added or paid) and not any(_EXPENSE.search(seen.text[a : f.start]) for a, f in names):
            found_here = (_naming(seen, a, f.start, seen.span(a, f.end)) for a, f in names if a < f.start)
            yield from (naming for naming in found_here if naming)


def _among(seen: View) -> Iterator[Naming]:
    """在项目支出中，校园维修专项80万元，校车补贴40万元: believed where each name is that of something paid for,
    or where the sentence calls them projects (主要项目有：校园维修80万元、…)."""
    found, past = list(figures(seen)), 0
    openers = (*_AMONG.finditer(seen.text), *_CALLED.finditer(seen.text))
    for match in sorted(openers, key=lambda opener: opener.start()):
        if match.start() < past:
            continue  # one list a sentence
        stop = past = min((i for mark in "。;" if (i := seen.text.find(mark, match.end())) >= 0), default=len(seen))
        money = [f for f in found if match.end() <= f.start < stop]
        starts = [match.end(), *(figure.end for figure in money[:-1])]
        names = [(a + _joint(seen.text[a : f.start]), f) for a, f in zip(starts, money, strict=False)]
        believed = _is_name if match.re is _CALLED else _is_paid_for
        if all(f.yuan is not None and believed(seen.text[a : f.start]) for a, f in names):
            yield from (n for a, f in names if (n := _naming(seen, a, f.start, seen.span(a, f.end))))


def _joint(words: str) -> int:
    """How many characters at the head of `words` only part one item from the next."""
    return len(words) - len(words.lstrip("、,和及与"))
