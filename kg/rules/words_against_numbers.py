"""文字说大于、小于、增加、减少，数字却相反。
The words say more or less, the numbers say the opposite.

“决算数小于预算数”与同一句里的决算、预算或完成率比；“增加…万元，下降…%”前后方向应当一致。
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from kg.checks import Verdict
from kg.facts import Fact
from kg.reading import Reading
from kg.rules._proof import finding, held, unsure
from kg.rules._sentences import Sentence, sentences
from kg.values import money

RULE = "words_against_numbers"
TYPE = "contradiction"
SEVERITY = "error"
NEAR = 90  # characters between the numbers and the words
_N = r"[0-9][0-9,]{0,15}(?:\.[0-9]{1,6})?"
_MONEY = rf"(?P<value>{_N})(?P<unit>[万亿]?元)"
_SAYS = re.compile(
    r"决算数?(?P<word>大于|高于|超过|小于|低于|少于|等于|与)(?:年初|调整后?)?预算数?(?P<even>持平|一致)?"
)
_SPENT = re.compile(rf"决算数?(?:支出)?为?{_MONEY}")
_BUDGET = re.compile(rf"预算(?:数|安排)?为?{_MONEY}")
_RATE = re.compile(rf"(?:完成|为|占)(?:年初|调整后?)?预算数?的?(?P<value>{_N})%")
_TURN = re.compile(
    rf"(?P<first>增加|增长|上升|减少|下降|降低)了?{_N}[万亿]?元,(?:同比)?(?P<then>增长|增加|上升|下降|降低|减少)了?{_N}%"
)
_SIGN = {"大于": 1, "高于": 1, "超过": 1, "小于": -1, "低于": -1, "少于": -1, "等于": 0, "与": 0}
_UP = frozenset({"增加", "增长", "上升"})


def review(readings: Sequence[Reading], facts: Sequence[Fact]) -> Iterator[Verdict]:
    for sentence in sentences(readings):
        for match in _SAYS.finditer(sentence.text):
            if match["word"] != "与" or match["even"]:
                yield _compared(sentence, match)
        for match in _TURN.finditer(sentence.text):
            yield _turned(sentence, match)


def _compared(sentence: Sentence, match: re.Match[str]) -> Verdict:
    """What the words say of final account and budget, against the numbers that stand before them, in
    their sentence or the one before."""
    text, here = sentence.prose.view.text, sentence.start + match.start()
    spent, budget, rate = (list(p.finditer(text, max(0, here - NEAR), here))[-1:] for p in (_SPENT, _BUDGET, _RATE))
    place = sentence.cut(match.start(), match.end())
    if spent and budget:
        one, other = _yuan(spent[0]), _yuan(budget[0])
        numbers = [spent[0], budget[0]]
    elif rate:
        one, other = _number(rate[0]), Decimal(100)
        numbers = rate
    else:
        return unsure(RULE, (place,), "前面没有决算数和预算数", "no numbers stand before the words")
    relation = (one > other) - (one < other)
    line = f"{_shown(numbers[0])} {'=><'[relation]} {_shown(numbers[1]) if len(numbers) > 1 else '100%'}"
    proof = (place, *(sentence.cut(n.start() - sentence.start, n.end() - sentence.start) for n in numbers))
    if relation == _SIGN[match["word"]]:
        return held(RULE, proof, line)
    if relation == 0 and len(numbers) == 1:
        return unsure(RULE, proof, "完成率四舍五入为100%，看不出大小", "a rate of 100 % may be rounded")
    return finding(
        RULE,
        TYPE,
        SEVERITY,
        proof,
        f"写为“{match.group()}”，按所列数字应为{('等于', '大于', '小于')[relation]}",
        f"The words say “{match.group()}”, the numbers say otherwise: {line.replace('万元', '')}",
        line,
        sentence.prose.subject,
        sentence.part,
    )


def _turned(sentence: Sentence, match: re.Match[str]) -> Verdict:
    place = sentence.cut(match.start(), match.end())
    if (match["first"] in _UP) == (match["then"] in _UP):
        return held(RULE, (place,), match.group())
    return finding(
        RULE,
        TYPE,
        SEVERITY,
        (place,),
        f"先写{match['first']}，后写{match['then']}，方向相反",
        "The amount goes one way, the rate the other",
        match.group(),
        sentence.prose.subject,
        sentence.part,
    )


def _number(match: re.Match[str]) -> Decimal:
    return Decimal(match["value"].replace(",", ""))


def _yuan(match: re.Match[str]) -> Decimal:
    return money.in_yuan(_number(match), match["unit"]) or Decimal(0)


def _shown(match: re.Match[str]) -> str:
    return f"{match['value']}{match['unit']}" if "unit" in match.re.groupindex else f"{match['value']}%"
