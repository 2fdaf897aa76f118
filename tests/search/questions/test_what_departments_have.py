"""Units, projects, problems, grades and reports of departments drawn at random."""

from __future__ import annotations

from typing import Any

import pytest


def names(answer: Any) -> list[str]:
    return [row[0] for row in answer.rows]


@pytest.mark.parametrize(
    "question", ["{who}有哪些下属单位？", "{who}下属事业单位有哪些", "List the subordinate units of {en}."]
)
def test_units(made_up: Any, question: str) -> None:
    for office in (o for o in made_up.offices if o.units):
        answer = made_up.ask(question.format(who=office.name, en=office.english))
        assert {row[0] for row in answer.rows} == set(office.units)


@pytest.mark.parametrize(
    "question", ["{who}评价了几个项目？", "{who}有多少个项目", "How many projects does {en} have?"]
)
def test_how_many_projects(made_up: Any, question: str) -> None:
    for office in made_up.offices[:4]:
        answer = made_up.ask(question.format(who=office.name, en=office.english))
        assert [row[-1] for row in answer.rows] == [len(office.projects)], question


@pytest.mark.parametrize(
    "question", ["{who}存在哪些问题？", "{who}自评报告承认了什么问题", "What problems does {en} report?"]
)
def test_problems(made_up: Any, question: str) -> None:
    office = made_up.offices[4]
    answer = made_up.ask(question.format(who=office.short + office.bureau, en=office.english))
    assert {row[0] for row in answer.rows} == set(office.problems)


@pytest.mark.parametrize("question", ["没有下属单位的部门有哪些？", "Which departments have no subordinate units?"])
def test_departments_without_units(made_up: Any, question: str) -> None:
    answer = made_up.ask(question)
    assert answer.answerable
    assert set(names(answer)) == {o.name for o in made_up.offices if not o.units}


@pytest.mark.parametrize(
    ("question", "grade"), [("评为优秀的部门有哪些？", "优秀"), ("Which departments were graded good?", "良好")]
)
def test_grades(made_up: Any, question: str, grade: str) -> None:
    assert set(names(made_up.ask(question))) == {o.name for o in made_up.offices if o.grade == grade}


@pytest.mark.parametrize("question", ["{year}年度的报告有几份？", "How many reports are for fiscal year {year}?"])
def test_reports_of_a_year(made_up: Any, question: str) -> None:
    for year in {office.year for office in made_up.offices}:
        answer = made_up.ask(question.format(year=year))
        assert [row[0] for row in answer.rows] == [sum(o.year == year for o in made_up.offices)]


@pytest.mark.parametrize(
    "question", ["{who}的项目里，预算超过99999999万元的有哪些？", "{who}的项目中得分低于1分的有哪些"]
)
def test_a_condition_that_cannot_be_checked_is_not_left_out(made_up: Any, question: str) -> None:
    """A list of all projects would be the answer to another question."""
    office = made_up.offices[0]
    found = made_up.ask(question.format(who=office.name))
    assert not any(project in str(row) for row in found.rows for project in office.projects)
