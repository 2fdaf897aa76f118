"""Words before an amount → what it is an amount of, in the words of the scheme measures.

年初预算为 → 年初预算 · 公务接待费支出决算 → 公务接待费 · 财政拨款收、支总计均为 → two measures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from kg.grammar.lexicon import either, folded, words
from ontology.loader import scheme, spellings

FUNCTIONAL = "功能分类支出"
CHANGE = "增减额"
EXECUTED = "预算执行数"
ALLOCATED = "预算安排"
PHASES = ("年初预算", "调整后预算", EXECUTED)  # stages of one budget: what they are of is their item
BUDGETS = (*PHASES, ALLOCATED)


@dataclass(frozen=True, slots=True)
class Name:
    """What a number is of. `measure` is the vocabulary's label, or the report's own word where
    `known` is false; `item` is the part of it meant (年初预算 of 公务接待费); `code` and `name`
    those of a functional class; `raw` the words as written, folded."""

    measure: str
    raw: str = ""
    item: str | None = None
    code: str | None = None
    name: str | None = None
    known: bool = False

    @property
    def thing(self) -> str:
        """The words that say what a rate is of: 行政运行 of 行政运行预算执行率."""
        return self.name or self.item or self.measure


_BRACKETED = re.compile(r"\([^()]{0,60}\)")
_MARKS = re.compile(r"[\"'“”‘’《》<>【】*\[\]]")


@lru_cache(maxsize=4096)
def bare(label: str) -> str:
    """`label` for looking up: no quotation marks, no remarks in brackets; 出国(境) keeps its 境."""
    return _BRACKETED.sub("", _MARKS.sub("", label).replace("(境)", "境").replace("(护)", "护")).strip(" :、-—")


@cache
def _known() -> dict[str, str]:
    return {bare(folded(spelling)): label for spelling, label in spellings("measures").items()}


def known(label: str) -> str | None:
    """The measure that `label` is a spelling of."""
    return _known().get(label)


_YEAR = r"(?:19|20)\d{2}(?:年度?(?!初)|(?=年初|$))(?:末|底)?"
_SILENT = [word for label in ("上年", "全年", "其中", "本部门", "共") for word in words("functional-words", label)]
_LEADING = re.compile(
    rf"^(?:[、,;:.和及与并]|[一二三四五六七八九十]{{1,2}}[是、]|{_YEAR}|\d{{1,2}}[-—–~至]\d{{1,2}}月份?|截[至止]到?[^,]{{0,12}}[日底末]|(?:年|期)[末底](?=.)|由于|(?:主要)?原因[是为]|开支(?=[^,]{{1,6}}费)"
    rf"|(?:{either(word for word in _SILENT if len(word) > 1)})(?!价值)|[共已](?![享青同建治管赢产和振])"
    r")"
)
_TRAILING = re.compile(
    rf"(?:(?!(?<=用款)计划|(?<=资金)计划)(?:{either(w for w in words('functional-words', '为') if len(w) > 1)})"
    r"|(?<![法规纪等良信险]行)为|[:是达约各均了]|(?<!公)共)$"  # 用款计划 is not yet spent; 违法行为 is a noun
)
# What accounts put behind a measure without changing it, the shortest first.
_OUTTURN = (
    *("数", "支出", "决算", "总额", "金额", "合计", "小计"),
    *(
        "财政拨款",
        "财政拨款支出",
        "支出数",
        "决算数",
        "决算支出",
        "支出决算",
        "支出总额",
        "支出金额",
        "决算总额",
        "决算支出数",
        "支出决算数",
    ),
)
_OWN_OUTTURN = re.compile(r"(?:支出决算支出|支出决算数|支出决算|决算支出)$")  # of a measure that only the report has
_BOTH = re.compile(
    r"^(?P<front>.{0,20}?)(?P<total>总)?(?:收、支|收支|收入、支出|收入支出|收入和支出|收入及支出|收入与支出)(?P<back>[^,;]{0,8})$"
)
_JOINT = re.compile(r"[、和与及]")
_ORGANISATION = re.compile(r"(?<=.)[局委厅院校馆站所队办镇乡会部]|街道|中心|单位")


@cache
def _phase() -> re.Pattern[str]:
    labels = [bare(folded(s)) for phase in BUDGETS for s in (phase, *scheme("measures")[phase].aliases)]
    return re.compile(rf"^(?P<item>.{{2,40}}?)的?(?P<phase>{either(labels)})$")


@lru_cache(maxsize=4096)
def stage(label: str) -> tuple[str, str] | None:
    """The stage of a budget that `label` ends in, and what it is of: 公务接待费年初预算 → 年初预算, 公务接待费."""
    match = _phase().match(label)
    return (known(match["phase"]) or "", match["item"]) if match else None


def stripped(label: str, owners: tuple[str, ...] = ()) -> Iterator[str]:
    """`label` with one word after another taken from its two ends, words that name nothing:
    years, 其中, 本部门, the department's own names (`owners`), 共计, 为. The last may be empty."""
    text, longer = bare(label), ""
    while text != longer:
        yield text
        longer, text = text, _TRAILING.sub("", text)
        text = text if text != longer else _without_owner(_LEADING.sub("", text), owners)


