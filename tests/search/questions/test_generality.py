"""Every form over departments, years and figures drawn at random, in many wordings. What is right is
worked out here from what was drawn, not from the graph."""

from __future__ import annotations

import random
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest

CENT = Decimal("0.01")
MEASURES = {
    "支出总计": ("支出总计", "总支出", "支出", "total expenditure", "total spending"),
    "收入总计": ("收入总计", "总收入", "total income", "total revenue"),
    "基本支出": ("基本支出", "basic expenditure"),
    "项目支出": ("项目支出", "project expenditure"),
    "人员经费": ("人员经费", "人员支出", "personnel expenditure"),
    "公用经费": ("公用经费", "日常公用经费", "public-use expenditure"),
    "总资产": ("总资产", "资产总额", "total assets"),
    "固定资产": ("固定资产", "fixed assets"),
    "负债": ("负债", "负债总额", "liabilities"),
    "年初预算": ("年初预算", "年初预算数", "initial budget"),
    "机关运行经费": ("机关运行经费", "agency operating expense"),
    "“三公”经费": ("“三公”经费", "三公经费", "three public expenses"),
    "公务接待费": ("公务接待费", "official reception expense"),
}
CASES = [(measure, said) for measure, spellings in MEASURES.items() for said in spellings]


def is_english(said: str) -> bool:
    return said.isascii()


def same(cell: Any, value: Decimal) -> bool:
    """Whether a cell shows this much, in one of the units that money is told in."""
    return isinstance(cell, Decimal | int) and any(Decimal(cell) == value * k for k in (1, 10**4, Decimal("0.0001")))


def holds(row: tuple[Any, ...], *values: Decimal) -> bool:
    return all(any(same(cell, value) for cell in row) for value in values)


def names(answer: Any) -> list[str]:
    return [row[0] for row in answer.rows]


def proved(answer: Any) -> bool:
    return all(evidence.quote for evidence in answer.evidence) and len(answer.evidence) > 0


# ── The figure of a department in a year ────────────────────────────────────────────────────────

ZH_VALUE = (
    "{who}{year}年的{what}是多少？",
    "{year}年{who}{what}多少",
    "请问{who}在{year}年度的{what}有多少万元？",
    "{who}{year}年{what}",
)
EN_VALUE = (
    "What was the {what} of {who} in {year}?",
    "How much was {who}'s {what} in {year}?",
    "{what} of {who}, {year}",
)


@pytest.mark.parametrize(("measure", "said"), CASES)
def test_the_figure_of_a_department_in_a_year(made_up: Any, measure: str, said: str) -> None:
    for office in made_up.offices[:3]:
        for template in EN_VALUE if is_english(said) else ZH_VALUE:
            callings = (
                (office.english,) if is_english(said) else (office.name, office.short, office.short + office.bureau)
            )
            for who in callings:
                question = template.format(who=who, year=office.year, what=said)
                answer = made_up.ask(question)
                assert answer.answerable, question
                assert len(answer.rows) == 1, (question, answer.rows)
                assert holds(answer.rows[0], office.money[measure]), (question, answer.rows)
                assert proved(answer), question


@pytest.mark.parametrize(("measure", "said"), CASES)
def test_a_year_without_a_report_is_not_known(made_up: Any, measure: str, said: str) -> None:
    office = made_up.offices[0]
    for year in (office.year + 3, office.year - 4):
        template = EN_VALUE[0] if is_english(said) else ZH_VALUE[0]
        who = office.english if is_english(said) else office.name
        answer = made_up.ask(template.format(who=who, year=year, what=said))
        assert not answer.answerable
        assert answer.rows == ()


