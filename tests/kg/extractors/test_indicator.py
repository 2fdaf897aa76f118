"""Indicators in tables of every shape and in prose."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from indicators import TITLE, Facts, indicators, said

from kg.examine import examine
from kg.facts import Indicator, Quantity

HEAD = ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施")

BODY = (
    ("产出指标", "数量指标", "维修水库数量", "≥11座", "12座", "10", "10", ""),
    ("", "", "清淤河道长度", "≥18公里", "16.5公里", "10", "9.2", "汛期停工"),
    ("", "质量指标", "工程验收合格率", "100%", "100%", "10", "10", ""),
    ("", "成本指标", "工程成本控制", "控制在预算内", "控制在预算内", "10", "10", ""),
    ("效益指标", "社会效益指标", "防洪能力", "提升", "达成预期指标", "30", "30", ""),
    ("满意度指标", "服务对象满意度指标", "群众满意度", "≥95%", "", "10", "8", "未开展调查"),
)


def tabbed(head: tuple[str, ...], body: tuple[tuple[str, ...], ...]) -> str:
    return "".join("\t".join(row) + "\n" for row in (head, *body))


def stacked(head: tuple[str, ...], body: tuple[tuple[str, ...], ...]) -> str:
    """As Word saves a table as text: one cell a line, a blank line between rows."""
    return "\n".join("".join(f"\t{cell}\n" for cell in row) for row in (head, *body))


def piped(head: tuple[str, ...], body: tuple[tuple[str, ...], ...]) -> str:
    rule = "|" + "---|" * len(head)
    return "\n".join([f"| {' | '.join(head)} |", rule, *(f"| {' | '.join(row)} |" for row in body)]) + "\n"


def marked_up(head: tuple[str, ...], body: tuple[tuple[str, ...], ...]) -> str:
    rows = ("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in (head, *body))
    return f"<html><body><h1>{TITLE}</h1><table>{''.join(rows)}</table></body></html>"


@pytest.mark.parametrize("write", [tabbed, stacked, piped, marked_up])
def test_a_table_says_the_same_in_every_encoding(
    facts: Facts, write: Callable[[tuple[str, ...], tuple[tuple[str, ...], ...]], str]
) -> None:
    html = write is marked_up
    text = write(HEAD, BODY)
    name = "报告.html" if html else "报告.txt"
    found = indicators(facts, text if html else TITLE + "一、指标完成情况\n" + text, name)
    assert [said(indicator) for indicator in found] == [
        {
            "level1": "产出指标",
            "level2": "数量指标",
            "level3": "维修水库数量",
            "operator": "≥",
            "target": Decimal(11),
            "target_unit": "座",
            "actual": Decimal(12),
            "actual_unit": "座",
            "weight": Decimal(10),
            "score": Decimal(10),
            "met": True,
        },
        {
            "level1": "产出指标",
            "level2": "数量指标",
            "level3": "清淤河道长度",
            "operator": "≥",
            "target": Decimal(18),
            "target_unit": "公里",
            "actual": Decimal("16.5"),
            "actual_unit": "公里",
            "weight": Decimal(10),
            "score": Decimal("9.2"),
            "deviation_reason": "汛期停工",
            "met": False,
        },
        {
            "level1": "产出指标",
            "level2": "质量指标",
            "level3": "工程验收合格率",
            "target": Decimal(100),
            "target_unit": "%",
            "actual": Decimal(100),
            "actual_unit": "%",
            "weight": Decimal(10),
            "score": Decimal(10),
            "met": True,
        },
        {
            "level1": "产出指标",
            "level2": "成本指标",
            "level3": "工程成本控制",
            "target": "控制在预算内",
            "actual": "控制在预算内",
            "weight": Decimal(10),
            "score": Decimal(10),
            "met": True,
        },
        {
            "level1": "效益指标",
            "level2": "社会效益指标",
            "level3": "防洪能力",
            "target": "提升",
            "actual": "达成预期指标",
            "weight": Decimal(30),
            "score": Decimal(30),
            "met": True,
        },
        {
            "level1": "满意度指标",
            "level2": "服务对象满意度指标",
            "level3": "群众满意度",
            "operator": "≥",
            "target": Decimal(95),
            "target_unit": "%",
            "weight": Decimal(10),
            "score": Decimal(8),
            "deviation_reason": "未开展调查",
        },
    ]


def test_sign_and_unit_may_stand_in_columns_of_their_own(facts: Facts) -> None:
    head = (
        "一级指标",
        "二级指标",
        "三级指标",
        "指标性质",
        "指标值",
        "度量单位",
        "完成值",
        "权重",
        "得分",
        "未完成原因分析",
    )
    body = (("产出指标", "数量指标", "培训人数", "≥", "300", "人次", "320", "10", "10", ""),)
    (found,) = indicators(
        facts, TITLE + tabbed(head, (*body, ("", "", "接待成本", "≤", "8", "万元", "9", "5", "4", "增加")))
    )[:1]
    assert (found.operator, found.target, found.target_unit) == ("≥", Decimal(300), "人次")
    assert (found.actual, found.actual_unit, found.met) == (Decimal(320), "人次", True)


def test_a_head_of_two_rows_gives_each_column_its_nearest_title(facts: Facts) -> None:
    upper = ("绩效指标", "", "", "年度指标值", "", "", "实际完成值", "分值", "得分")
    lower = ("一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位", "", "", "")
    body = ("产出指标", "数量指标", "资助学生人数", "≧", "735", "人次", "740", "10", "10")
    html = marked_up(upper, (lower, body))
    (found,) = indicators(facts, html, "报告.html")
    assert said(found)["operator"] == "≥"
    assert (found.target, found.target_unit, found.actual) == (Decimal(735), "人次", Decimal(740))


def test_a_head_that_comes_again_after_a_page_break_is_no_indicator(facts: Facts) -> None:
    found = indicators(facts, TITLE + tabbed(HEAD, (*BODY[:2], HEAD, *BODY[2:4])))
    assert [indicator.level3 for indicator in found] == [
        "维修水库数量",
        "清淤河道长度",
        "工程验收合格率",
        "工程成本控制",
    ]
    assert found[2].level1 == "产出指标"


def test_a_table_that_goes_on_without_a_head_keeps_its_columns_and_levels(facts: Facts) -> None:
    rest = "".join("\t".join(row) + "\n" for row in BODY[2:4])
    found = indicators(facts, TITLE + tabbed(HEAD, BODY[:2]) + "\n\n\n" + rest)
    assert (found[2].level1, found[2].level2, found[2].level3) == ("产出指标", "质量指标", "工程验收合格率")


def test_levels_that_ocr_thinned_are_restored_and_a_lost_title_is_told_by_content(facts: Facts) -> None:
    head = ("一级指标", "二级指标", "三级指标", "预 值", "实现值", "未能实现预期值的原因")
    body = (
        ("产指", "数 指", "走访企业数(家)", "≥100 家", "105 家。", "/"),
        ("", "质指标", "办结率", "≥98%", "99%", "/"),
    )
    found = indicators(facts, TITLE + tabbed(head, body))
    assert [(f.level1, f.level2, f.level3, f.target) for f in found] == [
        ("产出指标", "数量指标", "走访企业数", Decimal(100)),
        ("产出指标", "质量指标", "办结率", Decimal(98)),
    ]


def test_empty_lines_sums_and_remarks_of_a_form_are_no_indicators(facts: Facts) -> None:
    body = (
        ("产出指标", "数量指标", "指标1：维修泵站", "≥3座", "3座", "10", "10", ""),
        ("", "", "指标2：", "", "", "", "", ""),
        ("", "", "……", "", "", "", "", ""),
        ("合计", "", "", "", "", "100", "98", ""),
        ("其他需要说明的问题", "无", "", "", "", "", "", ""),
    )
    found = indicators(facts, TITLE + tabbed(HEAD, body))
    assert [indicator.level3 for indicator in found] == ["维修泵站"]


def test_a_form_makes_its_project_the_subject_down_to_the_next_form(facts: Facts) -> None:
    text = "".join(
        f"项目名称\t{project}\t主管部门\t青山县水务局\n一级指标\t三级指标\t年度指标值\t实际完成值\n"
        f"产出指标\t{name}\t≥5处\t6处\n"
        for project, name in (("小型水库维修", "维修处数"), ("河道清淤", "清淤处数"))
    )
    found = indicators(facts, TITLE + text)
    assert [(f.subject, f.level3) for f in found] == [("小型水库维修", "维修处数"), ("河道清淤", "清淤处数")]


def test_points_behind_a_name_are_its_weight(facts: Facts) -> None:
    head = ("一级指标", "二级指标", "三级指标", "年初目标值（A）", "实际完成值（B）", "得分")
    body = (("产出指标（40分）", "数量指标", "宣传场次（20分）", "≥30场", "34场", "20"),)
    found = indicators(facts, TITLE + tabbed(head, (*body, ("", "质量指标", "覆盖率（20分）", "95%", "95%", "20"))))
    assert [(f.level1, f.level3, f.weight, f.score) for f in found] == [
        ("产出指标", "宣传场次", Decimal(20), Decimal(20)),
        ("产出指标", "覆盖率", Decimal(20), Decimal(20)),
    ]


def test_a_plan_gives_targets_and_no_actual_values(facts: Facts) -> None:
    text = TITLE + "（三）绩效目标\n绩效指标：年内培训护林员不少于120人次；巡护里程达到3,600公里。\n"
    assert [said(f) for f in indicators(facts, text)] == [
        {"level3": "培训护林员", "operator": "≥", "target": Decimal(120), "target_unit": "人次"},
        {"level3": "巡护里程", "target": Decimal(3600), "target_unit": "公里"},
    ]


def test_points_set_for_levels_are_weights_and_points_got_are_not(facts: Facts) -> None:
    text = "（二）自评方法\n指标权重设置为：产出指标50分（含数量、质量）；效益指标30分、满意度指标10分。\n"
    found = indicators(facts, TITLE + text)
    assert [(f.level1, f.weight) for f in found] == [
        ("产出指标", Decimal(50)),
        ("效益指标", Decimal(30)),
        ("满意度指标", Decimal(10)),
    ]
    assert not indicators(facts, TITLE + "四、评价结论\n满分100分，其中产出指标得50分、效益指标得28分。\n")


def test_a_heading_without_the_word_indicator_makes_only_rates_indicators(facts: Facts) -> None:
    text = "三、分项绩效目标实现情况\n1、项目产出\n全年维修管网12公里，完成率100%。支出预算80万元。\n"
    assert [(f.level1, f.level3, f.met) for f in indicators(facts, TITLE + text)] == [("产出指标", "完成率", True)]


def test_accounts_are_no_indicators(facts: Facts) -> None:
    assert not indicators(facts, TITLE + "二、部门收支情况\n（一）预算执行情况\n全年支出120万元，预算执行率98%。\n")


@settings(max_examples=25, deadline=None)
@given(
    st.integers(1, 99999),
    st.integers(1, 99999),
    st.sampled_from(["≥", "≤", "＝", "不低于", "不超过"]),
    st.sampled_from(["家", "人次", "公里", "%", "万元"]),
)
def test_the_numbers_decide_whether_a_target_was_met(target: int, actual: int, sign: str, unit: str) -> None:
    row = ("产出指标", "数量指标", "完成数量情况", f"{sign}{target}{unit}", f"{actual}{unit}", "10", "10", "")
    text = TITLE + tabbed(HEAD, (row, BODY[2]))
    found = [f for f in examine(text.encode(), "a.txt").facts if isinstance(f, Indicator)]
    expected = {
        "≥": actual >= target,
        "不低于": actual >= target,
        "≤": actual <= target,
        "不超过": actual <= target,
        "＝": actual == target,
    }
    assert found[0].met is expected[sign]
    assert (found[0].target, found[0].actual) == (Decimal(target), Decimal(actual))


@settings(max_examples=25, deadline=None)
@given(st.permutations(list(range(3, 8))))
def test_the_order_of_columns_does_not_matter(order: list[int]) -> None:
    columns = [0, 1, 2, *order]
    picked = tuple(tuple(row[i] for i in columns) for row in (HEAD, *BODY))
    found, same = (
        [
            said(f)
            for f in examine((TITLE + tabbed(rows[0], rows[1:])).encode(), "a.txt").facts
            if isinstance(f, Indicator)
        ]
        for rows in ((HEAD, *BODY), picked)
    )
    assert found == same


def test_the_indicators_of_the_real_reports_are_found(shared: Any, facts: Facts) -> None:
    for name, count in (("000", 11), ("001", 77), ("003", 14)):
        path = next((shared / "seeds").glob(f"{name}*.txt"))
        assert len(facts("indicator", path.read_text(encoding="utf-8"), path.name)) == pytest.approx(count, abs=2)


@pytest.mark.parametrize("title", ["绩效指标", "主要内容", ""])
def test_the_names_are_in_the_column_of_words_before_the_target(facts: Facts, title: str) -> None:
    head = ("一级指标", "二级指标", title, "年初目标值", "实际完成值", "分值", "得分")
    body = (
        ("产出指标", "数量指标", "疏浚渠道长度", "≥11公里", "12公里", "10", "10"),
        ("", "质量指标", "渠道验收合格率", "100%", "100%", "10", "10"),
        ("", "时效指标", "按期完工率", "100%", "100%", "10", "10"),
    )
    found = indicators(facts, TITLE + "一、指标完成情况\n" + tabbed(head, body))
    assert [(i.level2, i.level3, i.target) for i in found] == [
        ("数量指标", "疏浚渠道长度", Decimal(11)),
        ("质量指标", "渠道验收合格率", Decimal(100)),
        ("时效指标", "按期完工率", Decimal(100)),
    ]


def test_the_title_of_a_list_may_stand_beside_its_rows(facts: Facts) -> None:
    # Goal forms of Shanghai street offices merge 绩效指标 over the rows, but not over their head.
    cells = (
        "<tr><td></td><td>一级指标</td><td>二级指标</td><td>三级指标</td><td>年度指标值</td></tr>"
        "<tr><td rowspan=2>绩效指标</td><td rowspan=2>产出指标</td>"
        "<td>数量指标</td><td>巡查次数</td><td>≥12(次)</td></tr>"
        "<tr><td>质量指标</td><td>审核达标率</td><td>=100(%)</td></tr>"
    )
    page = f"<h1>青山县水务局2024年度项目绩效目标表</h1><table border=1>{cells}</table>"
    found = [fact for fact in facts("indicator", page, "目标.html") if isinstance(fact, Indicator)]
    assert [(i.level1, i.level2, i.level3) for i in found] == [
        ("产出指标", "数量指标", "巡查次数"),
        ("产出指标", "质量指标", "审核达标率"),
    ]


def test_a_table_without_levels_has_that_of_its_heading(facts: Facts) -> None:
    text = (
        "# 青山县水务局2024年度堤防加固项目支出绩效自评报告\n\n"
        "## 三、项目绩效分析\n\n### （三）产出指标（35分，得34分）\n\n"
        "| 三级指标 | 目标值 | 实际值 | 分值 | 得分 |\n|---|---|---|---|---|\n"
        "| 加固长度 | ≥20公里 | 21公里 | 15 | 15 |\n"
    )
    found = [fact for fact in facts("indicator", text, "报告.md") if isinstance(fact, Indicator)]
    assert [(i.level1, i.level3) for i in found] == [("产出指标", "加固长度")]


def test_a_target_and_what_was_done_in_a_numbered_sentence(facts: Facts) -> None:
    text = (
        "青山县红十字会2024年度部门整体支出绩效自评报告\n\n三、目标完成情况\n"
        "1、救护培训持证人数目标300人，实际完成326人，完成率108.67%。\n"
        "2、博爱家园活动目标慰问困难家庭400户。\n3、群众满意度目标≥95%，实际93%。\n"
    )
    found = [fact for fact in facts("indicator", text) if isinstance(fact, Indicator)]
    assert [(i.level3, i.target, i.actual, i.met) for i in found] == [
        ("救护培训持证人数", Decimal(300), Decimal(326), True),
        ("群众满意度", Decimal(95), Decimal(93), False),
    ]


def test_a_target_in_brackets_behind_what_was_done(facts: Facts) -> None:
    text = "青山县水务局2024年度部门整体支出绩效自评报告\n三、履职情况\n污水集中处理率达92%（目标值≥95%）。\n"
    (found,) = [i for i in facts("indicator", text) if isinstance(i, Indicator)]
    assert (found.level3, found.operator, found.target, found.actual, found.met) == (
        "污水集中处理率",
        "≥",
        95,
        92,
        False,
    )


def test_a_plan_behind_the_name_and_what_came_of_it(facts: Facts) -> None:
    title = "青山县水务局2024年度部门整体支出绩效自评报告\n"
    text = f"{title}三、履职情况\n村级水站建设计划建设3个，实际建设2个，完成率66.7%。\n"
    (found,) = [i for i in facts("indicator", text) if isinstance(i, Indicator)]
    assert (found.level3, found.target, found.actual, found.met) == ("村级水站建设", 3, 2, False)
    assert found.completion == Decimal("66.7")
    built = [(q.name, q.value) for q in facts("quantity", text) if isinstance(q, Quantity)]
    assert ("村级水站建设", 2) in built


def test_a_title_beside_the_whole_table_is_no_column_of_values(facts: Facts) -> None:
    head = ("绩效指标完成情况", "一级指标", "二级指标", "三级指标", "预期指标值(包含数字及文字描述)", "实际完成指标值")
    body = (("", "产出指标", "数量指标", "查处违法行为", "3000起", "3530起"),)
    (found,) = indicators(facts, TITLE + tabbed(head, body))
    assert (found.level3, found.target, found.actual) == ("查处违法行为", 3000, 3530)
