"""A paragraph cut at its figures: the words that name each one, and the time they speak of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.figures import Figure, Kind, figures
from kg.lexicon import either, words
from kg.quantities import noun_behind
from kg.text import View

LONGEST = 80  # characters before a figure that can name it


@dataclass(frozen=True, slots=True)
class Clause:
    """One figure in its words: `lead` before it in its own clause, from `start` on; `noun` behind it
    (the thing that a number counts before naming it), `gap` all words since the figure before.
    `closed` says that a comma or the end follows at once."""

    figure: Figure
    start: int
    lead: str
    noun: str
    gap: str
    closed: bool

    @property
    def end(self) -> int:
        return self.figure.end + len(self.noun)


RATED = re.compile(rf"(?:{either(words('functional-words', '率'))})(?:为|达|是)?$")
_LEAD_IN = re.compile(r"^[、,;:。)”'和及与以\-—]*")
_COMMA = frozenset(",。;!?:")
_STOP = re.compile(r"[、(),。;!?:]|\d[\d.]{0,9}%")
_JOINED = re.compile(r"(?:和|及|与|以及)$")


def clauses(view: View) -> Iterator[Clause]:
    """Every figure of `view` with its words, from left to right."""
    text = view.text
    found = list(figures(view))
    begin = 0  # where the words not yet spoken for begin
    for index, figure in enumerate(found):
        following = found[index + 1].start if index + 1 < len(found) else len(text)
        gap = text[begin : figure.start]
        start = begin + _lead_start(gap)
        lead_in = _LEAD_IN.match(text[start : figure.start])
        start += lead_in.end() if lead_in else 0
        lead = text[start : figure.start].rstrip(":")
        behind = text[figure.end : following]
        stop = _STOP.search(behind)
        tail = _JOINED.sub("", behind[: stop.start()] if stop else behind)
        noun = noun_behind(lead, tail) if figure.kind is Kind.COUNT else ""
        if RATED.search(noun):
            noun = ""  # 1个产出指标完成率为88%: the words belong to the percentage
        closed = not behind or behind[0] in _COMMA or behind[0] in "、()"
        yield Clause(figure, start, lead, noun, gap, closed)
        begin = figure.end + len(noun)


def _lead_start(gap: str) -> int:
    """Where the clause of the figure at the end of `gap` begins: after the last comma outside brackets."""
    depth = 0
    trimmed = gap.rstrip(":")
    for place in range(len(trimmed) - 1, max(0, len(trimmed) - LONGEST) - 1, -1):
        char = trimmed[place]
        if char == ")":
            depth += 1
        elif char == "(":
            depth -= 1
            if depth < 0:
                return place + 1
        elif depth == 0 and char in _COMMA:
            return place + 1
    return max(0, len(trimmed) - LONGEST)


_LAST_YEAR = either(words("functional-words", "上年"))
_TITLES = re.compile(r"《[^《》]{0,80}》")
_SPELLED_YEAR = re.compile(
    r"(?P<before>[与比较同和自]|成立于|始于)?(?P<year>(?:19|20)\d{2})年(?!\d{1,2}月(?!底|末|\d{1,2}日))"
)
_AGO = re.compile(rf"(?:^|[,。;:、(])(?:{_LAST_YEAR})")
_PERIOD = re.compile(
    r"截[至止]到?(?:(?:19|20)\d{2}年)?(?:\d{1,2}月份?(?:\d{1,2}日|底|末)?|年?[底末]|目前)?|\d{1,2}[-—–~至]\d{1,2}月份?"
    rf"|(?:19|20)\d{{2}}年(?:度|以来)?(?=[,、])|(?:^|(?<=[,。;:、(年]))(?:{either(words('functional-words', '全年'))})"
)
_BASE = re.compile(
    r"(?:与|同|和)(?P<base>[^,。;]{2,24}?)(?:相比|比较|对比)|(?:比|较)(?P<than>[^,。;\d]{0,2}(?:19|20)\d{2}年[^,。;\d]{0,14}?|上年[^,。;\d]{0,8}?)(?=,)"
)


def year_in(gap: str, fiscal_year: int | None) -> int | None:
    """The year that `gap` sets for what follows: the last one named that nothing is compared with."""
    gap = _TITLES.sub("", gap)
    named = [m for m in _SPELLED_YEAR.finditer(gap) if not m["before"] and not _compared(gap, m)]
    if named:
        return int(named[-1]["year"])
    return fiscal_year - 1 if fiscal_year and _AGO.search(gap) else None


def _compared(gap: str, match: re.Match[str]) -> bool:
    behind = re.match(r"[^,。;]{0,16}?相比", gap[match.end() :])
    return behind is not None


def period_in(gap: str) -> str | None:
    """The last span of time that `gap` names, as written: 截至11月底, 1-10月份, 全年."""
    found = [m.group() for m in _PERIOD.finditer(gap)]
    return found[-1] if found else None


def base_in(gap: str) -> str | None:
    """What `gap` says the following is compared with: 与2022年度决算相比 → 2022年度决算."""
    found = list(_BASE.finditer(gap))
    return (found[-1]["base"] or found[-1]["than"]) if found else None
