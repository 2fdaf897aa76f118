"""Random truths in which everything fits: sums add up, rates are computed, weights make 100."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from generator.truth import (
    Account,
    Change,
    Class,
    Dimension,
    Group,
    Indicator,
    Line,
    Office,
    Person,
    Project,
    Result,
    Staff,
    Three,
    Truth,
)

HERE = Path(__file__).parent
WORDS = json.loads((HERE / "words.json").read_text("utf-8"))
PARTS = json.loads((HERE.parent / "passages.json").read_text("utf-8"))
FIELDS: dict[str, list[str]] = PARTS["fields"] | WORDS["fields"]
CENT = Decimal("0.01")
HUNDRED = Decimal(100)


def draw(seed: int) -> Truth:
    """The truth of `seed`, always the same."""
    dice = random.Random(seed)
    office = _office(dice)
    year = dice.randint(2017, 2025)
    things = FIELDS[office.field]
    classes = _classes(dice, office.field)
    account = _account(dice, classes)
    classes = _received(classes, account.income)
    projects = _projects(dice, things, sum((c.project for c in classes), Decimal(0)), year)
    dimensions = _dimensions(dice)
    score = sum((d.score for d in dimensions), Decimal(0))
    count = dice.randint(5, 9)
    return Truth(
        office=office,
        year=year,
        filed=date(year + 1, dice.randint(2, 9), dice.randint(1, 28)),
        duties=_duties(dice, office, things),
        bureaus=tuple(dice.sample(WORDS["bureaus"], dice.randint(3, 6))),
        units=_units(dice, office, things),
        staff=_staff(dice),
        account=account,
        classes=classes,
        groups=_groups(classes),
        three=_three(dice),
        projects=projects,
        indicators=_indicators(dice, dice.sample(things, min(len(things), 6)), count, Decimal(100)),
        dimensions=dimensions,
        score=score,
        grade=grade(score),
        results=_results(dice, things),
        satisfaction=Decimal(dice.randint(900, 995)) / 10,
        problems=_problems(dice, things),
        remedies=_remedies(dice, things),
        people=_people(dice, office),
    )


def rate(part: Decimal, whole: Decimal) -> Decimal:
    """`part` in percent of `whole`, two places; 0 of nothing."""
    return (part / whole * HUNDRED).quantize(CENT, ROUND_HALF_UP) if whole else Decimal("0.00")


def grade(score: Decimal) -> str:
    """The grade by the national scale: 90, 80 and 60 of 100."""
    return "优" if score >= 90 else "良" if score >= 80 else "中" if score >= 60 else "差"


def _money(dice: random.Random, low: int, high: int) -> Decimal:
    """Between `low` and `high` 万元, two places."""
    return (Decimal(dice.randint(low * 100, high * 100)) / 100).quantize(CENT)


def _office(dice: random.Random) -> Office:
    field = dice.choice(sorted(FIELDS))
    first, second, end = PARTS["places"]
    region = dice.choice(first) + dice.choice(second) + dice.choice(end)
    town = dice.choice(WORDS["towns"][0]) + dice.choice(WORDS["towns"][1])
    body = town + field if field in ("街道办事处", "镇人民政府") else field
    above = dice.choice(first) + dice.choice(second) + "市" if region[-1] in "县区" and dice.random() < 0.3 else ""
    middle = "人民政府" if field == "街道办事处" and dice.random() < 0.3 else ""
    short = region[-1] + body if body == field else body
    return Office(name=above + region + middle + body, short=short, region=region, field=field)


def _duties(dice: random.Random, office: Office, things: Sequence[str]) -> tuple[str, ...]:
    made = []
    for thing in dice.sample(things, dice.randint(4, min(8, len(things)))):
        first, second = dice.sample(PARTS["actions"], 2)
        purpose, verb = dice.choice(PARTS["purposes"]), dice.choice(("负责", "承担", "组织开展", "指导全系统做好"))
        scope = dice.choice(("全" + office.tier, "辖区内", "本系统"))
        made.append(f"{verb}{scope}{thing}的{first}和{second}，{purpose}")
    return (*made, f"完成{office.tier}委、{office.tier}政府交办的其他任务")


def _units(dice: random.Random, office: Office, things: Sequence[str]) -> tuple[str, ...]:
    ends = dice.sample(WORDS["unit_ends"], dice.randint(1, 3))
    return tuple(office.region + thing + end for thing, end in zip(dice.sample(things, len(ends)), ends, strict=True))


def _staff(dice: random.Random) -> Staff:
    administrative, public = dice.randint(6, 60), dice.randint(5, 180)
    there, others = administrative - dice.randint(0, 5), public - dice.randint(0, 4)
    return Staff(
        posts=administrative + public,
        posts_administrative=administrative,
        posts_public=public,
        people=there + others,
        administrative=there,
        public=others,
    )


def _classes(dice: random.Random, field: str) -> tuple[Class, ...]:
    rows = sorted([*WORDS["classes"][field], *WORDS["common_classes"]], key=lambda row: (row[0], row[2], row[4]))
    made = []
    for code, first, part, second, item, third in rows:
        running = "行政" in third or "机关" in third or "住房" in third
        basic = _money(dice, 20, 900) if running else Decimal("0.00")
        project = Decimal("0.00") if running else _money(dice, 30, 3000)
        spent = basic + project
        budget = spent if dice.random() < 0.3 else (spent * Decimal(dice.randint(100, 112)) / 100).quantize(CENT)
        names = (first, second, third)
        made.append(
            Class(
                code=code + part + item,
                names=names,
                budget=budget,
                received=spent,
                basic=basic,
                project=project,
                spent=spent,
                execution=rate(spent, budget),
            )
        )
    return tuple(made)


def _received(classes: tuple[Class, ...], income: Decimal) -> tuple[Class, ...]:
    """The classes with what came in for each: the largest also gets what was not spent."""
    most = max(classes, key=lambda one: one.spent)
    left = income - sum((one.spent for one in classes), Decimal(0))
    return tuple(replace(one, received=one.spent + left) if one is most else one for one in classes)


def _groups(classes: Sequence[Class]) -> tuple[Group, ...]:
    total = sum((c.spent for c in classes), Decimal(0))
    made = []
    for code, name in sorted({(c.code[:3], c.names[0]) for c in classes}):
        value = sum((c.spent for c in classes if c.code.startswith(code)), Decimal(0))
        made.append(Group(code=code, name=name, value=value, share=rate(value, total)))
    return tuple(made)


def _change(dice: random.Random, now: Decimal) -> Change:
    before = (now * Decimal(dice.randint(70, 135)) / 100).quantize(CENT) or now
    before = before if before != now else now + Decimal("1.50")
    return Change(value=now - before, rate=rate(now - before, before))


def _account(dice: random.Random, classes: Sequence[Class]) -> Account:
    basic = sum((c.basic for c in classes), Decimal(0))
    project = sum((c.project for c in classes), Decimal(0))
    spending, other = basic + project, _money(dice, 1, 60)
    carried_in = _money(dice, 1, 90)
    income = spending + other
    office = (basic * Decimal(dice.randint(10, 30)) / 100).quantize(CENT)
    budget = sum((c.budget for c in classes), Decimal(0))
    lines = (("一般公共预算财政拨款收入", spending), ("其他收入", other))
    running = office - (office / 20).quantize(CENT)
    assets = _money(dice, 100, 9000)
    return Account(
        total=income + carried_in,
        change=_change(dice, income + carried_in),
        income=income,
        sources=tuple(Line(measure=name, value=value, share=rate(value, income)) for name, value in lines),
        carried_in=carried_in,
        spending=spending,
        uses=tuple(
            Line(measure=name, value=value, share=rate(value, spending))
            for name, value in (("基本支出", basic), ("项目支出", project))
        ),
        carried_out=carried_in + other,
        people=basic - office,
        office=office,
        budget=budget,
        execution=rate(spending, budget),
        spending_change=_change(dice, spending),
        running=running,
        running_change=_change(dice, running),
        assets=assets,
        fixed_assets=(assets * Decimal(dice.randint(40, 90)) / 100).quantize(CENT),
    )


def _three(dice: random.Random) -> Three:
    parts = {
        "因公出国（境）费": Decimal("0.00"),
        "公务用车购置及运行维护费": _money(dice, 3, 60),
        "公务接待费": _money(dice, 1, 9),
    }
    spent = sum(parts.values(), Decimal(0))
    budget = spent + _money(dice, 0, 5)
    abroad, cars, reception = (Line(measure=name, value=v, share=rate(v, spent)) for name, v in parts.items())
    return Three(
        budget=budget, spent=spent, execution=rate(spent, budget), abroad=abroad, cars=cars, reception=reception
    )


def _split(dice: random.Random, whole: int, parts: int, least: int = 2) -> list[Decimal]:
    """`whole` in so many whole numbers, none below `least`."""
    cuts = sorted(dice.sample(range(1, whole - parts * (least - 1)), parts - 1))
    edges = [0, *cuts, whole - parts * (least - 1)]
    return [Decimal(b - a + least - 1) for a, b in zip(edges, edges[1:], strict=False)]


_LEVELS = (
    ("产出指标", ("数量指标", "质量指标", "时效指标", "成本指标"), 50),
    ("效益指标", ("经济效益指标", "社会效益指标", "可持续影响指标"), 30),
    ("满意度指标", ("服务对象满意度指标",), 10),
)


def _indicators(dice: random.Random, things: Sequence[str], count: int, total: Decimal) -> tuple[Indicator, ...]:
    """At least one indicator for each first level; weights make 90, or `total`."""
    made: list[Indicator] = []
    for level1, seconds, weight in _LEVELS:
        whole = weight + int(total - 90) if level1 == "产出指标" else weight
        chosen = sorted(dice.sample(seconds, dice.randint(1, len(seconds))), key=seconds.index)
        rows = [(level2, measure) for level2 in chosen for measure in _measures(dice, level2, count)]
        for (level2, measure), part in zip(rows, _split(dice, whole, len(rows)), strict=True):
            made.append(_indicator(dice, level1, level2, measure, dice.choice(things), part))
    names = [indicator.name for indicator in made]
    return (
        tuple(i for at, i in enumerate(made) if i.name not in names[:at])
        if len(set(names)) == len(names)
        else (_indicators(dice, things, count, total))
    )


def _measures(dice: random.Random, level2: str, count: int) -> list[list[object]]:
    known = WORDS["measures"][level2]
    return dice.sample(known, min(len(known), 1 + dice.randrange(2) * (count > 6)))


def _indicator(
    dice: random.Random, level1: str, level2: str, measure: Sequence[object], thing: str, weight: Decimal
) -> Indicator:
    end, unit, operator, low, high = measure
    target = Decimal(dice.randint(int(str(low)), int(str(high))))
    actual, score, reason = target, weight, ""
    if operator == "≥":
        top = Decimal(100) if unit == "%" else target + max(Decimal(1), target // 6)
        actual = Decimal(dice.randint(int(target), int(top)))
        if dice.random() < 0.15:
            actual = target - max(Decimal(1), target // 10)
            score = (weight * actual / target).quantize(CENT, ROUND_HALF_UP)
            reason = dice.choice(PARTS["reasons"]) + "，下一步" + dice.choice(PARTS["remedies"]) + "调度"
    elif operator == "≤":
        actual = target - dice.randint(0, int(target // 10))
    name = end if str(end) in ("群众满意度", "服务对象满意度") else f"{thing}{end}"
    return Indicator(
        level1=level1,
        level2=level2,
        name=str(name),
        operator=str(operator),
        target=target,
        actual=actual,
        unit=str(unit),
        weight=weight,
        score=score,
        reason=reason,
    )


def _projects(dice: random.Random, things: Sequence[str], money: Decimal, year: int) -> tuple[Project, ...]:
    """Two to four projects that share what the department spends on projects."""
    ends = dice.sample(WORDS["project_ends"], dice.randint(2, 4))
    names = [thing + end for thing, end in zip(dice.sample(things, len(ends)), ends, strict=True)]
    left, made = money, []
    for at, name in enumerate(names):
        spent = left if at == len(names) - 1 else (left * Decimal(dice.randint(20, 60)) / 100).quantize(CENT)
        left -= spent
        budget = (spent * Decimal(dice.randint(100, 115)) / 100).quantize(CENT)
        initial = budget if dice.random() < 0.5 else (budget * Decimal(dice.randint(90, 98)) / 100).quantize(CENT)
        execution = rate(spent, budget)
        points = (execution / 10).quantize(CENT, ROUND_HALF_UP)
        indicators = _indicators(dice, [name.removesuffix(ends[at])], dice.randint(4, 8), Decimal(90))
        total = points + sum((i.score for i in indicators), Decimal(0))
        made.append(
            Project(
                name=name,
                code=f"{dice.randint(10, 65)}{dice.randint(0, 9999):04}{year % 100}T{dice.randint(0, 10**12 - 1):012}",
                initial=initial,
                budget=budget,
                spent=spent,
                execution=execution,
                execution_score=points,
                indicators=indicators,
                total=total,
                grade=grade(total),
                goal=f"做好{name.removesuffix(ends[at])}相关工作，{dice.choice(PARTS['purposes'])}",
            )
        )
    return tuple(made)


def _dimensions(dice: random.Random) -> tuple[Dimension, ...]:
    names = ("履职效能", "预算管理", "财务管理", "资产管理", "社会满意度")
    weights = _split(dice, 20, len(names), 1)
    made = []
    for name, part in zip(names, weights, strict=True):
        weight = part * 5
        made.append(Dimension(name=name, weight=weight, score=weight - Decimal(dice.randint(0, 4)) / 2))
    return tuple(made)


def _results(dice: random.Random, things: Sequence[str]) -> tuple[Result, ...]:
    made = []
    for thing, (name, unit, low, high) in zip(dice.sample(things, 4), dice.sample(WORDS["results"], 4), strict=True):
        made.append(Result(name=name.format(thing=thing), value=dice.randint(low, high), unit=unit))
    return tuple(made)


def _problems(dice: random.Random, things: Sequence[str]) -> tuple[str, ...]:
    troubles = dice.sample(PARTS["troubles"], dice.randint(2, 3))
    return tuple(f"{dice.choice(things)}{trouble}，影响了资金使用效益" for trouble in troubles)


def _remedies(dice: random.Random, things: Sequence[str]) -> tuple[str, ...]:
    words = dice.sample(PARTS["remedies"], dice.randint(2, 3))
    return tuple(f"{word}{dice.choice(things)}的{dice.choice(PARTS['actions'])}，压实工作责任" for word in words)


def _people(dice: random.Random, office: Office) -> tuple[Person, ...]:
    names: dict[str, None] = {}
    while len(names) < 4:
        names[dice.choice(WORDS["surnames"]) + dice.choice(WORDS["given"])] = None
    return tuple(
        Person(name=name, role=role) for name, role in zip(names, ("组长", "副组长", "成员", "成员"), strict=True)
    )
