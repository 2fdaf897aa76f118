"""Projects, wherever a report names them, and what is only called a project in passing."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from kg.facts import Fact, Project

Facts = Callable[..., list[Fact]]
TITLE = "青山县水务局2024年度部门整体支出绩效自评报告\n"


def named(facts: Facts, text: str, title: str = TITLE) -> list[str]:
    return [project.name for project in facts("project", title + text) if isinstance(project, Project)]


@pytest.mark.parametrize(
    "title",
    [
        "青山县水务局2024年度小型水库维修养护项目支出绩效自评报告\n",
        "2024年度项目支出绩效自评报告（小型水库维修养护）\n",
        "项目支出绩效评价报告\n\n（小型水库维修养护）\n",
        "青山县水务局2024年“小型水库维修养护”项目绩效自评报告\n",
    ],
)
def test_a_projects_own_report_names_it_in_its_title(facts: Facts, title: str) -> None:
    assert named(facts, "一、项目概况\n项目于2024年3月开工。\n", title) == ["小型水库维修养护"]


def test_a_form_names_it_with_its_code(facts: Facts) -> None:
    text = "项目名称\t51990023T000000123456-校车运营补贴\t主管部门\t青山县教育局\n实施单位\t县教育局\t资金\t120\n"
    (project,) = facts("project", TITLE + text)
    assert isinstance(project, Project)
    assert (project.name, project.code) == ("校车运营补贴", "51990023T000000123456")
    assert project.evidence.quote == "51990023T000000123456-校车运营补贴"


def test_a_code_may_stand_in_a_cell_of_its_own(facts: Facts) -> None:
    text = "项目名称\t校车运营补贴\t项目编码\t440001230000000012345\n主管部门\t青山县教育局\t资金\t120\n"
    (project,) = facts("project", TITLE + text)
    assert isinstance(project, Project)
    assert project.code == "440001230000000012345"
    assert project.evidence.quote == "校车运营补贴\t项目编码\t440001230000000012345"


def test_rows_of_a_list_are_projects_and_its_sum_is_none(facts: Facts) -> None:
    text = (
        "序号\t项目名称\t预算数\t执行数\t自评得分\n1\t1、泵站改造\t80\t80\t98\n"
        "2\t（2）河道清淤\t60\t55\t95\n合计\t\t140\t135\t\n"
    )
    assert named(facts, text) == ["泵站改造", "河道清淤"]


def test_a_list_of_other_peoples_projects_is_none_of_ours(facts: Facts) -> None:
    assert not named(facts, "项目名称\t投资方\t落户地点\n光伏组件厂\t某公司\t东区\n冷链物流园\t某集团\t西区\n")


@pytest.mark.parametrize("suffix", ["完成情况", "项目绩效目标完成情况", "指标完成情况", ""])
def test_a_heading_over_levels_of_indicators_names_a_project(facts: Facts, suffix: str) -> None:
    levels = "产出指标：维护站点62个。\n效益指标：预警及时。\n"
    text = f"三、分项绩效目标\n1、山洪预警设施维护费{suffix}\n{levels}2、其他\n无。\n"
    assert named(facts, text) == ["山洪预警设施维护费"]


def test_a_heading_over_this_project_names_it(facts: Facts) -> None:
    text = "（二）项目绩效完成情况\n1、灌区渠道改造\n该项目年初预算80万元，全年支出76万元。\n"
    assert named(facts, text) == ["灌区渠道改造"]


def test_a_budget_explains_a_project_on_a_page_of_its_own(facts: Facts) -> None:
    page = "二、{}项目经费情况说明\n（一）项目概述\n雇人巡堤。\n（二）年度预算安排\n按月拨付。\n"
    assert named(facts, page.format("河堤巡查经费")) == ["河堤巡查经费"]
    assert named(facts, page.format("重点")) == named(facts, page.format("政府采购")) == []


def test_a_heading_that_labels_a_project_is_over_what_is_said_of_it(facts: Facts) -> None:
    text = "六、项目支出情况说明\n（一）项目名称：河堤巡查补助项目\n设立的政策依据：上级文件\n预算安排规模：38万元\n"
    title = "青山县水务局2024年部门预算公开\n"
    (amount,) = facts("amount", title + text)
    assert named(facts, text, title) == ["河堤巡查补助项目"]
    assert getattr(amount, "subject", None) == "河堤巡查补助项目"


def test_a_kind_of_money_with_its_amount_below_is_no_project(facts: Facts) -> None:
    text = "二、“三公”经费情况\n1.因公出国（境）费用。\n2024年安排因公出国（境）费用0万元，与上年持平。\n"
    assert not named(facts, text)


@pytest.mark.parametrize("heading", ["通用指标绩效分析", "预算执行情况", "项目概况", "分项绩效目标实现情况及指标分析"])
def test_a_chapter_is_no_project(facts: Facts, heading: str) -> None:
    assert not named(facts, f"（一）{heading}\n1.项目决策\n程序规范。\n2.项目管理\n产出指标：好。\n效益指标：好。\n")


def test_the_review_in_final_accounts_names_each_project(facts: Facts) -> None:
    text = (
        "（三）绩效自评结果\n我局在2024年度部门决算中反映“河道清淤”及“泵站改造”2个项目绩效自评结果。\n"
        "1.河道清淤项目绩效自评综述：根据年初设定的绩效目标，河道清淤项目绩效自评得分为95.5分。\n"
        "2.泵站改造项目绩效自评综述：根据年初设定的绩效目标，泵站改造项目绩效自评得分为90分。\n"
    )
    assert named(facts, text) == ["河道清淤", "泵站改造"]


def test_a_count_of_projects_is_believed_only_with_as_many_names(facts: Facts) -> None:
    assert named(facts, "我局对河道清淤和泵站改造两个项目开展了绩效自评。\n") == ["河道清淤", "泵站改造"]
    assert not named(facts, "我局对河道清淤和泵站改造等五个项目开展了绩效自评。\n")


def test_parts_of_project_spending_are_projects_where_they_add_up(facts: Facts) -> None:
    assert named(facts, "项目支出120万元，其中：河道清淤80万元、泵站改造40万元。\n") == ["河道清淤", "泵站改造"]
    assert not named(facts, "项目支出120万元，其中：河道清淤80万元、泵站改造30万元。\n")
    assert not named(facts, "项目支出120万元，其中：差旅费80万元、印刷费40万元。\n")


@pytest.mark.parametrize(
    "text",
    [
        "以上3个项目自评得分均在90分以上。",
        "该项目绩效自评得分98分。",
        "部门整体（含部门预算项目）绩效自评得分为98分。",
        "逐项评定得分，汇总形成预算项目绩效自评得分。",
        "全年引进亿元以上项目21个。",
    ],
)
def test_words_that_name_no_project(facts: Facts, text: str) -> None:
    assert not named(facts, f"四、评价结论\n{text}\n")


def test_one_project_with_and_without_the_word_is_one(facts: Facts) -> None:
    text = (
        "项目名称\t预算数\t自评得分\n泵站改造\t80\t98\n河道清淤\t60\t95\n"
        "四、评价结论\n泵站改造项目绩效自评得分为98分。\n"
    )
    assert named(facts, text) == ["泵站改造", "河道清淤"]


@pytest.mark.parametrize(
    "text",
    [
        "项目支出用于：\n（1）堤防加固补助项目。预算安排80万元，实际支出75万元。\n"
        "（2）校舍维修专项。预算安排40万元，实际支出40万元。\n",
        "1.堤防加固补助项目。全年预算 80 万元，实际执行 75 万元，执行率93.75%。\n"
        "2.校舍维修专项。全年预算40万元，实际执行40万元。\n",
    ],
)
def test_a_numbered_block_that_begins_with_its_money_is_a_projects(facts: Facts, text: str) -> None:
    text = "二、项目资金情况\n" + text
    assert named(facts, text) == ["堤防加固补助项目", "校舍维修专项"]
    amounts: list[Any] = facts("amount", TITLE + text)
    assert [(a.subject, a.value) for a in amounts] == [
        ("堤防加固补助项目", 80),
        ("堤防加固补助项目", 75),
        ("校舍维修专项", 40),
        ("校舍维修专项", 40),
    ]


def test_a_list_of_what_project_money_went_to(facts: Facts) -> None:
    text = "二、支出情况\n2024年项目支出120万元。在项目支出中，堤防加固专项80万元，校车补贴项目40万元。\n"
    assert named(facts, text) == ["堤防加固专项", "校车补贴项目"]
    amounts: list[Any] = facts("amount", TITLE + text)
    assert [(a.subject, a.measure, a.value) for a in amounts][1:] == [
        ("堤防加固专项", "项目支出", 80),
        ("校车补贴项目", "项目支出", 40),
    ]


@pytest.mark.parametrize("name", ["人员经费", "公务接待费", "“三公”经费", "教育支出（类）普通教育（款）其他费用（项）"])
def test_a_numbered_kind_of_money_is_no_project(facts: Facts, name: str) -> None:
    assert named(facts, f"二、支出情况\n支出如下：\n1.{name}。全年预算80万元，实际支出75万元。\n") == []


def test_a_form_says_the_whole_name(facts: Facts) -> None:
    text = "一、结论\n校舍维修项目自评得分95分。\n"
    text += "项目名称\t校舍维修项目\t主管部门\t县教育局\n实施单位\t县教育局\t资金\t120\n"
    assert named(facts, text) == ["校舍维修项目"]


@pytest.mark.parametrize(
    "text",
    [
        "编报绩效目标的项目5个，涉及项目预算资金328万元。",
        "政府采购预算83万元，其中，预留给小型和微型企业的政府采购项目预算为23万元。",
    ],
)
def test_projects_at_large_are_no_project(facts: Facts, text: str) -> None:
    assert named(facts, f"二、绩效管理情况\n{text}\n") == []


def test_a_form_written_as_lines_names_its_projects(facts: Facts) -> None:
    text = (
        "二、项目情况\n项目名称：校舍维修补助    项目单位：青山县第一中学\n年初预算80万元，实际支出78万元。\n"
        "项目名称：校车补贴\n年初预算30万元。\n"
    )
    assert named(facts, text) == ["校舍维修补助", "校车补贴"]
    amounts: list[Any] = facts("amount", TITLE + text)
    assert [(a.subject, a.value) for a in amounts] == [("校舍维修补助", 80), ("校舍维修补助", 78), ("校车补贴", 30)]


def test_projects_that_a_sentence_lists_with_their_money(facts: Facts) -> None:
    text = "二、支出情况\n2024年项目支出120万元。主要项目有：堤防加固80万元、渡口维护40万元等。\n"
    assert named(facts, text) == ["堤防加固", "渡口维护"]
    amounts: list[Any] = facts("amount", TITLE + text)
    assert [(a.subject, a.value) for a in amounts][1:] == [("堤防加固", 80), ("渡口维护", 40)]


def test_the_money_of_the_project_itself_is_no_part_of_it(facts: Facts) -> None:
    text = "二、绩效情况\n1.堤防加固项目绩效自评综述：项目自评得分90分。项目全年预算数为320万元，执行数为301万元。\n"
    amounts: list[Any] = facts("amount", TITLE + text)
    assert [(a.subject, a.measure, a.item) for a in amounts] == [
        ("堤防加固", "调整后预算", None),
        ("堤防加固", "预算执行数", None),
    ]


def test_the_number_of_a_list_is_no_bracket_around_a_budget(facts: Facts) -> None:
    text = (
        "三、重点项目完成情况\n（1）河道治理项目：预算120万元，执行115万元，新建堤防9.3公里。\n"
        "（2）泵站改造项目：预算80万元，执行78万元。\n"
    )
    amounts: list[Any] = facts("amount", TITLE + text)
    assert [(a.subject, a.measure, a.item, a.value) for a in amounts] == [
        ("河道治理项目", "预算安排", None, 120),
        ("河道治理项目", "预算执行数", None, 115),
        ("泵站改造项目", "预算安排", None, 80),
        ("泵站改造项目", "预算执行数", None, 78),
    ]


def test_projects_listed_behind_their_number_are_as_many_as_it_says(facts: Facts) -> None:
    text = "一、基本情况\n2024年纳入绩效自评的项目共3个，分别为堤防加固资金、渡口补助、泵站改造项目，合计120万元。\n"
    assert named(facts, text) == ["堤防加固资金", "渡口补助", "泵站改造项目"]
    assert named(facts, text.replace("共3个", "共4个")) == []
    assert named(facts, "一、基本情况\n实施民生工程3个，分别为东河桥、西河桥、南河桥。\n") == []


def test_parts_of_the_project_spending_in_a_sentence_of_their_own_are_projects_by_their_names(facts: Facts) -> None:
    text = "二、支出情况\n项目支出120万元。其中:堤防管护经费60万元,防汛抢险专项经费50万元，渡口补助12万元。\n"
    assert named(facts, text) == ["堤防管护经费", "防汛抢险专项经费", "渡口补助"]
    assert named(facts, "二、支出情况\n项目支出120万元。其中:工资福利支出60万元,商品和服务支出50万元。\n") == []


def test_a_name_in_quotes_before_its_budget_is_whole(facts: Facts) -> None:
    text = "六、其他事项\n“堤防巡查项目”全年预算数120万元，执行数118.5万元，绩效自评得分96.5分，等级为优。\n"
    assert named(facts, text) == ["堤防巡查项目"]
    scores: list[Any] = facts("score", TITLE + text)
    assert [(s.subject, s.value) for s in scores] == [("堤防巡查项目", Decimal("96.5"))]


def said(facts: Facts, kind: str, text: str) -> list[Any]:
    return [*facts(kind, text)]


def test_items_of_a_list_of_project_spending_are_projects(facts: Facts) -> None:
    text = (
        "青山县水务局2024年度部门整体支出绩效自评报告\n一、支出情况\n2024年项目支出130万元，主要包括：\n"
        "1.河堤巡查补助资金90万元，实际支出84万元，预算执行率为93.33%；\n2.水质检测设备购置经费40万元，实际支出40万元。\n"
    )
    assert named(facts, text, "") == ["河堤巡查补助资金", "水质检测设备购置经费"]
    spent = {(f.subject, f.value) for f in said(facts, "amount", text) if f.measure == "预算执行数"}
    assert {("河堤巡查补助资金", 84), ("水质检测设备购置经费", 40)} <= spent
    assert {f.subject for f in said(facts, "rate", text)} == {"河堤巡查补助资金"}


def test_kinds_of_expense_in_a_list_are_no_projects(facts: Facts) -> None:
    text = (
        "青山县水务局2024年度部门整体支出绩效自评报告\n一、支出情况\n2024年项目支出130万元，主要包括：\n"
        "1.办公费90万元；\n2.差旅费40万元。\n"
    )
    assert named(facts, text, "") == []


def test_points_between_a_name_and_its_money_are_no_part_of_either(facts: Facts) -> None:
    text = (
        "青山县水务局2024年度部门整体支出绩效自评报告\n二、绩效自评情况\n（1）河堤巡查补助资金（10分，得分9分）。"
        "2024年安排资金90万元，实际支出84万元，支出率93.33%。\n"
    )
    assert named(facts, text, "") == ["河堤巡查补助资金"]
    assert {f.subject for f in said(facts, "amount", text)} == {"河堤巡查补助资金"}


def test_numbered_parts_of_what_projects_cost_are_projects(facts: Facts) -> None:
    text = (
        "青山县水务局2024年度部门整体支出绩效自评报告\n二、支出情况\n项目支出90万元，主要用于以下方面："
        "1、河堤加固50万元；2、泵站改造40万元。\n"
    )
    found: list[Any] = facts("project", text)
    assert [fact.name for fact in found] == ["河堤加固", "泵站改造"]
    spent: list[Any] = facts("amount", text)
    assert [(fact.subject, fact.value) for fact in spent] == [("青山县水务局", 90), ("河堤加固", 50), ("泵站改造", 40)]


def test_a_list_of_projects_by_what_became_of_their_budget(facts: Facts) -> None:
    text = (
        "青山县水务局2024年度部门整体支出绩效自评报告\n二、支出情况\n明细如下：\n\n项目名称\t调整后预算\t实际支出\t支出率\n"
        "河堤巡查经费\t50.00万元\t48.00万元\t96%\n“清水入户”改造项目\t40.00万元\t40.00万元\t100%\n"
    )
    found: list[Any] = facts("project", text)
    assert [fact.name for fact in found] == ["河堤巡查经费", "“清水入户”改造项目"]
    spent: list[Any] = facts("amount", text)
    assert [(fact.subject, fact.measure, fact.value) for fact in spent] == [
        ("河堤巡查经费", "调整后预算", 50),
        ("河堤巡查经费", "预算执行数", 48),
        ("“清水入户”改造项目", "调整后预算", 40),
        ("“清水入户”改造项目", "预算执行数", 40),
    ]
