"""How many planted errors the rules find, family by family, and how often they cry wolf.

    python benchmarks/planting.py [--each 10] [--clean 1000]

Each kind of error is planted in clean made-up reports, by altering what is true (a share, a total, a
score) or what is written; it is found where a rule of its family says so that said nothing of the clean
report. Prints recall by family, every kind that is missed, and each error or warning in a clean report:
every one of those is a bug.
"""

# ruff: noqa: E501  (the table of kinds reads best with one kind a line)
from __future__ import annotations

import argparse
import random
import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import islice

from generator import LAYOUTS, Generated, alter, draw, generate, write
from generator.truth import Indicator, Truth

from kg import reader
from kg.examine import examine
from kg.facts import Finding

Plant = Callable[[Truth, random.Random], Truth | None]
Edit = Callable[[str, Truth, random.Random], str]
CENT = Decimal("0.01")
SELF = ("sichuan", "hebei", "hunan", "guangdong")


@dataclass(frozen=True, slots=True)
class Kind:
    """An error of a `family` that a report of one of `layouts` can have; `plant` alters the truth, `edit`
    the text. Neither changes anything where the truth of the seed has no place for the error."""

    name: str
    family: str
    layouts: tuple[str, ...]
    plant: Plant | None = None
    edit: Edit | None = None


def off(value: Decimal, dice: random.Random) -> Decimal:
    """A number that somebody got wrong: one digit mistyped, two swapped, or a tenth too much."""
    digits = list(f"{value:f}")
    places = [at for at, digit in enumerate(digits) if digit.isdigit()][:-1] or [0]
    way = dice.randrange(3)
    if way == 0:
        at = dice.choice(places)
        digits[at] = str((int(digits[at]) + dice.randint(2, 8)) % 10 or 1)
    elif way == 1:
        pairs = [at for at in places[:-1] if digits[at + 1].isdigit() and digits[at] != digits[at + 1]]
        if pairs:
            at = dice.choice(pairs)
            digits[at], digits[at + 1] = digits[at + 1], digits[at]
    wrong = Decimal("".join(digits))
    return wrong if wrong != value else (value * Decimal("0.9")).quantize(Decimal(1).scaleb(value.as_tuple().exponent))  # type: ignore[arg-type]


def wrong(*paths: str) -> Plant:
    """One of the fields at `paths` stated wrong."""

    def plant(truth: Truth, dice: random.Random) -> Truth | None:
        return alter(truth, dice.choice(paths), lambda value: type(value)(off(Decimal(value), dice)))  # type: ignore[no-any-return]

    return plant


def indicator(change: Callable[[Indicator], Indicator | None]) -> Plant:
    """The first indicator of the first project that can be changed so."""

    def plant(truth: Truth, dice: random.Random) -> Truth | None:
        for at, one in enumerate(truth.projects[0].indicators):
            changed = change(one)
            if changed:
                return alter(truth, f"projects.0.indicators.{at}", changed)  # type: ignore[no-any-return]
        return None

    return plant


def missed(one: Indicator) -> Indicator | None:
    """Half of what was aimed for, with full marks."""
    if one.operator not in ("≥", ">=", "=", "＝") or one.target < 4 or one.unit in ("年", "月"):
        return None
    return replace(one, actual=(one.target / 2).quantize(Decimal(1)), score=one.weight, reason="")


def above(one: Indicator) -> Indicator | None:
    return replace(one, score=one.weight + 2)


def heavier(one: Indicator) -> Indicator | None:
    return replace(one, weight=one.weight + 3, score=one.score + 3)


def underspent(truth: Truth, dice: random.Random) -> Truth | None:
    project = truth.projects[0]
    spent = (project.budget / 2).quantize(CENT)
    shown = (spent / project.budget * 100).quantize(CENT)
    changed = replace(project, spent=spent, execution=shown, execution_score=Decimal(10))
    return alter(truth, "projects.0", changed)  # type: ignore[no-any-return]


def graded(truth: Truth, dice: random.Random) -> Truth | None:
    """优 with 85 points."""
    return alter(truth, "score", Decimal("85.5")) if truth.grade == "优" else None