@pytest.mark.parametrize(
    "question",
    [
        "{who}{year}年的政府采购金额是多少？",
        "{who}的因公出国（境）费是多少？",
        "{who}{year}年有多少编制？",
        "What was the public procurement of {en} in {year}?",
    ],
)
def test_a_figure_that_no_report_states_is_not_known(made_up: Any, question: str) -> None:
    office = made_up.offices[1]
    answer = made_up.ask(question.format(who=office.name, en=office.english, year=office.year))
    assert not answer.answerable
    assert answer.rows == ()


@pytest.mark.parametrize(
    "question", ["海棠市气象局2023年支出总计是多少？", "What did the Haitang meteorological bureau spend in 2023?"]
)
def test_a_department_that_is_not_there_is_not_known(made_up: Any, question: str) -> None:
    answer = made_up.ask(question)
    assert not answer.answerable
    assert answer.rows == ()


# ── Which departments ───────────────────────────────────────────────────────────────────────────

WHICH = (
    ("{what}超过{n}万元的部门有哪些？", ">"),
    ("哪些部门的{what}低于{n}万元？", "<"),
    ("{what}不低于{n}万元的部门", "≥"),
    ("{what}在{n}万元以上的部门有哪些", "≥"),
    ("列出{what}不超过{n}万元的部门", "≤"),
    ("{what}不足{n}万元的有哪些部门？", "<"),
)
WHICH_EN = (
    ("Which departments have a {what} above {yuan} yuan?", ">"),
    ("departments with {what} below {yuan} yuan", "<"),
    ("Which departments have {what} of at least {yuan} yuan?", "≥"),
    ("Which departments have {what} of no more than {yuan} yuan?", "≤"),
)
TESTS = {"<": Decimal.__lt__, ">": Decimal.__gt__, "≤": Decimal.__le__, "≥": Decimal.__ge__}


@pytest.mark.parametrize(("measure", "said"), CASES)
def test_departments_by_an_amount(made_up: Any, measure: str, said: str) -> None:
    draw = random.Random(said)
    for template, sign in WHICH_EN if is_english(said) else WHICH:
        bound = draw.choice([draw.choice(made_up.offices).money[measure], Decimal(draw.randrange(100, 90000))])
        question = template.format(what=said, n=bound, yuan=f"{int(bound * 10**4):,}")
        answer = made_up.ask(question)
        right = {o.name for o in made_up.offices if TESTS[sign](o.money[measure], bound)}
        assert answer.answerable, question
        assert set(names(answer)) == right, (question, answer.text)


@pytest.mark.parametrize(
    "template",
    ["{what}在{low}万元到{high}万元之间的部门有哪些？", "介于{low}万元和{high}万元之间的{what}是哪些部门的？"],
)
def test_departments_between_two_amounts(made_up: Any, template: str) -> None:
    low, high = Decimal(20000), Decimal(60000)
    answer = made_up.ask(template.format(what="支出总计", low=low, high=high))
    assert set(names(answer)) == {o.name for o in made_up.offices if low <= o.money["支出总计"] <= high}


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("执行率低于{n}%的部门有哪些？", "computed"),
        ("预算执行率不足{n}%的是哪些部门", "computed"),
        ("departments with execution rate below {n}%", "computed"),
        ("Which departments have a budget execution rate of less than {n} percent?", "computed"),
        ("报告里写明的预算执行率低于{n}%的部门有哪些？", "stated"),
        ("Which departments have a stated execution rate below {n}%?", "stated"),
        ("按金额计算，执行率低于{n}%的部门有哪些？", "computed"),
    ],
)
def test_departments_by_execution_rate(made_up: Any, question: str, kind: str) -> None:
    for bound in (50, 85, 100, 30):
        answer = made_up.ask(question.format(n=bound))
        right = {o.name for o in made_up.offices if getattr(o, kind) < bound}
        assert answer.answerable
        assert set(names(answer)) == right, question.format(n=bound)


