"""Sentences and paragraphs that name budget projects: by their score, by their money, or in a list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kg import numbering
from kg.document import Paragraph
from kg.grammar.figures import figures
from kg.grammar.lexicon import folded
from kg.grammar.project_names import EXPENSE, Naming, is_name, is_paid_for, name_at
from kg.reading import Reading
from kg.text import Span, View, view
from kg.values import numeral

SCORED = re.compile(
    r"(?:^|(?<=[。;:,]))(?:其中[:,]?)?(?P<name>[^,。;:]{2,60}?)(?:专项)?(?:预算)?项目(?:支出)?(?:绩效)?(?:自评|评价)"
    r"(?:综述|结果|等级|情况|(?:得分|总分)(?=[为:是]{0,2}\d))"
)
_QUOTE = re.compile('[“"]')
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
# 校园维修专项。全年预算80万元…: what begins with its money under a name of its own is a project.
ACCOUNTED = re.compile(
    r"(?:\d{4}年度?|[该本]项目|项目|全年|年初|当年|本年度?|共|总|实际){0,8}(?:预算|投资|资金|安排|下达|投入|拨付|支出|执行)"
    r"[^,。;:\d]{0,10}[\d,.]{1,20}(?:万|千|亿|百万)?元"
)
# （1）校园维修经费（10分，得分9分）。安排资金80万元: points may stand between.
_BLOCK = re.compile(
    rf"(?P<name>[^,。;:\d][^,。;:]{{2,59}}?)(?:\([^()]{{0,12}}\d分[^()]{{0,12}}\))?[。:]{ACCOUNTED.pattern}"
)
# 实施本级项目3个，分别为A经费、B补助和C专项: believed where all are paid for by their names.
_CARRIED = re.compile(
    r"(?:实施|安排|申报|立项|涉及)[^,。;:\d]{0,12}?(?:项目(?:支出)?[共有计为]{0,2})?(?P<count>\d{1,2}|[一二两三四五六七八九十]{1,2})个"
    r"(?:(?:预算|支出|专项)?项目(?:支出)?)?[,:](?:分别为|分别是|即|包括)[:,]?(?P<names>[^,。;:]{4,200})"
)
_ITEM = re.compile(r"(?P<name>[^,。;:\d][^,。;:\d]{2,59}?)[为:]?(?=\d[\d,.]{0,18}(?:万|亿)?元)")
_LISTS = re.compile(r"项目(?:支出|经费|资金)|(?:主要|重点|具体)(?:支出)?项目")  # …，主要包括：
_AMONG = re.compile(r"项目支出(?:当中|中|里)[,:]?(?:主要)?(?:包括|有|用于)?[,:]?")
_CALLED = re.compile(r"(?:主要|重点|具体)的?(?:支出)?项目(?:有|包括|为|是|如下)[:,]?")
_BUDGETED = re.compile(
    r"(?:^|(?<=[。;:,]))(?:其中[:,]?)?(?P<name>[^,。;:\d][^,。;:]{1,59}?)项目(?:年初|全年|总)?预算(?:数|安排|资金)?(?=[为:]?\d)"
)
# “校园维修项目”全年预算数80万元, “校园维修项目”绩效自评综述: a name in quotes is whole.
_QUOTED = re.compile(
    r"[“\"](?P<name>[^“”\",。;]{2,60})[”\"](?:专项|项目|资金)?(?:支出)?"
    r"(?:(?:绩效)?(?:自评|评价)(?:综述|结果|等级|得分|总分)|(?:全年|年初|年度|总|调整后)?预算(?:数|安排|资金)?(?=[为:]?\d))"
)
_MADE_UP = re.compile(r"项目支出(?:决算)?(?:数|合计)?[为:]?(?=\d)")
_ITEMS = re.compile(
    r"[,。;]?(?:分别为|分别是|其中|包括|主要包括|具体为|具体包括|(?:主要)?用于(?:以下|下列)[^,。;:]{0,6})[:,]?"
)
_NUMBERED_ITEMS = re.compile(r"\(?[1一]\)?[、.)]")  # 1、河堤加固80万元；2、…: they go on behind a semicolon


def told(reading: Reading) -> Iterator[Naming]:
    """Sentences that score a project, and sentences that name the projects evaluated."""
    listing = False
    for path, block in reading.blocks():
        if not isinstance(block, Paragraph):
            continue
        seen = view(reading.source, block.span)
        numbered = numbering.read(seen.text) is not None
        listing = bool(_LISTS.search(seen.text if not numbered else path[-1].title)) or (listing and numbered)
        if "元" in seen.text:
            yield from _opening(seen)
            yield from _listed(seen) if listing and numbered else ()
        if "项目" in seen.text or _QUOTE.search(seen.text):
            yield from _scored(seen)
        if "项目" in seen.text:
            yield from _counted(seen)
            yield from _made_up(seen)
            yield from _among(seen)


def _opening(seen: View) -> Iterator[Naming]:
    """（2）校园维修补助。预算安排80万元…: the paragraph is the project's."""
    start = numbering.strip(seen.text)
    match = _BLOCK.match(seen.text, start) if start else None
    naming = name_at(seen, *match.span("name"), seen.span(0, len(seen))) if match else None
    if naming and is_paid_for(folded(naming.name)):
        yield naming


