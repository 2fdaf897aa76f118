"""People in lists, forms, tables and sentences."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.examine import examine
from kg.extractors import _people
from kg.facts import Fact, Person

Facts = Callable[..., list[Fact]]
TITLED = "青山县水务局2024年度部门整体支出绩效自评报告\n"
HEAD = "青山县水务局2024年度部门整体支出绩效自评报告\n\n一、部门概况\n负责水资源管理。\n二、评价工作组\n"


def people(facts: Facts, text: str) -> list[tuple[str, str | None, str | None]]:
    found: list[Any] = facts("person", HEAD + text)
    return [(fact.name, fact.role, fact.unit) for fact in found]


def test_a_list_by_roles(facts: Facts) -> None:
    text = (
        "组 长：周某海 县水务局局长\n\n副组长：钱 江 县水务局副局长\n\n"
        "成 员：孙一 李二三 吴四\n\n郑五六 冯 七\n\n青山县水务局\n"
    )
    assert people(facts, text) == [
        ("周某海", "组长", None),
        ("周某海", "局长", "县水务局"),
        ("钱江", "副组长", None),
        ("钱江", "副局长", "县水务局"),
        ("孙一", "成员", None),
        ("李二三", "成员", None),
        ("吴四", "成员", None),
        ("郑五六", "成员", None),
        ("冯七", "成员", None),
    ]


def test_a_sentence_may_name_the_role_before_its_people(facts: Facts) -> None:
    text = "成立绩效自评工作小组，周海任组长，钱江担任副组长，成员为孙一明、李三，联络员由吴四担任。\n"
    assert people(facts, text)[:4] == [
        ("周海", "组长", "绩效自评工作小组"),
        ("钱江", "副组长", "绩效自评工作小组"),
        ("孙一明", "成员", "绩效自评工作小组"),
        ("李三", "成员", "绩效自评工作小组"),
    ]
    assert people(facts, "成立绩效自评工作小组，局长任组长，成员为各股室负责人。\n") == []


def test_a_post_in_brackets_is_proved_with_them(facts: Facts) -> None:
    found: list[Any] = facts("person", HEAD + "自评小组组长：周海明（县水务局局长）\n")
    assert [(fact.role, fact.evidence.quote) for fact in found] == [
        ("自评小组组长", "自评小组组长：周海明"),
        ("局长", "周海明（县水务局局长）"),
    ]


def test_what_each_does_goes_with_the_role(facts: Facts) -> None:
    text = "组  长：周海  负责评价全面工作\n成  员：钱  江  负责凭证、资金的审核\n        孙一明  负责资料收集\n"
    found: list[Any] = facts("person", HEAD + text)
    assert [(fact.name, fact.role, fact.responsibility) for fact in found] == [
        ("周海", "组长", "负责评价全面工作"),
        ("钱江", "成员", "负责凭证、资金的审核"),
        ("孙一明", "成员", "负责资料收集"),
    ]


def test_a_sentence_gives_post_and_role(facts: Facts) -> None:
    text = (
        "成立了由县水务局局长周海明同志任组长，县水务局副局长钱江担任副组长，"
        "办公室主任孙一、财务人员李二三为小组成员的绩效自评工作小组。\n"
    )
    assert people(facts, text) == [
        ("周海明", "局长", "县水务局"),
        ("周海明", "组长", "绩效自评工作小组"),
        ("钱江", "副局长", "县水务局"),
        ("钱江", "副组长", "绩效自评工作小组"),
        ("孙一", "办公室主任", None),
        ("孙一", "小组成员", "绩效自评工作小组"),
        ("李二三", "财务人员", None),
        ("李二三", "小组成员", "绩效自评工作小组"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "由局长任组长、分管领导任副组长，各股室负责人为成员。\n",
        "成立以局长为组长的自评工作组。\n",
        "成员单位：办公室、财务股。\n",
        "联系电话：0000-1234567\n",
        "负责人：\n",
    ],
)
def test_roles_without_names_name_nobody(facts: Facts, text: str) -> None:
    assert people(facts, text) == []


def test_forms_name_people_beside_and_inside_their_label(facts: Facts) -> None:
    text = "填 报 人: 周海明      联系电话: 1234567\n项目负责人：钱江    财务负责人（签字）：孙一二\n"
    assert people(facts, text) == [
        ("周海明", "填报人", None),
        ("钱江", "项目负责人", None),
        ("孙一二", "财务负责人", None),
    ]
    table = "情况表：\n\n项目名称\t河道清淤\t联系人\t周海明\n主管部门\t青山县水务局\t项目负责人：钱江\t\n"
    assert sorted(people(facts, table)) == [("周海明", "联系人", None), ("钱江", "项目负责人", None)]


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (
            "姓名\t职务、职称\n周海\t县水务局党组书记、局长\n钱江\t县水务局党组成员\n",
            [("周海", "党组书记、局长", "县水务局"), ("钱江", "党组成员", "县水务局")],
        ),
        (
            "姓 名\t工作单位\t职务\n周海\t青山县水务局\t副局长\n钱江\t青山县水务局\t节水股股长\n",
            [("周海", "副局长", "青山县水务局"), ("钱江", "股长", "节水股")],
        ),
    ],
)
def test_tables_of_people(facts: Facts, table: str, expected: list[tuple[str, str, str]]) -> None:
    assert people(facts, f"人员名单\n\n{table}") == expected


@pytest.mark.parametrize("word", ["办公室", "单位", "局长", "计财科", "党政办", "水务局", "王"])
def test_offices_and_posts_are_no_names(word: str) -> None:
    assert not _people.is_name(word)


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(["赵", "欧阳", "林", "司马", "魏"]), st.sampled_from(["晴", "知远", "小满", "一"]))
def test_another_name_changes_only_the_name(surname: str, given_name: str) -> None:
    text = f"{HEAD}组长：{surname}{given_name} 县水务局局长\n成员：孙一明\n"
    found: list[Any] = [fact for fact in examine(text.encode(), "报告.txt").facts if fact.kind == "person"]
    name = surname + given_name
    assert [(fact.name, fact.role) for fact in found] == [(name, "组长"), (name, "局长"), ("孙一明", "成员")]


@pytest.mark.parametrize("title", ["评价人员名单：\n", "三、评价人员名单\n", "附：评价工作组成员名单\n"])
def test_a_table_of_people_without_a_head(facts: Facts, title: str) -> None:
    rows = "周某海\t县水务局党组成员、副局长\t高级工程师\n钱 江\t规划股股长\t会计师\n孙一\t县水务局\t会计\n"
    assert people(facts, "评价工作如期完成。\n" + title + rows) == [
        ("周某海", "党组成员、副局长", "县水务局"),
        ("钱江", "股长", "规划股"),
        ("孙一", "会计", "县水务局"),
    ]


def test_a_table_without_a_head_elsewhere_lists_no_people(facts: Facts) -> None:
    assert people(facts, "三、工程情况\n高山\t水库\t水库股股长\n白石\t水库\t规划股股长\n") == []


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "领导小组组长：局长周明海；副组长：副局长孙一；联系人：计划财务股股长钱江。",
            [("周明海", "领导小组组长"), ("周明海", "局长"), ("孙一", "副组长"), ("孙一", "副局长")]
            + [("钱江", "联系人"), ("钱江", "股长")],
        ),
        (
            "组长：局党组书记、局长 周明海\n成员：办公室主任孙一、财务科科长 钱江、林小满",
            [("周明海", "组长"), ("周明海", "党组书记、局长"), ("孙一", "成员"), ("钱江", "成员"), ("林小满", "成员")]
            + [("孙一", "办公室主任"), ("钱江", "科长")],
        ),
        ("副组长：分管财务的副局长孙一", [("孙一", "副组长"), ("孙一", "副局长")]),
        ("成员：办公室、财务科、各股室负责人", []),
    ],
)
def test_a_post_may_stand_before_the_name(facts: Facts, line: str, expected: list[tuple[str, str]]) -> None:
    assert [(name, role) for name, role, _ in people(facts, line + "\n")] == expected


def test_posts_that_a_comma_joins_are_one_persons(facts: Facts) -> None:
    text = TITLED + "一、组织\n成立由局党组书记、局长王大明任组长，党组成员、副局长李小红任副组长的工作小组。\n"
    people = [(p.name, p.role) for p in facts("person", text) if isinstance(p, Person)]
    assert ("王大明", "党组书记、局长") in people
    assert ("李小红", "党组成员、副局长") in people


def test_an_office_of_the_group_held_besides(facts: Facts) -> None:
    text = TITLED + "一、组织\n领导小组办公室设在计划财务股，由张永红兼任办公室主任。\n"
    assert [(p.name, p.role) for p in facts("person", text) if isinstance(p, Person)] == [("张永红", "办公室主任")]


def test_a_name_without_a_known_surname_right_behind_its_post(facts: Facts) -> None:
    assert people(facts, "医院成立了由院长苏日娜任组长、总会计师王海燕任副组长的领导小组。\n") == [
        ("苏日娜", "院长", None),
        ("苏日娜", "组长", "领导小组"),
        ("王海燕", "总会计师", None),
        ("王海燕", "副组长", "领导小组"),
    ]


def test_words_behind_a_post_that_name_nobody(facts: Facts) -> None:
    assert people(facts, "成立了由局长办公会任组长、各科室主任负责同志为成员的领导小组。\n") == []


def test_deputies_share_the_post_before_the_first_of_them(facts: Facts) -> None:
    found = people(facts, "成立了由局长王海任组长、副局长李强、张伟任副组长的工作小组。\n")
    assert [(name, role) for name, role, _ in found if role == "副局长"] == [("李强", "副局长"), ("张伟", "副局长")]
    assert ("张伟", "副组长", "工作小组") in found


def test_names_of_other_peoples_of_the_country(facts: Facts) -> None:
    text = (
        "评价组由院长巴特尔图雅任组长，成员为办公室主任古丽娜尔、会计周一。\n"
        "成立了自评小组，组长由校长艾山江·吐尔逊担任。\n"
    )
    assert set(people(facts, text)) == {
        ("巴特尔图雅", "院长", None),
        ("巴特尔图雅", "组长", None),
        ("古丽娜尔", "办公室主任", None),
        ("古丽娜尔", "成员", None),
        ("周一", "会计", None),
        ("周一", "成员", None),
        ("艾山江·吐尔逊", "校长", None),
        ("艾山江·吐尔逊", "组长", "自评小组"),
    }
