"""Numbers in running text that state something: money, percentages, counts with their unit, ranks.

What only looks like a statement is left out: years and dates, list and document numbers,
thresholds (5000万元以上项目, 投资超10亿元的项目), ranges, numbers inside 《》.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from kg.grammar.lexicon import either, folded, words
from kg.text import View
from kg.values import comparator, money, numeral, percent
from ontology.loader import scheme


class Kind(StrEnum):
    MONEY = "money"
    PERCENT = "percent"
    COUNT = "count"
    RANK = "rank"
    BARE = "bare"


@dataclass(frozen=True, slots=True)
class Figure:
    """One number at `start`..`end` of a view, its comparator and unit included.

    `value` counts in `unit` as written; `yuan` is the amount for money in yuan, else None.
    """

    start: int
    end: int
    kind: Kind
    value: Decimal
    unit: str = ""
    comparator: str | None = None
    yuan: Decimal | None = None


def _at_digits(first: str, ahead: int, pattern: str) -> re.Pattern[str]:
    """`pattern`, tried only where it can match: at a digit or one of the characters `first`, a digit no more
    than `ahead` characters on."""
    return re.compile(rf"(?=[{first}\d])(?=\D{{0,{ahead}}}\d)(?:{pattern})")


def _firsts(choices: Iterable[str]) -> str:
    return re.escape("".join(sorted({word[0] for word in choices})))


_BEFORE = either(words("comparators", "数前"))
_BETWEEN = either(words("comparators", "数与单位之间"))
_AFTER = either(words("comparators", "单位之后"))
_COUNTED = either(words("quantities", "计数单位"))
_MEASURED = frozenset(
    folded(word)
    for concept in scheme("quantities").values()
    if concept.notation == "measured"
    for word in (concept.label, *concept.aliases)
)
_NUMBER = (
    r"(?<![\d.A-Za-z+*/×-])(?<!\d[, ])"
    r"(?P<number>(?:(?<=[一-鿿])[-−])?\d{1,15}(?:,\d{3}){0,5}(?:\.\d{1,10})?)(?![\d+×*])"
)
_FIGURE = _at_digits(
    rf"{_firsts(words('comparators', '数前'))}为达−\-",
    2 + max(map(len, words("comparators", "数前"))),
    # 约 and 超 also end other words: 签约96个 hedges nothing.
    rf"(?:(?<![签合履特预节集公邀制解违赶])(?P<before>{_BEFORE}))?[为达]?{_NUMBER}(?P<between>{_BETWEEN})?"
    r"(?:(?P<percent>%|个百分点|(?P<points>个)(?=(?:[、和及]\d{1,3}(?:\.\d{1,4})?个){1,8}百分点))"
    r"|(?P<rated>[万亿]?元/[一-鿿]{1,4})"
    r"|(?P<heads>万)(?=[一-鿿]{1,6}(?:人口|群众|居民|村民|农民|学生))"  # 解决3.2万农村人口饮水
    rf"|(?P<count>[十百千万亿]{{0,2}}(?P<odd>(?<=[十百千万亿])(?:{_BETWEEN}))?(?:{_COUNTED}))(?![一-鿿]{{0,2}}(?:级景区|号文)|个人)"
    r"|(?P<money>(?P<power>[十百千万亿]{0,3})(?P<over>(?<=[十百千万亿])[余多])?(?P<currency>元人民币|元|美元|欧元|港元|港币|日元|英镑|人民币)|(?P<bare>万|亿|万亿)(?![一-鿿A-Za-z])))?"
    rf"(?:\(含(?:本[数级])?\))?(?P<after>{_AFTER})?",
)
_SPAN_END = re.compile(r"$|[,。;:)(!?较比同占均都已”\"]")

_YEAR = r"(?:19|20)\d{2}"
_SILENT = _at_digits(
    r"A-Za-z〔\[(【近连未今前后每满附如见续详表图第",
    2,
    rf"{_YEAR}[-—–~至到]{{1,2}}{_YEAR}年?度?|{_YEAR}\.\d{{1,2}}(?:\.\d{{1,2}})?(?!\d|[万亿个%])|{_YEAR}[-/]\d{{1,2}}[-/]\d{{1,2}}|{_YEAR}年度?"
    r"|\d{1,2}[-—–~至到]{1,2}\d{1,2}月份?|\d{1,2}月份?(?:\d{1,2}日?)?|\d{1,2}:\d{2}"
    r"|[〔\[(【]\d{4}[〕\])】]第?\d{1,5}号?|\d{1,5}号|[A-Za-z]-?\d{1,12}(?:\.\d{1,6})?|(?<!\d)\d{1,3}[A-Za-z]级"
    r"|\d{1,4}(?:小时|分钟?)\d{1,2}(?:分钟?|秒)|24小时(?![,。;、)])|(?:近|连续|未来|今后|前|后|每|满)\d{1,2}年|\d{1,2}年(?:来|内|前|以来|规划|级|期|制|以上|以下)"
    r"|(?<![\d.])\d[\d.]{0,15}%?(?:万|亿|元|万元|亿元|个|家|人|次|名|天|年)?[-—–~至]\d[\d.]{0,15}(?:%|[一-鿿]{0,3})"
    r"|1[3-9]\d{9}(?!\d)|0\d{2,3}-\d{7,8}"
    r"|(?:[附如见续详][表图]|附件)\d{1,3}(?:-\d{1,3})?|[表图]\d{1,3}(?=所示|[:、)])"
    r"|第\d{1,4}(?:条|款|届|次|期|批|章|节|部分|季度|号|轮|类|项|版|页|个|名|位)?",
)
_DIGIT = re.compile(r"\d")
_CALLED = re.compile(r"(?:电话|手机|传真|邮编|邮政编码|账号|号码|编码|代码|编号)[:为]?\d[\d—–-]{4,30}")
# 成活率在90%—95%之间 states both ends; 在80%-90%之间的，得3分 is how points are given.
_RANGED = re.compile(
    r"(?<![\d.])(?P<low>\d{1,3}(?:\.\d{1,4})?)%(?:[-—–~]{1,2}|[至到])(?P<high>\d{1,3}(?:\.\d{1,4})?)%(?=之间(?!的|,?[得扣记]))"
)
RANGE = "之间"
_TITLE = re.compile(r"《[^《》]{0,80}》")
_AVERAGE = re.compile(r"[每均][^,。;:]{0,24}$|(?:目标|完成|实际|指标|计划)值[为是:]?$")
_LIST_NUMBER = re.compile(r"(?:^|(?<=[。;:]))\(?\d{1,2}(?:[、．)]|\.(?!\d))")
_RANK = re.compile(
    r"(?:排名?|排在|排列|位列|名列|列|位居|居|跃居|全[省市区县国州]|综合|名次|位次|第)[一-鿿]{0,8}?"
    r"(?P<comparator>前)?(?P<rank>第?(?P<place>\d{1,3}|[一二三四五六七八九十]{1,3}|首(?=位)))(?P<unit>名|位)?(?=$|[,。;、)(!和及])"
)
_RANKED = re.compile(r"排|列|居|名次|位次|全[省市区县国州]")


@lru_cache(maxsize=4096)  # amounts, rates, quantities and scores are found in the same sentences
def figures(view: View) -> tuple[Figure, ...]:
    """Every figure in `view`, from left to right."""
    kept: list[Figure] = []
    found = [*_ranks(view.text), *_ranges(view.text), *_amounts(view), *_spelled(view.text)]
    for figure in sorted(found, key=lambda figure: figure.start):
        if not kept or figure.start >= kept[-1].end:
            kept.append(figure)
    return tuple(kept)


def _ranks(text: str) -> Iterator[Figure]:
    for match in _RANK.finditer(text):
        place = Decimal(1) if match["place"] == "首" else numeral.read(match["place"])
        if (
            place
            and _RANKED.search(match.group())
            and (match["rank"].startswith("第") or match["comparator"] or match["unit"])
        ):
            start = match.start("comparator") if match["comparator"] else match.start("rank")
            yield Figure(start, match.end(), Kind.RANK, place, "名", match["comparator"])


def _amounts(view: View) -> Iterator[Figure]:
    text = view.text
    if not _DIGIT.search(text):
        return
    silent = (*_SILENT.finditer(text), *_LIST_NUMBER.finditer(text), *_quiet(text))
    hidden = {place for match in silent for place in range(*match.span())}
    for match in _FIGURE.finditer(text):
        if match.start("number") in hidden or _wide_comma(view, match) or _threshold(text, match):
            continue
        value = numeral.read(match["number"])
        if value is not None and not _torn(text, match, value) and not _silent(text, match, value):
            yield _figure(match, value)


def _quiet(text: str) -> Iterator[re.Match[str]]:
    """Titles, and numbers by which somebody is called."""
    if "《" in text:
        yield from _TITLE.finditer(text)
    yield from _CALLED.finditer(text)


def _ranges(text: str) -> Iterator[Figure]:
    for match in _RANGED.finditer(text) if RANGE in text else ():
        low, high = numeral.read(match["low"]), numeral.read(match["high"])
        if low is not None and high is not None and low < high:
            yield Figure(match.start(), match.end("low") + 1, Kind.PERCENT, low, "%", RANGE)
            yield Figure(match.start("high"), match.end(), Kind.PERCENT, high, "%", RANGE)


_SPELLED = frozenset(numeral.DIGITS + numeral.TENS)


_SPELLED_SUM = re.compile(
    rf"(?<![\d余多来{numeral.DIGITS}{numeral.TENS}])[{numeral.DIGITS}{numeral.TENS}]{{1,16}}(?:[余多][万亿]?)?元"
)
# 技术五十二项: three characters or more at the end of a clause; 八项规定 and 二十条措施 are names.
_SPELLED_COUNT = re.compile(
    rf"(?<![第{numeral.DIGITS}{numeral.TENS}])(?P<number>[一二三四五六七八九两][十百千万][零一二三四五六七八九十百千万]{{1,10}}+)"
    rf"(?=[^,。;:)、]{{1,6}}(?:$|[,。;:)、]))(?P<hedge>[余多])?(?P<unit>{_COUNTED})(?=$|[,。;:)、])"
)
_SPELLED_SHARE = re.compile(rf"百分|[{numeral.DIGITS}]成")


def _spelled(text: str) -> Iterator[Figure]:
    """Sums, shares and counts in words: 壹佰万元, 百分之九十五, 两成, 五十二项. Titles in 《》 state nothing."""
    sums = money.find(text) if "元" in text and _SPELLED_SUM.search(text) else ()
    shares = percent.find(text) if _SPELLED_SHARE.search(text) else ()
    counts = list(_SPELLED_COUNT.finditer(text))
    if not (sums or shares or counts):
        return
    titled = {place for match in _TITLE.finditer(text) for place in range(*match.span())}
    for sum_ in sums:
        if text[sum_.start] in _SPELLED and sum_.start not in titled:
            hedge = sum_.hedge or _hedge(text, sum_.start)
            start = sum_.start - len("" if sum_.hedge else hedge)
            yield Figure(start, sum_.end, Kind.MONEY, sum_.value, sum_.unit, hedge or None, sum_.yuan)
    for match in counts:
        value = numeral.chinese(match["number"])
        if value and match.start() not in titled:
            yield Figure(match.start(), match.end(), Kind.COUNT, Decimal(value), match["unit"], match["hedge"])
    for share in shares:
        if text[share.start] in _SPELLED and share.form in ("%", "成") and share.start not in titled:
            hedge = _hedge(text, share.start)
            after = "" if hedge else comparator.after(text, share.end, words("comparators", "单位之后"))
            start, end = share.start - len(hedge), share.end + len(after)
            yield Figure(start, end, Kind.PERCENT, share.value, "%", hedge or after or None)


def _hedge(text: str, at: int) -> str:
    return comparator.before(text, at, words("comparators", "数前"))


def _figure(match: re.Match[str], value: Decimal) -> Figure:
    hedge = match["before"] or match["between"] or match["odd"] or match["over"] or match["after"]
    start = match.start("before") if match["before"] else match.start("number")
    kind, unit, yuan = Kind.BARE, "", None
    if match["percent"]:
        kind, unit = Kind.PERCENT, "个百分点" if match["points"] else match["percent"]  # 提高2个、3个百分点
    elif match["heads"]:
        kind, unit = Kind.COUNT, "万人"
    elif match["rated"] or match["count"]:
        kind, unit = Kind.COUNT, match["rated"] or _whole(match["count"], match["odd"])
    elif match["money"]:
        kind, unit = Kind.MONEY, _whole(match["money"], match["over"])
        sum_ = money.read(f"{value}{unit}")
        yuan = sum_.yuan if sum_ else None
    return Figure(start, match.end(), kind, value, unit, hedge, yuan)


def _whole(unit: str, inside: str | None) -> str:
    """The unit without a word that stands inside it: 3.1万余人次, 500万余元."""
    return unit.replace(inside, "", 1) if inside else unit


def _wide_comma(view: View, match: re.Match[str]) -> bool:
    """12，345: a full-width comma may separate two numbers as well as group one."""
    places = range(match.start("number"), match.end("number"))
    return any(view.text[i] == "," and view.source.text[view.places[i]] == "，" for i in places)


def _silent(text: str, match: re.Match[str], value: Decimal) -> bool:
    """A number without a unit states something only at the end of a clause, and where it is no year."""
    if any(match[kind] for kind in ("percent", "rated", "heads", "count", "money")):
        return False
    return not _SPAN_END.match(text[match.end() : match.end() + 1]) or (1900 < value < 2100 and value % 1 == 0)


def _torn(text: str, match: re.Match[str], value: Decimal) -> bool:
    """49.14年: half a book or village is no count; the line is a table's whose rules are lost. An average
    may be: 每千人口床位数6.8张."""
    return (
        bool(match["count"])
        and match["count"] not in _MEASURED
        and match["count"][0] not in "十百千万亿"
        and value % 1 != 0
        and not _AVERAGE.search(text[max(0, match.start() - 26) : match.start()])
    )


def _threshold(text: str, match: re.Match[str]) -> bool:
    """A number that only describes a noun: 亿元以上项目's 5000万元以上, 超10亿元的, 单价100万元以上."""
    rest = text[match.end() : match.end() + 1]
    if match["after"]:
        return not _SPAN_END.match(rest)
    return rest == "的" or (rest == "级" and bool(match["count"]))