def _listed(seen: View) -> Iterator[Naming]:
    """1.校园维修经费80万元，实际支出78万元 in a list of what 项目支出 paid for: the item is the project's."""
    match = _ITEM.match(seen.text, numbering.strip(seen.text))
    naming = name_at(seen, *match.span("name"), seen.span(0, len(seen))) if match else None
    if naming and is_paid_for(folded(naming.name)):
        yield naming


def _scored(seen: View) -> Iterator[Naming]:
    """校园维修专项预算项目绩效自评得分为97分, 校园维修项目年初预算80万元: the project's until the
    paragraph ends or the next project begins."""
    found = [match for pattern in (SCORED, _BUDGETED, _QUOTED) for match in pattern.finditer(seen.text)]
    matches = [m for m in sorted(found, key=lambda m: m.start()) if is_name(m["name"])]
    ends = [*(following.start() for following in matches[1:]), len(seen.text)]
    for match, end in zip(matches, ends, strict=False):
        naming = name_at(seen, *match.span("name"), seen.span(match.start(), end))
        if naming:  # the form may call it X项目, so the word belongs to the proof
            stop = match.end("name")
            called = seen.text.startswith("项目", stop)
            proof = Span(naming.place.start, seen.span(stop, stop + 2).end) if called else naming.place
            yield replace(naming, place=proof)


def _counted(seen: View) -> Iterator[Naming]:
    """我局对A和B两个项目开展了自评: believed only where there are as many names as it counts."""
    told = (match for pattern in (_COUNTED, _NUMBERED, _CARRIED) for match in pattern.finditer(seen.text))
    for match in (match for match in told if "项目" in match.group()):
        start = match.start("names")
        pieces = [m.span() for m in re.finditer(r"[^、和及与]+", match["names"])]
        paid = match.re is not _CARRIED or all(is_paid_for(match["names"][a:b]) for a, b in pieces)
        if len(pieces) == numeral.read(match["count"]) and paid:
            for first, last in pieces:
                naming = name_at(seen, start + first, start + last, seen.span(start + first, start + last))
                if naming:
                    yield naming


def _made_up(seen: View) -> Iterator[Naming]:
    """项目支出120万元，分别为校园维修80万元、校车补贴40万元: believed where the parts add up or are all paid for by
    their names. 差旅费 among them shows that kinds of expense are meant, not projects."""
    found = figures(seen) if "项目支出" in seen.text else ()
    for match in _MADE_UP.finditer(seen.text) if found else ():
        whole = next((f for f in found if f.start == match.end() and f.yuan is not None), None)
        if whole is None or not (listed := _ITEMS.match(seen.text, whole.end)):
            continue
        ends = "。" if _NUMBERED_ITEMS.match(seen.text, listed.end()) else "。;"
        stop = min((i for mark in ends if (i := seen.text.find(mark, listed.end())) >= 0), default=len(seen))
        money = [whole, *(f for f in found if listed.end() <= f.start < stop and f.yuan is not None)]
        starts = [listed.end(), *(figure.end for figure in money[1:-1])]
        names = [(a + _joint(seen.text[a : f.start]), f) for a, f in zip(starts, money[1:], strict=False)]
        added = sum(f.yuan or 0 for f in money[1:]) == whole.yuan
        paid = all(is_paid_for(seen.text[a : f.start]) for a, f in names)
        if (added or paid) and not any(EXPENSE.search(seen.text[a : f.start]) for a, f in names):
            found_here = (name_at(seen, a, f.start, seen.span(a, f.end)) for a, f in names if a < f.start)
            yield from (naming for naming in found_here if naming)


def _among(seen: View) -> Iterator[Naming]:
    """在项目支出中，校园维修专项80万元，校车补贴40万元: believed where each name is that of something paid for,
    or where the sentence calls them projects (主要项目有：校园维修80万元、…)."""
    openers = (*_AMONG.finditer(seen.text), *_CALLED.finditer(seen.text))
    found, past = figures(seen) if openers else (), 0
    for match in sorted(openers, key=lambda opener: opener.start()):
        if match.start() < past:
            continue  # one list a sentence
        stop = past = min((i for mark in "。;" if (i := seen.text.find(mark, match.end())) >= 0), default=len(seen))
        money = [f for f in found if match.end() <= f.start < stop]
        starts = [match.end(), *(figure.end for figure in money[:-1])]
        names = [(a + _joint(seen.text[a : f.start]), f) for a, f in zip(starts, money, strict=False)]
        believed = is_name if match.re is _CALLED else is_paid_for
        if all(f.yuan is not None and believed(seen.text[a : f.start]) for a, f in names):
            yield from (n for a, f in names if (n := name_at(seen, a, f.start, seen.span(a, f.end))))


def _joint(words: str) -> int:
    """How many characters at the head of `words` only part one item from the next."""
    return len(words) - len(words.lstrip("、,;和及与"))