def overspent(truth: Truth, dice: random.Random) -> Truth | None:
    project = truth.projects[0]
    spent = (project.budget * Decimal("1.3")).quantize(CENT)
    shown = (spent / project.budget * 100).quantize(CENT)
    return alter(truth, "projects.0", replace(project, spent=spent, execution=shown))  # type: ignore[no-any-return]


def once(pattern: str, new: str | Callable[[re.Match[str]], str]) -> Edit:
    """The first place that `pattern` fits written in another way."""
    return lambda text, truth, dice: re.sub(pattern, new, text, count=1)


def before(pattern: str, words: str) -> Edit:
    """`words` put in before the first place that `pattern` fits; {last} is the year before."""

    def edit(text: str, truth: Truth, dice: random.Random) -> str:
        said = words.format(year=truth.year, last=truth.year - 1)
        return re.sub(pattern, lambda match: said + match.group(), text, count=1)

    return edit


def figure(pattern: str) -> Edit:
    """The number in the first group of `pattern` stated wrong."""

    def edit(text: str, truth: Truth, dice: random.Random) -> str:
        match = re.search(pattern, text)
        if not match:
            return text
        value = off(Decimal(match[1].replace(",", "")), dice)
        return text[: match.start(1)] + f"{value}" + text[match.end(1) :]

    return edit


def flipped(text: str, truth: Truth, dice: random.Random) -> str:
    turn = {"增长": "下降", "上升": "降低", "下降": "增长", "降低": "上升"}
    return re.sub(r"((?:增加|减少)[0-9.,]+万元，)(增长|上升|下降|降低)", lambda m: m[1] + turn[m[2]], text, count=1)


def against(text: str, truth: Truth, dice: random.Random) -> str:
    """决算数小于预算数 beside an execution rate above 100 %, and the other way round."""

    def said(match: re.Match[str]) -> str:
        word = "小于" if Decimal(match[1]) > 100 else "大于"
        return f"{match.group()[:-1]}，决算数{word}预算数。"

    return re.sub(r"完成年初预算的(?!100(?:\.00)?%)([0-9.]+)%。", said, text, count=1)


def unexplained(text: str, truth: Truth, dice: random.Random) -> str:
    """An empty table, and nowhere a word why."""
    text = re.sub(r"注：[^\n]*政府性基金[^\n]*无数据。", "", text)
    return re.sub(r"[^\n。]*无政府性基金[^\n。]*。", "见附表。", text)


def early(truth: Truth, dice: random.Random) -> Truth | None:
    """Filed before the year began."""
    return alter(truth, "filed", truth.filed.replace(year=truth.year - 1))  # type: ignore[no-any-return]


def none(text: str, truth: Truth, dice: random.Random) -> str:
    """The problems replaced by 无."""
    for problem in truth.problems[1:]:
        text = text.replace(problem, "")
    return text.replace(truth.problems[0], "无")


