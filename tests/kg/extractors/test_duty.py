"""Duties, in every shape in which reports list them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.examine import examine
from kg.facts import Duty, Fact

Facts = Callable[..., list[Fact]]
REPORT = """青山县水务局2024年度部门整体支出绩效自评报告
一、部门基本情况
（一）主要职责
{duties}
（二）人员情况
核定编制20名。
"""


def texts(facts: Facts, duties: str) -> list[str]:
    return [duty.text for duty in facts("duty", REPORT.format(duties=duties))]  # type: ignore[attr-defined]


def test_a_numbered_item_is_one_duty_whatever_its_clauses(facts: Facts) -> None:
    said = texts(facts, "1、负责水库调度；组织防汛。\n2、指导灌区建设。\n3、完成县委交办的任务。")
    assert said == ["负责水库调度；组织防汛", "指导灌区建设", "完成县委交办的任务"]


def test_clauses_of_running_text_are_duties(facts: Facts) -> None:
    said = texts(
        facts, "县水务局主要职责：负责水库调度；组织防汛抗旱。指导灌区（含小型灌区；泵站）建设；完成其他任务。"
    )
    assert said == ["负责水库调度", "组织防汛抗旱", "指导灌区（含小型灌区；泵站）建设", "完成其他任务"]


def test_items_that_a_sentence_counts_are_duties(facts: Facts) -> None:
    said = texts(facts, "主要职责是：一是统一管理水资源。二是负责河道采砂监管；查处违法行为。三是完成其他任务。")
    assert said == ["统一管理水资源", "负责河道采砂监管；查处违法行为", "完成其他任务"]


def test_what_the_office_is_is_no_duty(facts: Facts) -> None:
    said = texts(
        facts,
        "青山县水务局是县政府工作部门，为正科级，挂县河长办公室牌子。主要职责是：\n1.负责水资源管理。\n2.负责节水工作。",
    )
    assert said == ["负责水资源管理", "负责节水工作"]


def test_all_that_an_office_is_in_charge_of_is_told_behind_what_it_is(facts: Facts) -> None:
    said = "青山县水务局是全县水利管理的职能部门，是负责全县水库安全，处理水事纠纷，承办其他事项。"
    assert texts(facts, said) == ["负责全县水库安全，处理水事纠纷，承办其他事项"]


def test_a_duty_before_the_list_begins_at_its_verb(facts: Facts) -> None:
    said = texts(
        facts, "县水务局负责贯彻落实水利工作的方针政策，坚持党的领导。主要职责是：一是管理水库。二是组织防汛。"
    )
    assert said == ["负责贯彻落实水利工作的方针政策，坚持党的领导", "管理水库", "组织防汛"]


def test_articles_of_a_regulation_are_not_duties(facts: Facts) -> None:
    said = texts(
        facts,
        "第一条 根据《青山县机构改革方案》，制定本规定。\n第二条 县水务局是县政府工作部门，为正科级。\n"
        "第三条 县水务局的主要职责是：\n（一）拟订水利规划。\n（二）负责水土保持。（三）管理水利工程质量。",
    )
    assert said == ["拟订水利规划", "负责水土保持", "管理水利工程质量"]


def test_duties_end_where_the_next_section_begins(facts: Facts) -> None:
    assert texts(facts, "负责水库调度；组织防汛抗旱。")[-1] == "组织防汛抗旱"


def test_a_list_that_runs_on_as_chapters_belongs_to_its_opening(facts: Facts) -> None:
    text = """部门主要职能
青山区长亭街道办事处是区政府的派出机关。主要职能包括：
一、加强党的建设。落实党建责任制。
二、统筹社区发展。参与社区规划。
三、承办区政府交办的其他事项。
部门机构设置
本部门行政单位1家。
"""
    assert [duty.text for duty in facts("duty", text)] == [  # type: ignore[attr-defined]
        "加强党的建设。落实党建责任制",
        "统筹社区发展。参与社区规划",
        "承办区政府交办的其他事项",
    ]


def test_duties_are_found_in_a_section_about_everything(facts: Facts) -> None:
    text = """2024年度青山县林业局部门整体支出绩效评价报告
一、部门概况
（一）单位基本情况
青山县林业局是县政府工作部门。主要职责：1、拟订林业规划。2、负责森林防火；组织巡查。3、完成其他任务。内设办公室、造林股。
"""
    assert [duty.text for duty in facts("duty", text)] == [  # type: ignore[attr-defined]
        "拟订林业规划",
        "负责森林防火；组织巡查",
        "完成其他任务",
    ]


def test_duties_told_elsewhere_end_with_their_sentence(facts: Facts) -> None:
    text = """附件1
