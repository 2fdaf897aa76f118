"""写明的倍数与旁边的两个数算出来的不一致。
A stated multiple is not what the two numbers beside it give.

增加几倍＝增减数÷原来的数；“增加3倍”是原来的4倍。两个数写在同一句或紧接着的一句里才比较。
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from kg.checks import Verdict
from kg.facts import Fact
from kg.reading import Reading
from kg.rounding import Rounded, rounded, shown
from kg.rules._proof import finding, held, unsure
from kg.rules._sentences import Sentence, sentences

RULE = "multiples"
TYPE = "rate-mismatch"
SEVERITY = "error"
NEAR = 80  # characters between the multiple and its numbers
_N = r"(?<![0-9,])[0-9][0-9,]{0,15}(?:\.[0-9]{1,6})?"
_MULTIPLE = re.compile(rf"(?:增加|增长|提高|上升|扩大|提升)了?(?P<times>{_N})倍")
_CHANGE = re.compile(
    rf"(?P<now>{_N})(?P<unit>[^0-9,。;]{{1,4}}),?(?:较|比)[^,。;]{{0,20}}?(?:增加|增长|增多)了?(?P<more>{_N})(?P=unit)"
)
_FROM_TO = re.compile(
    rf"(?:由|从)[^,。;0-9]{{0,8}}(?P<before>{_N})(?P<unit>[^0-9,。;]{{1,4}}?)[^,。;0-9]{{0,10}}(?:到|至|为)(?P<now>{_N})(?P=unit)"
)
_ROUND = "万亿"  # 3.2万户 is rounded, 21人 is counted


def review(readings: Sequence[Reading], facts: Sequence[Fact]) -> Iterator[Verdict]:
    for sentence in sentences(readings):
        for match in _MULTIPLE.finditer(sentence.text):
            yield _compared(sentence, match)


def _compared(sentence: Sentence, match: re.Match[str]) -> Verdict:
    text = sentence.prose.view.text
    here = sentence.start + match.start()
    window = (max(0, sentence.start, here - NEAR), min(len(text), sentence.start + match.end() + NEAR))
    pairs = [m for pattern in (_CHANGE, _FROM_TO) for m in pattern.finditer(text, *window)]
    place = sentence.cut(match.start(), match.end())
    if len(pairs) != 1:
        return unsure(RULE, (place,), "旁边没有可以算出倍数的两个数", "no two numbers beside it give the multiple")
    pair = pairs[0]
    now, before, line = _numbers(pair)
    if before.low <= 0:
        return unsure(RULE, (place,), "原来的数为零，算不出倍数", "the number it started from is zero")
    growth = now.share_of(before)
    computed = Rounded(growth.low / 100 - 1, growth.high / 100 - 1)
    stated = Decimal(match["times"].replace(",", ""))
    ours = shown((computed.low + computed.high) / 2, Decimal("0.01")).normalize()
    proof = (place, sentence.cut(pair.start() - sentence.start, pair.end() - sentence.start))
    if rounded(stated).agrees(computed):
        return held(RULE, proof, f"{line} = {ours:f}倍", exactly=stated == ours)
    return finding(
        RULE,
        TYPE,
        SEVERITY,
        proof,
        f"写为增加{stated}倍，按旁边的数算应增加{ours:f}倍",
        f"Stated to have grown by {stated} times, the numbers beside it give {ours:f}",
        f"{line} = {ours:f}倍",
        sentence.prose.subject,
        sentence.part,
    )


def _numbers(pair: re.Match[str]) -> tuple[Rounded, Rounded, str]:
    given = {name: Decimal(word.replace(",", "")) for name, word in pair.groupdict().items() if word and name != "unit"}
    unit = pair["unit"]
    whole = {name: _stands_for(value, unit) for name, value in given.items()}
    if "more" in given:
        return (
            whole["now"],
            whole["now"] - whole["more"],
            f"{given['more']}{unit} ÷ ({given['now']} − {given['more']}){unit}",
        )
    return whole["now"], whole["before"], f"({given['now']} − {given['before']}){unit} ÷ {given['before']}{unit}"


def _stands_for(value: Decimal, unit: str) -> Rounded:
    return rounded(value) if unit[0] in _ROUND or value % 1 else Rounded(value, value)
