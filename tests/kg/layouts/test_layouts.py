"""Which layout takes which report, and the roles it gives."""

import pytest

import kg.layouts
from kg import dropin, reader
from kg.document import Document

EVALUATION = """云溪县水务局2024年度部门整体支出绩效自评报告

一、部门基本情况
（一）主要职责
负责全县水资源管理。
二、存在的问题
部分河道巡查不及时。
"""
ACCOUNTS = """第一部分 部门概况
一、主要职能
负责全县学校管理。
第二部分 2024年度部门决算情况说明
一、收入支出决算总体情况说明
收入总计100万元。
二、收入决算情况说明
本年收入100万元。
"""
BUDGET = """云溪县教育局2025年部门预算
一、主要职能
负责全县学校管理。
二、年度重点工作
新建学校2所。
"""
PROJECT = """护林防火专项经费项目支出绩效自评报告
一、项目概况
巡护林区。
二、绩效分析
完成较好。
"""
FORM = "\t项目名称\n\t护林防火\n\n\t年度目标\n\t巡护林区\n\n\t产出指标\n\t巡护次数\n"
NOTE = "关于放假的通知\n\n请各单位做好值班。\n"


def best(text: str) -> tuple[str, Document]:
    document = reader.read(text.encode(), "报告.txt")
    layouts = dropin.every(kg.layouts)
    part = document.parts[0]
    return max(layouts, key=lambda name: layouts[name].fits(document.source, part)), document


@pytest.mark.parametrize(
    ("text", "layout"),
    [
        (EVALUATION, "self_evaluation"),
        (ACCOUNTS, "final_accounts"),
        (BUDGET, "budget"),
        (PROJECT, "project_evaluation"),
        (FORM, "project_evaluation"),
        (NOTE, "generic"),
    ],
)
def test_each_report_goes_to_its_layout(text: str, layout: str) -> None:
    assert best(text)[0] == layout


def roles(text: str) -> dict[str, str]:
    name, document = best(text)
    found = dropin.one(kg.layouts, name).roles(document.source, document.parts[0])
    return {section.title: role for section, role in found.items()}


def test_an_evaluation_has_duties_and_problems() -> None:
    assert roles(EVALUATION) == {"部门基本情况": "overview", "主要职责": "duties", "存在的问题": "problems"}


def test_work_in_a_budget_is_a_goal() -> None:
    assert roles(BUDGET) == {"主要职能": "duties", "年度重点工作": "goals"}


def test_a_form_without_headings_holds_indicators() -> None:
    assert roles(FORM) == {"": "indicators"}


def test_every_role_is_a_word_of_the_vocabulary() -> None:
    from ontology.loader import scheme

    known = {concept.notation for concept in scheme("section-roles").values()}
    assert {role for text in (EVALUATION, ACCOUNTS, BUDGET, PROJECT, FORM) for role in roles(text).values()} <= known
