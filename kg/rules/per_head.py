"""写明的人均（车均、户均）数与总数除以个数不一致。
A stated value per head is not the total divided by the number.

人均＝总额÷人数，车均＝总额÷辆数。同一句里只有一个总额、一个个数时才比较，各数按写出的位数容许舍入。
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
from kg.values import money

RULE = "per_head"
TYPE = "rate-mismatch"
SEVERITY = "error"
_N = r"(?<![0-9,])[0-9][0-9,]{0,15}(?:\.[0-9]{1,6})?"
_PER = re.compile(rf"(?P<of>[人车户亩])均[^0-9,。;]{{0,10}}(?P<value>{_N})(?P<unit>[万亿]?元)")
_MONEY = re.compile(rf"(?<!均)(?P<value>{_N})(?P<unit>[万亿]?元)")
_COUNTED = {"人": "人次|人|名", "车": "辆|台", "户": "户", "亩": "亩"}
_COUNTS = {of: re.compile(rf"(?P<value>{_N})(?:{units})(?![均员])") for of, units in _COUNTED.items()}


def review(readings: Sequence[Reading], facts: Sequence[Fact]) -> Iterator[Verdict]:
    for sentence in sentences(readings):
        for match in _PER.finditer(sentence.text):
            yield _compared(sentence, match)


def _compared(sentence: Sentence, match: re.Match[str]) -> Verdict:
    before = sentence.text[: match.start()]
    totals, counts = list(_MONEY.finditer(before)), list(_COUNTS[match["of"]].finditer(before))
    place = sentence.cut(match.start(), match.end())
    if len(totals) != 1 or len(counts) != 1 or not _number(counts[0]):
        return unsure(RULE, (place,), "同一句里没有唯一的总额和个数", "no single total and number in the sentence")
    total, count = _yuan(totals[0]), _number(counts[0])
    stated = _yuan(match)
    computed = Rounded(total.low / count, total.high / count)
    scale = money.in_yuan(Decimal(1), match["unit"]) or Decimal(1)
    ours = shown((computed.low + computed.high) / 2 / scale)
    line = f"{totals[0].group()} ÷ {counts[0].group()} = {ours}{match['unit']}"
    proof = (place, *(sentence.cut(m.start(), m.end()) for m in (totals[0], counts[0])))
    if stated.agrees(computed):
        return held(RULE, proof, line, exactly=ours == _number(match))
    return finding(
        RULE,
        TYPE,
        SEVERITY,
        proof,
        f"{match['of']}均写为{match['value']}{match['unit']}，按总额和个数应为{ours}{match['unit']}",
        f"The value per head is stated as {match['value']}, total and number give {ours}",
        line,
        sentence.prose.subject,
        sentence.part,
    )


def _number(match: re.Match[str]) -> Decimal:
    return Decimal(match["value"].replace(",", ""))


def _yuan(match: re.Match[str]) -> Rounded:
    scale, stands_for = money.in_yuan(Decimal(1), match["unit"]) or Decimal(1), rounded(_number(match))
    return Rounded(stands_for.low * scale, stands_for.high * scale)