@pytest.mark.parametrize(
    ("question", "sign"),
    [
        ("自评得分低于{n}分的部门有哪些？", "<"),
        ("得分在{n}分以上的部门", "≥"),
        ("Which departments scored below {n} points?", "<"),
        ("Which departments have an overall score of at least {n}?", "≥"),
    ],
)
def test_departments_by_score(made_up: Any, question: str, sign: str) -> None:
    for bound in (Decimal(80), Decimal(90), made_up.offices[0].score):
        answer = made_up.ask(question.format(n=bound))
        assert set(names(answer)) == {o.name for o in made_up.offices if TESTS[sign](o.score, bound)}


@pytest.mark.parametrize(
    "question",
    ["支出总计超过{n}万元的部门有几个？", "How many departments have a total expenditure above {yuan} yuan?"],
)
def test_how_many_departments(made_up: Any, question: str) -> None:
    answer = made_up.ask(question.format(n=40000, yuan="400 million"))
    count = sum(o.money["支出总计"] > 40000 for o in made_up.offices)
    assert answer.answerable
    assert [row[0] for row in answer.rows] == [count]


def test_two_conditions_hold_together(made_up: Any) -> None:
    answer = made_up.ask("支出总计超过30000万元并且自评得分低于90分的部门有哪些？")
    right = {o.name for o in made_up.offices if o.money["支出总计"] > 30000 and o.score < 90}
    assert set(names(answer)) == right


def test_departments_of_a_year(made_up: Any) -> None:
    year = made_up.offices[0].year
    answer = made_up.ask(f"{year}年支出总计超过10000万元的部门有哪些？")
    assert set(names(answer)) == {o.name for o in made_up.offices if o.year == year and o.money["支出总计"] > 10000}


# ── Most, least, compared, added up, divided ────────────────────────────────────────────────────


@pytest.mark.parametrize(("measure", "said"), CASES)
def test_the_highest_and_the_lowest(made_up: Any, measure: str, said: str) -> None:
    ranked = sorted(made_up.offices, key=lambda o: o.money[measure])
    if is_english(said):
        asked = {
            f"Which department has the highest {said}?": ranked[-1:],
            f"Which department had the lowest {said}?": ranked[:1],
        }
    else:
        asked = {
            f"哪个部门的{said}最多？": ranked[-1:],
            f"{said}最少的部门是哪个": ranked[:1],
            f"{said}最高的三个部门": ranked[-3:],
            f"{said}排名前五的部门是哪些？": ranked[-5:],
        }
    for question, right in asked.items():
        answer = made_up.ask(question)
        assert set(names(answer)) == {office.name for office in right}, question


@pytest.mark.parametrize(
    "question",
    ["{a}和{b}谁的{what}多？", "{a}与{b}相比，哪个{what}更高？", "{a}、{b}的{what}哪个大，差多少万元？"],
)
@pytest.mark.parametrize("measure", ["支出总计", "人员经费", "总资产", "“三公”经费"])
def test_two_departments_compared(made_up: Any, question: str, measure: str) -> None:
    one, other = made_up.offices[2], made_up.offices[5]
    answer = made_up.ask(question.format(a=one.short, b=other.short, what=measure))
    first, second = sorted((one, other), key=lambda o: -o.money[measure])
    assert names(answer) == [first.name, second.name]
    assert holds(answer.rows[0], first.money[measure])
    if "差" in question:
        assert holds(answer.rows[0], first.money[measure] - second.money[measure])


@pytest.mark.parametrize(
    "question",
    ["{a}和{b}的{zh}相差多少万元？", "What is the difference in {en} between {ea} and {eb}?"],
)
def test_a_difference_in_one_row(made_up: Any, question: str) -> None:
    one, other = made_up.offices[0], made_up.offices[7]
    asked = question.format(
        a=one.name, b=other.name, ea=one.english, eb=other.english, zh="项目支出", en="project expenditure"
    )
    answer = made_up.ask(asked)
    values = one.money["项目支出"], other.money["项目支出"]
    assert len(answer.rows) == 1
    assert holds(answer.rows[0], *values, abs(values[0] - values[1]))