_N = r"([0-9][0-9,]*\.[0-9]{2})"
_FIRST = r"(?m)^.{0,8}(?:经综合评价|对照评价指标体系|综合各项指标)"
KINDS: tuple[Kind, ...] = (
    # rates and shares
    Kind("share of income", "recomputation", ("sichuan", "hebei", "final_accounts"), wrong("account.sources.0.share")),
    Kind("share of spending", "recomputation", ("sichuan", "hebei", "final_accounts"), wrong("account.uses.1.share")),
    Kind("share of a class", "recomputation", ("final_accounts",), wrong("groups.0.share")),
    Kind("execution rate of the department", "recomputation", ("guangdong",), wrong("account.execution")),
    Kind("execution rate of a class", "recomputation", ("final_accounts",), wrong("classes.0.execution")),
    Kind("execution rate of a project", "recomputation", ("sichuan", "hebei", "hunan"), wrong("projects.0.execution")),
    Kind("execution rate in a form", "recomputation", ("project_form",), wrong("projects.0.execution")),
    Kind("execution rate of 三公", "recomputation", ("final_accounts",), wrong("three.execution")),
    Kind("share of 三公", "recomputation", ("final_accounts",), wrong("three.cars.share", "three.reception.share")),
    Kind("growth of totals", "recomputation", ("final_accounts",), wrong("account.change.rate")),
    Kind("growth of spending", "recomputation", ("final_accounts",), wrong("account.spending_change.rate")),
    Kind("growth of running costs", "recomputation", ("final_accounts",), wrong("account.running_change.rate")),
    Kind("a multiple", "recomputation", SELF, None, before(_FIRST, "服务人数增加3.4倍，年末服务2100人，较上年增加1500人。\n\n")),
    Kind("a value per head", "recomputation", SELF, None, before(_FIRST, "公务接待费支出3.40万元，接待100人次，人均消费440元。\n\n")),
    Kind("a rate of two counts", "recomputation", SELF, None, before(_FIRST, "全年受理来信32件，办结29件，办结率96.9%。\n\n")),
    Kind("rate of a budget of zero", "recomputation", ("final_accounts",), None, once(r"年初预算为[0-9.,]+万元", "年初预算为0.00万元")),
    Kind(
        "wrong base", "recomputation", ("sichuan", "hebei"), None,
        before(_FIRST, "年初预算200.00万元，调整后预算300.00万元，支出290.00万元，完成年初预算的96.67%。\n\n"),
    ),
    # sums
    Kind("sum of income", "sums", ("sichuan", "hebei", "final_accounts"), wrong("account.income")),
    Kind("sum of spending", "sums", ("sichuan", "hebei"), wrong("account.spending")),
    Kind("part of spending", "sums", ("sichuan", "hebei"), wrong("account.uses.0.value")),
    Kind("people and office", "sums", ("hunan", "guangdong", "final_accounts"), wrong("account.people", "account.office")),
    Kind("sum of 三公", "sums", ("final_accounts", "budget"), wrong("three.spent")),
    Kind("headcount", "sums", ("sichuan", "hebei", "hunan"), wrong("staff.people")),
    Kind("posts", "sums", ("sichuan", "hebei", "hunan"), wrong("staff.posts")),
    Kind("carried in and total", "sums", ("final_accounts",), wrong("account.carried_in")),
    Kind("two sides of a summary", "sums", ("final_accounts",), None, figure(rf"\| ?总计 ?\| ?[0-9,.]+ ?\| ?总计 ?\| ?{_N} ?\|")),
    Kind("row of a table", "sums", ("final_accounts",), None, figure(rf"\| ?[0-9]{{7}} ?\|[^|\n]+\| ?{_N} ?\| ?[0-9,.]+ ?\| ?[0-9,.]+ ?\|")),
    Kind("items of a whole", "sums", SELF, None, before(_FIRST, "项目支出为100.00万元，其中会议费40.00万元，培训费30.00万元，印刷费50.00万元。\n\n")),
    # scores
    Kind("total of a form", "scores", ("project_form", "many_projects"), wrong("projects.0.total")),
    Kind("total of a row", "scores", ("hebei",), wrong("projects.0.total")),
    Kind("total of dimensions", "scores", ("sichuan",), wrong("score")),
    Kind("score of a dimension above its weight", "scores", ("sichuan",), lambda t, d: alter(t, "dimensions.0.score", t.dimensions[0].weight + 3)),
    Kind("score above weight", "scores", ("project_form", "many_projects"), indicator(above)),
    Kind("weights above 100", "scores", ("project_form", "many_projects"), indicator(heavier)),
    Kind("full marks for a missed target", "scores", ("project_form", "many_projects"), indicator(missed)),
    Kind("full marks for half the budget", "scores", ("project_form",), underspent),
    Kind("grade too good", "scores", ("hunan", "guangdong"), graded),
    Kind("two scores", "scores", SELF, None, before(r"(?m)^.{0,12}(?:存在问题|存在的)", "本部门整体支出绩效自评得分61.25分。\n\n")),
    # the same thing twice
    Kind("text and table", "two values", ("final_accounts",), None, figure(rf"本年支出合计{_N}万元")),
    Kind("unit slip", "two values", ("final_accounts",), None, once(r"(本年支出合计[0-9.,]+)万元", r"\1元")),
    Kind("project in text and form", "two values", ("many_projects",), None, figure(rf"全年预算数{_N}万元")),
    Kind("final account against the words", "words", ("final_accounts",), None, against),
    Kind("more and fewer", "words", ("final_accounts",), None, flipped),
    Kind("even beside two amounts", "words", SELF, None, before(_FIRST, "会议费支出3.40万元，与上年2.90万元持平。\n\n")),
    Kind("a rise that fell", "words", SELF, None, before(_FIRST, "会议费支出2.40万元，比上年2.90万元增加0.50万元。\n\n")),
    Kind("all met beside a missed target", "words", ("project_form", "many_projects"), indicator(missed), before(r"(?m)^.{0,6}(?:项目负责人|附件1)", "{year}年各项绩效指标全部达到年初目标值。\n\n")),
    Kind("no problems beside a missed target", "words", ("many_projects",), indicator(missed), none),
    # budget, time and form
    Kind("三公 over budget", "over budget", SELF, None, before(_FIRST, "公务接待费预算2.00万元，支出决算3.40万元。\n\n")),
    Kind("over budget", "over budget", ("project_form", "sichuan"), overspent),
    Kind("dated before its year", "time and form", ("guangdong",), early),
    Kind("an empty table without a note", "time and form", ("final_accounts",), None, unexplained),
    Kind("another year", "time and form", SELF, None, before(_FIRST, "我单位对照{last}年初批复的绩效目标开展了自评。\n\n")),
    Kind("words of the template", "time and form", SELF, None, before(_FIRST, "XX局没有国有资本经营预算支出。\n\n")),
    Kind("更多（更少） left in", "time and form", SELF, None, before(_FIRST, "本年支出比上年增加（减少）12.30万元。\n\n")),
)  # fmt: skip