青山县水务局部门整体支出绩效评价报告
一、绩效分析
（一）履职效能
2024年水务局主要职能职责一是开展水库除险加固；二是推进农村供水。今年以来，修复水库3座。
"""
    duties = [duty.text for duty in facts("duty", text)]  # type: ignore[attr-defined]
    assert duties == ["开展水库除险加固", "推进农村供水"]


def test_a_form_gives_duties_in_a_cell(facts: Facts) -> None:
    rows = "部门名称\t青山县水务局\n部门职能\t负责水资源管理；负责河湖管护。\n"
    text = f"青山县水务局部门整体支出绩效自评表\n（2024年度）\n\n{rows}"
    assert [duty.text for duty in facts("duty", text)] == ["负责水资源管理", "负责河湖管护"]  # type: ignore[attr-defined]


def test_ordinals_count_in_reading_order(facts: Facts) -> None:
    duties = facts("duty", REPORT.format(duties="1.负责水库调度工作。\n2.组织防汛抗旱工作。"))
    assert [(duty.ordinal, duty.subject) for duty in duties] == [(1, "青山县水务局"), (2, "青山县水务局")]  # type: ignore[attr-defined]


@pytest.mark.parametrize("nothing", ["无。", "略", "详见三定方案。\n"])
def test_nothing_is_no_duty(facts: Facts, nothing: str) -> None:
    assert len(texts(facts, nothing)) <= 1


VERBS = st.sampled_from(["负责", "组织", "指导", "承担"])
OBJECTS = st.sampled_from(["城乡供水工作", "学校安全管理", "公路养护（含桥梁）", "疾病预防控制", "“一网通办”服务"])


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(VERBS, OBJECTS), min_size=5, max_size=8, unique=True), st.integers(0, 60))
def test_a_page_break_inside_a_duty_changes_nothing(pairs: list[tuple[str, str]], place: int) -> None:
    duties = [f"{verb}{what}" for verb, what in pairs]
    line = "；".join(duties) + "。"
    broken = 24 + place % (len(line) - 32)
    while line[broken - 1] in "；。）”" or line[broken] in "；。（“）”":
        broken += 1
    text = REPORT.format(duties=line[:broken] + "\n\n" + line[broken:])
    found = [fact.text for fact in examine(text.encode(), "报告.txt").facts if fact.kind == "duty"]  # type: ignore[attr-defined]
    assert found == duties


@settings(max_examples=25, deadline=None)
@given(
    st.sampled_from(["1、", "1.", "（一）", "一、", "(1)", "①"]), st.lists(OBJECTS, min_size=2, max_size=5, unique=True)
)
def test_the_style_of_the_numbers_changes_nothing(style: str, objects: list[str]) -> None:
    han = "一二三四五六七八九"
    circled = "①②③④⑤"

    def number(i: int) -> str:
        return style.replace("1", str(i + 1)).replace("一", han[i]).replace("①", circled[i])

    duties = [f"负责{what}" for what in objects]
    listed = "\n".join(f"{number(i)}{duty}。" for i, duty in enumerate(duties))
    text = f"青山县水务局2024年度部门整体支出绩效自评报告\n\n部门主要职责\n{listed}\n"
    found = [fact.text for fact in examine(text.encode(), "报告.txt").facts if fact.kind == "duty"]  # type: ignore[attr-defined]
    assert found == duties


@pytest.mark.parametrize(
    "asked",
    [
        "由主管部门根据三定方案等相关规定中有关主要职能填写。",
        "（请简要说明本部门承担的主要工作任务）",
        "按照部门职责逐条列示。",
        "负责XX工作，承担××任务。",
    ],
)
def test_what_a_blank_form_asks_for_is_no_duty(facts: Facts, asked: str) -> None:
    assert texts(facts, asked) == []


def test_the_last_chapter_like_duty_ends_before_the_next_topic(facts: Facts) -> None:
    # A street office's budget as PDF: duties are numbered like chapters, the chapters have no numbers.
    text = (
        "<h1>青山县白石街道办事处2024年部门预算</h1><h2>部门主要职能</h2><p>主要职能包括：</p>"
        "<h2>一、加强基层党建工作。</h2><h2>二、承办县委、县政府交办的其他事项。</h2>"
        "<h3>部门机构设置</h3><p>本部门中，行政单位1家，具体包括街道本部。</p>"
    )
    duties = [fact.text for fact in facts("duty", text, "预算.html")]  # type: ignore[attr-defined]
    assert duties == ["加强基层党建工作", "承办县委、县政府交办的其他事项"]


def test_a_heading_that_counts_anew_is_not_the_next_duty(facts: Facts) -> None:
    text = (
        "部门整体支出绩效自评报告\n部门名称：青山县水务局\n一、部门基本情况\n(一)部门职能。\n主要职责如下：\n（一）负责全县水资源管理。\n（二）负责防汛抗旱。\n"
        "（三）完成县委交办的其他任务。\n(二)年度总体工作和重点工作任务。\n2024年度，整治河道隐患66处。\n"
    )
    assert [duty.text for duty in facts("duty", text) if isinstance(duty, Duty)] == [
        "负责全县水资源管理",
        "负责防汛抗旱",
        "完成县委交办的其他任务",
    ]


def test_numbers_behind_the_words_that_open_the_list_are_no_part_of_a_duty(facts: Facts) -> None:
    text = (
        "一、部门基本情况\n（一）部门职能。青山镇人民政府是一级政府机关，"
        "主要职能：1.执行上级的决定；2.执行本行政区域的预算；3.管理民政工作。\n"
    )
    assert [(d.text, d.ordinal) for d in facts("duty", text) if isinstance(d, Duty)] == [
        ("执行上级的决定", 1),
        ("执行本行政区域的预算", 2),
        ("管理民政工作", 3),
    ]
