"""A question as typed slots: years, numbers, comparisons, measures and the words that say what is wanted.

The slots say only what stands in the question. Whose figures are meant is read by
search.grammar.names, which knows what the graph calls its departments.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from itertools import pairwise

from kg.values import date, money, numeral, percent
from ontology.loader import scheme
from search.grammar.measures import EXECUTION, ON_INITIAL_BUDGET, PERCENT, POINTS, YUAN, Measure, direct, measures
from search.grammar.wording import is_english, is_word, plain

_COMPARING = frozenset("<>≥≤=≠")
_COUNTERS = "个|家|份|名|位|项|条|人|分|次|年"
_SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
NUMBER_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
}  # fmt: skip
_ENGLISH = re.compile(
    r"(?<![\d.a-z])(?P<currency>rmb|cny|¥)? ?(?P<number>-?\d[\d,]*(?:\.\d+)?)"
    r"(?: ?(?P<scale>thousand|million|billion|trillion)\b)?"
    r"(?: ?(?P<unit>%|(?:percent|per cent|yuan|rmb|cny|point|mark)\b))?"
)
_COUNTED = re.compile(rf"(?P<number>[{numeral.DIGITS}十百千]{{1,6}})(?P<unit>{_COUNTERS})")
_WRITTEN = re.compile(rf"\b(?:{'|'.join(NUMBER_WORDS)})\b")
_RANGE = re.compile(
    r"(?P<first>(?:19|20)\d\d)年?度?(?:[-—–~至到]| ?to ?| ?through ?)(?P<last>(?:19|20)\d\d)(?!\d)年?度?"
)
_BARE_YEAR = re.compile(r"(?<![\d.])(?:19|20)\d\d(?![\d.%]|,\d| ?(?:[万亿元个人]|thousand|million|billion|yuan))")
_ON = re.compile(r" (?:on|for)(?: the| it)? ")
_SPENT = re.compile("[花用]")
_NEAR = 2  # characters: 接待费一共花了
_JOINTS = ("和", "与", "到", "至", "-", "~", "—", "and", "to")


@dataclass(frozen=True, slots=True)
class Cue:
    """A word with a part to play: `role` is its notation in the scheme question-words. An `inner`
    word stands inside a longer one (合计 in 支出合计) and counts only where nothing else is wanted."""

    role: str
    start: int
    end: int
    inner: bool = False


@dataclass(frozen=True, slots=True)
class Number:
    """`value` in `unit`: 元 (exact yuan), %, 分, or the counter as written; '' where there is none."""

    value: Decimal
    unit: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """`operator` is one of < > ≥ ≤ = ≠."""

    operator: str
    number: Number
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Asked:
    """A measure and where the question names it."""

    measure: Measure
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Years:
    """The years asked for, or those left out where `negated`."""

    years: tuple[int, ...]
    start: int
    end: int
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Slots:
    """`text` is the question folded for reading; all places count in it."""

    text: str
    english: bool
    cues: tuple[Cue, ...]
    numbers: tuple[Number, ...]
    comparisons: tuple[Comparison, ...]
    measures: tuple[Asked, ...]
    years: tuple[Years, ...]

    def has(self, *roles: str) -> bool:
        """Whether the question has a word of one of these roles."""
        return any(cue.role in roles and not cue.inner for cue in self.cues)

    def hints(self, *roles: str) -> bool:
        """The same, words inside longer ones included."""
        return any(cue.role in roles for cue in self.cues)

    def first(self, *roles: str) -> Cue | None:
        return next((cue for cue in self.cues if cue.role in roles and not cue.inner), None)

    @property
    def all_years(self) -> tuple[int, ...]:
        """Every year asked for, in the order of the question."""
        return tuple(dict.fromkeys(year for mention in self.years if not mention.negated for year in mention.years))

    @property
    def no_years(self) -> tuple[int, ...]:
        """Every year left out: not for 2023."""
        return tuple(dict.fromkeys(year for mention in self.years if mention.negated for year in mention.years))

    def outside(self, spans: Sequence[tuple[int, int]]) -> Slots:
        """The slots without the words that stand inside one of `spans`: a bureau's name asks for nothing."""

        def free(word: _Place) -> bool:
            return not any(start < word.end and word.start < end for start, end in spans)

        return replace(
            self,
            cues=tuple(filter(free, self.cues)),
            measures=tuple(filter(free, self.measures)),
            numbers=tuple(filter(free, self.numbers)),
        )