@pytest.mark.parametrize(("measure", "said"), CASES)
def test_sums_and_averages(made_up: Any, measure: str, said: str) -> None:
    values = [office.money[measure] for office in made_up.offices]
    mean = (sum(values) / len(values)).quantize(CENT, ROUND_HALF_UP)
    if is_english(said):
        asked = {
            f"What is the combined {said} of all departments?": sum(values),
            f"What is the average {said} of the departments?": mean,
        }
    else:
        asked = {f"各部门的{said}合计是多少万元？": sum(values), f"所有部门{said}的平均值是多少？": mean}
    for question, right in asked.items():
        answer = made_up.ask(question)
        assert len(answer.rows) == 1, (question, answer.rows)
        assert holds(answer.rows[0], Decimal(right)), (question, answer.rows)


def test_the_sum_of_some_departments(made_up: Any) -> None:
    chosen = made_up.offices[3:6]
    answer = made_up.ask(f"{'、'.join(o.short for o in chosen)}三个部门的基本支出合计多少？")
    assert holds(answer.rows[0], sum((o.money["基本支出"] for o in chosen), Decimal(0)))


def test_averages_by_year(made_up: Any) -> None:
    answer = made_up.ask("What is the average total expenditure of the departments for each fiscal year?")
    by_year: dict[int, list[Decimal]] = {}
    for office in made_up.offices:
        by_year.setdefault(office.year, []).append(office.money["支出总计"])
    assert [row[0] for row in answer.rows] == sorted(by_year)
    for row in answer.rows:
        values = by_year[row[0]]
        assert holds(row, (sum(values) / len(values)).quantize(CENT, ROUND_HALF_UP))


@pytest.mark.parametrize(
    "question",
    [
        "{who}的{a}占{b}的比例是多少？",
        "{who}{year}年{a}占{b}多少？",
        "What share of {eb} was {ea} in {en}?",
        "What is the share of {ea} in {eb} for {en}?",
    ],
)
def test_shares(made_up: Any, question: str) -> None:
    for office in made_up.offices[:4]:
        asked = question.format(
            who=office.name, year=office.year, en=office.english,
            a="人员经费", b="基本支出", ea="personnel expenditure", eb="basic expenditure",
        )  # fmt: skip
        right = (office.money["人员经费"] * 100 / office.money["基本支出"]).quantize(CENT, ROUND_HALF_UP)
        answer = made_up.ask(asked)
        assert len(answer.rows) == 1, asked
        assert right in answer.rows[0], (asked, answer.rows)


@pytest.mark.parametrize("question", ["各部门的人均支出是多少？", "total expenditure per employee in each department"])
def test_figures_per_head(made_up: Any, question: str) -> None:
    answer = made_up.ask(question)
    right = {o.name: (o.money["支出总计"] / o.staff).quantize(CENT, ROUND_HALF_UP) for o in made_up.offices}
    assert {row[0]: row[-1] for row in answer.rows} == right


@pytest.mark.parametrize(
    "question", ["{who}有多少人？", "{who}{year}年末实有人数是多少", "How many employees did {en} have in {year}?"]
)
def test_staff(made_up: Any, question: str) -> None:
    for office in made_up.offices[:3]:
        answer = made_up.ask(question.format(who=office.name, en=office.english, year=office.year))
        assert holds(answer.rows[0], Decimal(office.staff)), question


def test_what_was_spent_on_something_is_not_all_that_was_spent(made_up: Any) -> None:
    office = made_up.offices[6]
    for question in (f"{office.name}公务接待费花了多少万元？", f"{office.name}招待费一共花了多少？"):
        found = made_up.ask(question)
        assert len(found.rows) == 1
        assert holds(found.rows[0], office.money["公务接待费"])
        assert not holds(found.rows[0], office.money["支出总计"])
    unstated = made_up.ask(f"{office.name}出国花了多少钱？")
    assert not unstated.answerable