def planted(kind: Kind, seed: int) -> tuple[Generated, Generated] | None:
    """The clean report of `seed` and the one with the error; None where it has no place for it."""
    dice = random.Random(f"{kind.name} {seed}")
    layout = dice.choice(kind.layouts)
    form = "md" if kind.edit else dice.choice([f for f in LAYOUTS[layout].FORMATS if f != "xlsx"])
    truth = draw(seed)
    clean = write(truth, layout, form, seed)
    changed = kind.plant(truth, dice) if kind.plant else truth
    if changed is None:
        return None
    report = write(changed, layout, form, seed)
    if kind.edit:
        text = reader.read(report.data, report.name).source.text
        edited = kind.edit(text, changed, dice)
        if edited == text:
            return None
        report = replace(report, data=edited.encode())
    return (clean, report) if report.data != clean.data else None


def findings(report: Generated) -> list[Finding]:
    """Errors and warnings."""
    return [finding for finding in examine(report.data, report.name).findings if finding.severity != "info"]


def found(pair: tuple[Generated, Generated]) -> bool:
    """Whether the error shows: something is found that was not in the clean report."""
    clean = {(f.rule, f.recomputation) for f in findings(pair[0])}
    return any((f.rule, f.recomputation) not in clean for f in findings(pair[1]))


def recall(each: int) -> None:
    told: dict[str, list[tuple[str, int, int]]] = defaultdict(list)
    for kind in KINDS:
        pairs = list(islice(filter(None, (planted(kind, seed) for seed in range(each * 6))), each))
        told[kind.family].append((kind.name, sum(map(found, pairs)), len(pairs)))
    for family, kinds in told.items():
        hits, tried = sum(k[1] for k in kinds), sum(k[2] for k in kinds)
        print(f"{family:15} {hits:4}/{tried:<4} {hits / max(tried, 1):.3f}  ({len(kinds)} kinds)")
        for name, hit, of in kinds:
            print(f"    {'' if hit == of else '!':1} {name:40} {hit}/{of}")
    everything = [kind for kinds in told.values() for kind in kinds]
    hits, tried = sum(k[1] for k in everything), sum(k[2] for k in everything)
    print(f"{len(everything)} kinds: {hits}/{tried} {hits / max(tried, 1):.3f}")


def alarms(clean: int) -> None:
    wolves = 0
    for seed in range(clean):
        report = generate(seed)
        for finding in findings(report):
            wolves += 1
            print(f"false alarm in {report.name} (seed {seed}): {finding.rule}: {finding.explanation}")
    print(f"{clean} clean reports: {wolves} errors or warnings")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--each", type=int, default=10, help="reports for each kind of error")
    parser.add_argument("--clean", type=int, default=1000, help="clean reports")
    options = parser.parse_args()
    recall(options.each)
    alarms(options.clean)
