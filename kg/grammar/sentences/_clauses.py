"""A paragraph cut at its figures: the words before and behind that name each one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg import numbering
from kg.grammar.figures import Figure, Kind, figures
from kg.grammar.lexicon import either, words
from kg.grammar.quantities import noun_behind
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
_OPENS = frozenset("。;:!?")
_COMPARED = re.compile(r"[^,。;\d]{0,12}(?:\d{4}年)?[^,。;\d]{0,10}?(?:相比|对比)")  # 与上年相比收、支总计各增加…
# 五、关于基本支出情况说明 / 某局2023年基本支出80万元: print ran the heading into the text below it.
_HEADED = re.compile(r"[^,。;:]{2,70}(?:情况|总体)(?:的|总体)?说明(?=[^,。;:]{4})")
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
        if start == 0 or text[start - 1] in _OPENS:  # 1.教育支出20万元: the number is the list's
            start = min(numbering.strip(text, start), figure.start)
        headed = _HEADED.match(text, start, figure.start)
        start = headed.end() if headed else start
        compared = _COMPARED.match(text, start, figure.start)
        start = compared.end() if compared else start
        lead = text[start : figure.start].rstrip(":")
        behind = text[figure.end : following]
        stop = _STOP.search(behind)
        tail = _JOINED.sub("", behind[: stop.start()] if stop else behind)
        runs_on = stop is None and tail == behind and following < len(text)
        noun = noun_behind(lead, tail, runs_on=runs_on) if figure.kind is Kind.COUNT else ""
        torn = len(noun) == 1 and behind[1:2] == "、"  # 6个国、省控断面达标率100%
        if RATED.search(noun) or torn:
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