@lru_cache(maxsize=4096)
def core(label: str, owners: tuple[str, ...] = ()) -> str:
    """`label` without the words at its ends that name nothing; '' where it has no others."""
    return next(reversed([*stripped(label, owners)]), "")


def _without_owner(text: str, owners: tuple[str, ...]) -> str:
    owner = next((o for o in owners if o and text.startswith(o)), "")
    return text[len(owner) :].removeprefix("的")


@lru_cache(maxsize=4096)
def resolve(label: str, owners: tuple[str, ...] = ()) -> tuple[Name, ...]:
    """What the words before an amount name: one measure, two for 收、支, none where there are no words.
    Words that the vocabulary does not have come back as they are, with `known` false."""
    readings = list(stripped(label, owners))
    last = readings[-1] if readings else ""
    if not last:
        return ()
    for read in (_exact, _made_up, _together, _described, _funded):
        found = next(filter(None, map(read, readings)), ())
        if found:
            return found
    both = _BOTH.match(last)
    return _of_an_organisation(last) or (_both(both) if both else (Name(_OWN_OUTTURN.sub("支出", last), bare(label)),))


def _exact(label: str) -> tuple[Name, ...]:
    measure = known(label)
    return (Name(measure, label, known=True),) if measure else ()


def _together(label: str) -> tuple[Name, ...]:
    """收入总计、支出总计: measures that share an amount, each by its own name."""
    names = tuple(known(piece) for piece in _JOINT.split(label)) if _JOINT.search(label) else ()
    return tuple(Name(name, label, known=True) for name in names if name) if all(names) else ()


def _described(label: str) -> tuple[Name, ...]:
    """用于保障机关正常运转的日常支出: accounts of Yunnan put what the money is for before its name."""
    ends = (label[at:] for at in range(2, len(label) - 3)) if label.startswith("用于") else ()
    return next(((Name(m, end, known=True),) for end in ends if (m := known(end)) and m.endswith("支出")), ())


# Who pays says nothing of what an expense is: 一般公共预算及政府性基金财政拨款“三公”经费.
_FUND = re.compile(
    r"(?:一般公共预算|政府性基金(?:预算)?|国有资本经营预算|(?:当年)?(?:财政)?拨款|财政资金|安排|[及和与、的])+"
)


def _funded(label: str) -> tuple[Name, ...]:
    """An expense behind the funds that pay for it; 财政拨款项目支出 is less than 项目支出."""
    fund = _FUND.match(label)
    names = _exact(label[fund.end() :]) or _made_up(label[fund.end() :]) if fund else ()
    return names if all(name.thing.endswith("费") for name in names) else ()


def _made_up(label: str) -> tuple[Name, ...]:
    """收、支总计, 公务接待费预算, 公务接待费支出决算, 年初固定资产: a measure with words that vary it."""
    both = _BOTH.match(label)
    sides = _both(both) if both else ()
    if sides and all(side.known for side in sides):
        return sides
    phase = stage(label)
    if phase:
        measure, what = phase
        items = [item for item in resolve(what) if item.known or measure in PHASES]
        tail = what.rpartition("的")[2]  # 1家机关和1家事业单位财政拨款的机关运行经费(预算)
        items = items or [item for item in (resolve(tail) if tail != what else ()) if item.known]
        if items:  # 校园维修预算 is no measure's budget, so it keeps its own words
            return tuple(replace(item, measure=measure, item=item.thing, raw=label, known=True) for item in items)
    opening = known(label[2:]) if label.startswith(("年初", "期初")) else None
    settled = f"{label[:2]}{opening}" if opening else _settled(label)
    return (Name(settled, label, known=True),) if settled else ()


def _settled(label: str) -> str | None:
    """The measure that `label` is the outturn of: 公务接待费支出决算数 → 公务接待费."""
    cuts = (known(label[: -len(word)]) for word in _OUTTURN if label.endswith(word))
    return next(filter(None, cuts), None)


def _both(match: re.Match[str]) -> tuple[Name, ...]:
    """收、支总计 → 收入总计 and 支出总计; 年初收支预算 is one budget."""
    front, back = match["front"], match["back"]
    budget = known(f"{front}预算")
    if budget in PHASES and back.startswith("预算"):
        return (Name(budget, match.group(), known=True),)
    total = "总计" if match["total"] or not back or back.startswith(("总", "决算总")) else back
    made = []
    for side in ("收入", "支出"):
        label = f"{front}{side}{total}"
        measure = known(label) or _settled(label)
        made.append(Name(measure or label, match.group(), known=measure is not None))
    return tuple(made)


def _of_an_organisation(label: str) -> tuple[Name, ...]:
    """区某局采购支出总额: a name that the header does not know stands before the measure."""
    for match in _ORGANISATION.finditer(label):
        measure = known(label[match.end() :])
        if measure and not measure.startswith("本年"):  # 体育场馆支出 is not the year's expenditure
            return (Name(measure, label[match.end() :], known=True),)
    return ()