def read(question: str) -> Slots:
    """The slots of a question, whatever it holds."""
    text = plain(question)
    years = tuple(_years(text))
    numbers = tuple(n for n in _numbers(text) if not any(_overlap(n, y) for y in years))
    cues, asked = _words(text, (*years, *numbers))
    words: tuple[Cue | Asked, ...] = (*cues, *asked)
    numbers = tuple(n for n in numbers if not any(_overlap(n, word) for word in words))
    return Slots(
        text=text,
        english=is_english(text),
        cues=cues,
        numbers=numbers,
        comparisons=tuple(_comparisons(text, numbers, cues)),
        measures=_on_basis(_spent_on(asked, text), cues, text),
        years=tuple(replace(y, negated=_denied(y, cues)) for y in years),
    )


_Place = Number | Years | Cue | Asked


def _overlap(one: _Place, other: _Place) -> bool:
    return one.start < other.end and other.start < one.end


def _inside(one: _Place, other: _Place) -> bool:
    """Whether `one` is only a part of `other`: the three of three public expenses."""
    return other.start <= one.start and one.end <= other.end and one.end - one.start < other.end - other.start


# ── Words ───────────────────────────────────────────────────────────────────────────────────────


@cache
def _lexicon() -> Mapping[str, tuple[tuple[str, Measure | str], ...]]:
    """First character → (spelling, the measure or the role of a cue), longest first."""
    known: dict[str, dict[tuple[str, Measure | str], None]] = defaultdict(dict)
    for concept in scheme("question-words").values():
        for word in (concept.label, *concept.aliases, concept.label_en, *concept.aliases_en):
            known[plain(word)[0]][plain(word), concept.notation] = None
    for spelling, measure in measures().items():
        known[spelling[0]][spelling, measure] = None
    return {first: tuple(sorted(words, key=lambda word: -len(word[0]))) for first, words in known.items()}


def _words(text: str, taken: Sequence[Number | Years]) -> tuple[tuple[Cue, ...], tuple[Asked, ...]]:
    """The words of the lexicon in `text`: longer ones win, cues inside them are kept as inner."""
    found = sorted(_spelled(text), key=lambda word: (word.start - word.end, word.start, isinstance(word, Cue)))
    kept: list[Cue | Asked] = []
    inner: list[Cue] = []
    for word in found:
        around = [k for k in kept if _overlap(word, k)]
        if not around and not any(_overlap(word, number) and not _inside(number, word) for number in taken):
            kept.append(word)
        elif isinstance(word, Cue) and any(k.start <= word.start and word.end <= k.end for k in around):
            inner.append(replace(word, inner=True))
    cues = sorted((*(k for k in kept if isinstance(k, Cue)), *inner), key=lambda cue: (cue.start, cue.end))
    return tuple(cues), tuple(sorted((k for k in kept if isinstance(k, Asked)), key=lambda asked: asked.start))


def _spelled(text: str) -> Iterator[Cue | Asked]:
    for at, first in enumerate(text):
        for spelling, means in _lexicon().get(first, ()):
            end = at + len(spelling)
            if text.startswith(spelling, at) and is_word(text, at, end):
                yield Cue(means, at, end) if isinstance(means, str) else Asked(means, at, end)


def _spent_on(asked: Sequence[Asked], text: str) -> list[Asked]:
    """With 'spent on personnel' and 接待费花了 as one: they ask for that, not for all that was spent."""
    found: list[Asked] = []
    for one in asked:
        if found and _ON.fullmatch(text, found[-1].end, one.start):
            found.append(replace(one, start=found.pop().start))
        elif found and _SPENT.match(text, one.start) and one.start - found[-1].end <= _NEAR:
            found.append(replace(found.pop(), end=one.end))
        else:
            found.append(one)
    return found


def _on_basis(asked: Sequence[Asked], cues: Sequence[Cue], text: str) -> tuple[Asked, ...]:
    """The execution rate that is meant: the one stated, the one that the amounts give, or the one on
    the budget of the start of the year where the question writes out that sum."""
    roles = {cue.role for cue in cues}
    divided = "÷" in text or "/" in text or "divided by" in text or "除以" in text
    if divided and any(a.measure.property == "initialBudget" for a in asked):
        basis = ON_INITIAL_BUDGET
    elif ("stated" in roles) != ("computed" in roles):
        basis = direct()["statedExecutionRate" if "stated" in roles else "computedExecutionRate"]
    else:
        return tuple(asked)
    return tuple(replace(a, measure=basis) if a.measure.property == EXECUTION[0] else a for a in asked)


# ── Numbers and years ───────────────────────────────────────────────────────────────────────────


