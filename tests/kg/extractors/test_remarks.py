"""Problems and improvements: items, labels, lead-ins, and nothing where there is none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kg.facts import Fact, Improvement

Facts = Callable[..., list[Fact]]
HEAD = "青山县水务局2024年度部门整体支出绩效自评报告\n\n一、部门概况\n负责水资源管理。\n"


def texts(facts: Facts, kind: str, text: str) -> list[str]:
    found: list[Any] = facts(kind, HEAD + text)
    return [fact.text for fact in found]


@pytest.mark.parametrize(
    ("text", "problems", "improvements"),
    [
        (
            "二、存在的问题\n1.预算编制不够细化。部分项目测算粗。\n2.支付进度慢。\n三、改进措施\n一是细化预算。二是按月通报进度。\n",
            ["预算编制不够细化。部分项目测算粗", "支付进度慢"],
            ["细化预算", "按月通报进度"],
        ),
        (
            "二、存在的问题及改进措施\n（一）存在的主要问题\n我局自评小组在评价工作中发现，有个别指标不易评价，不够详尽。\n（二）改进措施\n加强学习。按月检查，及时整改。\n",
            ["有个别指标不易评价，不够详尽"],
            ["加强学习。按月检查，及时整改"],
        ),
        (
            "二、评价结论及建议\n（一）存在问题。一是资金缺口大；二是结算周期长。\n（二）改进建议。一是争取补助；二是限时办结。\n",
            ["资金缺口大", "结算周期长"],
            ["争取补助", "限时办结"],
        ),
        (
            "二、预算绩效情况说明\n自评得分95分。\n存在的主要问题：一是前期工作滞后。二是绩效目标不够细化。\n改进措施：一是按月调度。\n",
            ["前期工作滞后", "绩效目标不够细化"],
            ["按月调度"],
        ),
        (
            "二、问题和改进\n存在问题：\n1.人员不足，管护不及时。\n改进意见：\n1.按标准配备管护员。\n",
            ["人员不足，管护不及时"],
            ["按标准配备管护员"],
        ),
        (
            "二、存在的问题\n还存在一些不足：一是目标不够科学；二是支付偏慢。\n下一步，我局将采取以下措施：一是加强培训；二是强化监管。\n",
            ["目标不够科学", "支付偏慢"],
            ["加强培训", "强化监管"],
        ),
        (
            "二、存在的主要问题\n（一）预算执行方面。支付偏慢。\n（二）绩效管理方面\n量化指标少。\n",
            ["预算执行方面。支付偏慢", "绩效管理方面量化指标少"],
            [],
        ),
        (
            "二、存在的问题\n部分项目前期论证不充分；财务人员培训偏少，业务不熟。\n三、改进措施\n加强预算编制；从而提高资金使用效益。\n",
            ["部分项目前期论证不充分", "财务人员培训偏少，业务不熟"],
            ["加强预算编制；从而提高资金使用效益"],
        ),
        (
            "二、存在的问题及对策\n问题一：台账不全。措施：按月补记台账。\n问题二：巡查次数偏少。\n应对措施：增加夜间巡查。\n",
            ["台账不全", "巡查次数偏少"],
            ["按月补记台账", "增加夜间巡查"],
        ),
        (
            "二、存在的问题\n1.台账不全。措施：按月补记台账。\n2.巡查次数偏少。措施：增加夜间巡查。\n3.车辆老旧。\n",
            ["台账不全", "巡查次数偏少", "车辆老旧"],
            ["按月补记台账", "增加夜间巡查"],
        ),
        (
            "二、存在的问题\n1.台账不全。整改措施：1.按月补记台账。\n2.增加夜间巡查。\n",
            ["台账不全"],
            ["按月补记台账", "增加夜间巡查"],
        ),
        ("二、工作情况\n全年抓好三件事。措施：逐户走访。\n", [], []),
        ("二、存在的问题\n无\n三、改进建议\n无。\n", [], []),
        ("二、存在问题\n暂无存在的问题。\n", [], []),
        (
            "二、绩效情况\n项目自评得分96分。发现的主要问题及原因：验收较慢，尾款未付。下一步改进措施：明确验收节点。\n",
            ["验收较慢，尾款未付"],
            ["明确验收节点"],
        ),
        (
            "二、存在的主要问题\n1、预算编制不够细化。\n2、固定资产管理不规范，账实不符。\n",
            ["预算编制不够细化", "固定资产管理不规范，账实不符"],
            [],
        ),
    ],
)
def test_items_are_told_apart(facts: Facts, text: str, problems: list[str], improvements: list[str]) -> None:
    assert texts(facts, "problem", text) == problems
    assert texts(facts, "improvement", text) == improvements


def test_a_problem_of_its_own_words_keeps_them(facts: Facts) -> None:
    said = texts(facts, "problem", "二、存在的问题\n存在绩效职责不清问题，由于缺乏专业人员，承担了业务部门的工作。\n")
    assert said == ["存在绩效职责不清问题，由于缺乏专业人员，承担了业务部门的工作"]


def test_the_signature_is_no_remark(facts: Facts) -> None:
    said = texts(facts, "improvement", "二、改进措施\n加强资金监管，按季通报。\n\n青山县水务局\n2025年3月2日\n")
    assert said == ["加强资金监管，按季通报"]


@pytest.mark.parametrize(
    ("remarks", "expected"),
    [
        (
            "1.细化预算编制。建立项目库。\n2.加强培训，全年举办培训班不少于2期。\n",
            ["细化预算编制。建立项目库", "加强培训，全年举办培训班不少于2期"],
        ),
        ("加强资金监管，按季通报。\n", ["加强资金监管，按季通报"]),
        ("一是细化预算。二是加强培训。\n", ["细化预算", "加强培训"]),
    ],
)
@pytest.mark.parametrize(
    "signature",
    [
        "\n青山县水务局\n2025年3月2日\n\n绩效自评工作组：\n组  长：李  明  局长\n成  员：王晓红  股长\n",
        "联系人：王晓红  联系电话：0000-0000000\n",
        "2025年3月2日\n",
    ],
)
def test_the_last_remark_ends_before_the_signature(
    facts: Facts, remarks: str, expected: list[str], signature: str
) -> None:
    assert texts(facts, "improvement", f"二、改进措施\n{remarks}{signature}") == expected


def test_a_form_gives_them_in_cells(facts: Facts) -> None:
    form = "项目支出绩效自评表\n（2024年度）\n\n项目名称\t河道清淤\n存在问题\t招标推迟，进度偏慢\n改进措施\t无\n"
    assert [fact.text for fact in facts("problem", form)] == ["招标推迟，进度偏慢"]  # type: ignore[attr-defined]
    assert facts("improvement", form) == []


def test_a_page_break_inside_an_item_changes_nothing(facts: Facts) -> None:
    said = texts(
        facts,
        "problem",
        "二、存在的问题\n\n1. 农村供水工程点多面广，管护人员不足，部分村级蓄水池清\n\n"
        "洗消毒记录不完整。\n\n2. 指标偏少。\n",
    )
    assert said == ["农村供水工程点多面广，管护人员不足，部分村级蓄水池清洗消毒记录不完整", "指标偏少"]


@pytest.mark.parametrize(
    "nothing",
    ["无。", "无", "暂无。", "（一）预算执行中存在的问题：无。\n（二）其他问题：暂无其他问题。", "未发现问题。"],
)
def test_none_is_no_problem_whatever_label_it_answers(facts: Facts, nothing: str) -> None:
    assert texts(facts, "problem", f"五、存在的问题\n{nothing}\n六、改进措施\n{nothing}\n") == []
    assert texts(facts, "improvement", f"五、存在的问题\n{nothing}\n六、改进措施\n{nothing}\n") == []


def test_what_is_done_about_the_problems_in_a_chapter_of_both(facts: Facts) -> None:
    title = "青山县水务局2024年度部门整体支出绩效自评报告\n"
    chapter = (
        title
        + "四、存在的问题和整改情况\n（一）存在问题\n指标不够量化。\n（二）整改情况\n一是细化指标；二是加强培训。\n"
    )
    assert [fact.text for fact in facts("improvement", chapter) if isinstance(fact, Improvement)] == [
        "细化指标",
        "加强培训",
    ]
    before = title + "四、整改情况\n一是细化指标；二是加强培训。\n五、存在问题\n支付偏慢。\n"
    assert facts("improvement", before) == []


def test_a_problem_admitted_in_passing(facts: Facts) -> None:
    text = "三、绩效自评\n部门整体支出绩效自评得分93分，存在的问题是前期工作不扎实、支付进度不均衡。\n"
    assert texts(facts, "problem", text) == ["前期工作不扎实、支付进度不均衡"]


def test_an_item_may_end_in_an_enumeration_comma(facts: Facts) -> None:
    text = "七、存在的问题\n一是预算不细。\n二是两处泵站未完工、\n三是人手不足。\n"
    assert texts(facts, "problem", text) == ["预算不细", "两处泵站未完工", "人手不足"]


def test_what_went_well_is_no_problem_in_a_chapter_of_both(facts: Facts) -> None:
    text = (
        "五、主要经验及做法、存在的问题\n（一）主要经验及做法\n严格执行采购程序。\n"
        "（二）存在的问题\n1.论证不充分。\n2.登记不及时。\n"
    )
    assert texts(facts, "problem", text) == ["论证不充分", "登记不及时"]
