"""写着持平、增加或减少，旁边的两个金额却不是这样。
Words say that an amount stayed even, rose or fell; the two amounts beside them say otherwise.

比的是同一句里的一个金额和紧挨着它、标明“上年”“预算”的一个金额；金额多于两个、一个是预算一个不是、话里另有所指的，
看不出比的是哪两个，不判断；“基本持平”不看。各金额按写出的位数容许舍入，与“持平”差不到百分之一的只作提示。
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from kg.checks import Verdict
from kg.facts import Evidence, Fact
from kg.reading import Reading
from kg.rounding import Rounded, rounded
from kg.rules._proof import finding, held, unsure
from kg.rules._sentences import Sentence, sentences
from kg.values import money

RULE = "direction"
TYPE = "contradiction"
SEVERITY = "warning"
AROUND = 24  # characters before an amount that say what it is
NEAR = 80  # characters before the words in which the two amounts stand
_MONEY = r"(?<![0-9])(?<![0-9],)(?P<value>[0-9][0-9,]{0,15}(?:\.[0-9]{1,6})?)(?P<unit>[万亿]?元)"
_AMOUNT = re.compile(_MONEY)
_BASE = r"(?P<base>上年|去年|20[0-9]{2}年|(?:年初|全年|调整后)?预算)"
_FILLER = r"(?:度|同期|决算|预算|支出|收入|安排|经费|总额|数|的|为|是){0,8}+"
_SAYS = re.compile(
    rf"[与同和比较](?<!决算.)(?<!决算数.){_BASE}{_FILLER}(?:[0-9][0-9,.]{{0,18}}[万亿]?元)?,?(?:相比)?,?"
    r"(?P<word>持平|一致|相同|无增减变化|无增减|无变化|没有变化|没有增减|增加|增长|上升|减少|下降|降低)(?=了?[0-9,]|的|主要|$)"
)
_BEFORE = re.compile(rf"{_BASE}{_FILLER}$")
# Between the amounts and the words nothing but this may stand, else the words may be of another thing.
_GAP = re.compile(r"[,(]?(?:完成[^,]{0,16}%,)?(?:20[0-9]{2}年|本年度?|今年|总体|支出|预算数?){0,2}")
_CHANGE = re.compile(r"(?:增加|增长|上升|减少|下降|降低|结转|结余|其中:?|增|减)[^,0-9]{0,6}$")
_STAGE = re.compile(r"预算|决算|支出|执行")
_UP, _DOWN = frozenset({"增加", "增长", "上升"}), frozenset({"减少", "下降", "降低"})


def review(readings: Sequence[Reading], facts: Sequence[Fact]) -> Iterator[Verdict]:
    for sentence in sentences(readings):
        for match in _SAYS.finditer(sentence.text):
            yield from _compared(sentence, match)


def _compared(sentence: Sentence, match: re.Match[str]) -> Iterator[Verdict]:
    """The words against the amount they compare with and the only other one; nothing where none is named."""
    near = list(_AMOUNT.finditer(sentence.text, max(0, match.start() - NEAR), match.end("word")))
    bases = [amount for amount in near if _is_base(sentence, amount, match["base"])]
    if not bases:
        return
    place = sentence.cut(match.start(), match.end())
    others = [amount for amount in near if amount not in bases]
    if len(bases) > 1 or len(others) != 1 or not _of_one_thing(sentence, match, others[0], bases[0]):
        yield unsure(RULE, (place,), "看不出比较的是哪两个金额", "which two amounts are compared is not clear")
        return
    (now,), (base,) = others, bases
    yield _verdict(sentence, match, now, base, place)


def _is_base(sentence: Sentence, amount: re.Match[str], word: str) -> bool:
    """Whether the amount is of the year or the budget that the words compare with."""
    told = _BEFORE.search(sentence.text[max(0, amount.start() - AROUND) : amount.start()])
    return told is not None and _year(sentence, told["base"]) == _year(sentence, word)


def _of_one_thing(sentence: Sentence, match: re.Match[str], now: re.Match[str], base: re.Match[str]) -> bool:
    """Whether `now` is no change nor part, both are of one stage, and the words follow at once."""
    text = sentence.text
    last = max((a.end() for a in (now, base) if a.end() <= match.start()), default=match.start())
    before, of = (text[max(0, a.start() - AROUND) : a.start()] for a in (now, base))
    apart = base.start() < match.start() and not match["base"].endswith("预算")
    mixed = apart and _stage(of) not in ("", _stage(before))
    return bool(_GAP.fullmatch(text, last, match.start())) and not _CHANGE.search(before) and not mixed


def _stage(words: str) -> str:
    """预算 or 支出, whichever the words before an amount say last; empty where they say neither."""
    said = _STAGE.findall(words)
    return "" if not said else "预算" if said[-1] == "预算" else "支出"


def _year(sentence: Sentence, word: str) -> str:
    """上年 and 2023年 are one in a report on 2024, the budgets are one."""
    year = sentence.reading.header.fiscal_year
    if word in ("上年", "去年") and year:
        return f"{year - 1}年"
    return "预算" if word.endswith("预算") else word


def _verdict(
    sentence: Sentence, match: re.Match[str], now: re.Match[str], base: re.Match[str], place: Evidence
) -> Verdict:
    one, other, word = _yuan(now), _yuan(base), match["word"]
    proof = (place, sentence.cut(now.start(), now.end()), sentence.cut(base.start(), base.end()))
    relation = 0 if one.agrees(other) else 1 if one.low > other.high else -1
    line = f"{now.group()} {'=><'[relation]} {base.group()}"
    if relation == (1 if word in _UP else -1 if word in _DOWN else 0):
        return held(RULE, proof, line, exactly=relation != 0 or now.group() == base.group())
    if relation == 0:
        return unsure(RULE, proof, "两个金额写得一样，可能是舍入", "the amounts are written alike, they may be rounded")
    return finding(
        RULE,
        TYPE,
        "info" if word not in _UP | _DOWN and _slight(one, other) else SEVERITY,
        proof,
        f"写为“{word}”，按所列金额应为{'增加' if relation > 0 else '减少'}：{line}",
        f"The words say “{word}”, the amounts say otherwise",
        line,
        sentence.prose.subject,
        sentence.part,
    )


def _slight(one: Rounded, other: Rounded) -> bool:
    """Whether the two differ by less than one in a hundred: a report may call that even."""
    return max(one.high, other.high) - min(one.low, other.low) < max(one.high, other.high) / 100


def _yuan(match: re.Match[str]) -> Rounded:
    written = rounded(Decimal(match["value"].replace(",", "")))
    scale = money.in_yuan(Decimal(1), match["unit"]) or Decimal(1)
    return Rounded(written.low * scale, written.high * scale)