def _numbers(text: str) -> list[Number]:
    """Money, percentages, points and counts, each place once in its fullest reading."""
    found = [Number(m.yuan, YUAN, m.start, m.end) for m in money.find(text) if m.yuan is not None]
    found += [Number(p.value, PERCENT, p.start, p.end) for p in percent.find(text) if p.form != "百分点"]
    found += _english(text)
    for match in _COUNTED.finditer(text):
        value = numeral.chinese(match["number"])
        found += [Number(Decimal(value), match["unit"], *match.span())] if value is not None else []
    found += [Number(Decimal(NUMBER_WORDS[m.group()]), "", *m.span()) for m in _WRITTEN.finditer(text)]
    kept: list[Number] = []
    for number in sorted(found, key=lambda n: (n.start - n.end, n.start, n.unit == "")):
        if not any(_overlap(number, other) for other in kept):
            kept.append(number)
    return sorted(kept, key=lambda n: n.start)


def _english(text: str) -> Iterator[Number]:
    """10 million yuan, 98 points, 12.5%, and Arabic numbers with a Chinese counter or none."""
    for match in _ENGLISH.finditer(text):
        value = numeral.read(match["number"].rstrip(","))
        if value is None:
            continue
        unit, end = match["unit"] or "", match.end()
        if unit in ("percent", "per cent"):
            unit = PERCENT
        elif unit in ("yuan", "rmb", "cny") or match["currency"]:
            unit = YUAN
        elif unit in ("point", "mark"):
            unit = POINTS
        elif not unit and (counter := re.compile(_COUNTERS).match(text, end)):
            unit, end = counter.group(), counter.end()
        yield Number(value * _SCALES.get(match["scale"] or "", 1), unit, match.start("number"), end)


def _years(text: str) -> list[Years]:
    found = [
        Years(tuple(range(int(m["first"]), int(m["last"]) + 1)), *m.span())
        for m in _RANGE.finditer(text)
        if 0 <= int(m["last"]) - int(m["first"]) <= 30
    ]
    single = [Years((d.year,), d.start, d.end) for d in date.find(text)]
    single += [Years((int(m.group()),), *m.span()) for m in _BARE_YEAR.finditer(text)]
    for mention in single:
        if not any(_overlap(mention, other) for other in found):
            found.append(mention)
    return sorted(found, key=lambda y: y.start)


def _denied(years: Years, cues: Sequence[Cue]) -> bool:
    """不是2023年度的, not for fiscal year 2023."""
    return any(cue.role == "≠" and 0 <= years.start - cue.end <= 24 for cue in cues)


# ── Comparisons ─────────────────────────────────────────────────────────────────────────────────


def _comparisons(text: str, numbers: Sequence[Number], cues: Sequence[Cue]) -> Iterator[Comparison]:
    """Each number that a word bounds: below 98, 98分以上, between 98 and 99."""
    pairs = dict(_between(text, numbers, cues))
    for number in numbers:
        if number in pairs:
            low, high = pairs[number]
            yield Comparison("≥", low, low.start, low.end)
            yield Comparison("≤", high, high.start, high.end)
        elif number not in [high for _, high in pairs.values()]:
            after = next((c for c in cues if c.role.startswith("后") and 0 <= c.start - number.end <= 2), None)
            before = [c for c in cues if c.role in _COMPARING and not c.inner and 0 <= number.start - c.end <= 8]
            if after:
                yield Comparison(after.role[1:], number, number.start, after.end)
            elif before:
                yield Comparison(before[-1].role, number, before[-1].start, number.end)


def _between(
    text: str, numbers: Sequence[Number], cues: Sequence[Cue]
) -> Iterator[tuple[Number, tuple[Number, Number]]]:
    """The first number of every range → the range, both ends in the unit of the second."""
    for first, second in pairwise(numbers):
        framed = any(
            cue.role == "between" and (0 <= first.start - cue.end <= 8 or 0 <= cue.start - second.end <= 2)
            for cue in cues
        )
        if framed and text[first.end : second.start].strip() in _JOINTS:
            low = replace(first, unit=second.unit) if not first.unit else first
            if not first.unit and second.unit == YUAN:  # 500到800万元: the scale counts for both
                low = replace(low, value=first.value * (second.value / _bare(text, second)))
            yield first, (low, second)


def _bare(text: str, number: Number) -> Decimal:
    """The number without its scale: 800 of 800万元."""
    digits = re.match(r"[\d,.]+", text[number.start :])
    return (numeral.read(digits.group().rstrip(",.")) if digits else None) or number.value
