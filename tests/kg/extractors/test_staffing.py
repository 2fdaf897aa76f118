"""Numbers of posts and people: whose, of what, of which kind."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.examine import examine
from kg.facts import Fact, Staffing

Facts = Callable[..., list[Fact]]
REPORT = """青山县水务局2024年度部门整体支出绩效自评报告

一、部门基本情况
（一）机构和人员情况
{text}
二、绩效情况
{work}
"""


def said(found: list[Fact]) -> list[tuple[str, str, int]]:
    staffing: list[Any] = found
    return [(fact.measure, fact.category, int(fact.value)) for fact in staffing]


def read(facts: Facts, text: str) -> list[tuple[str, str, int]]:
    return said(facts("staffing", REPORT.format(text=text, work="略")))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "街道共有工作人员40人，其中行政编制15人、事业编制25人。",
            [("实有", "总计", 40), ("实有", "行政", 15), ("实有", "事业", 25)],
        ),
        (
            "2024年末实有人员编制20人，其中：事业编制20人；在职在编实有人员18人。",
            [("编制", "总计", 20), ("编制", "事业", 20), ("实有", "总计", 18)],
        ),
        (
            "实有人数30人，其中：在职人员22人，退休人员8人。",
            [("实有", "总计", 30), ("实有", "在职", 22), ("实有", "退休", 8)],
        ),
        (
            "在职人员30人，其中管理人员2人、专业技术人员28人，副高级职称4人，中级职称11人。",
            [
                ("实有", "总计", 30),
                ("实有", "管理", 2),
                ("实有", "专业技术", 28),
                ("实有", "副高级职称", 4),
                ("实有", "中级职称", 11),
            ],
        ),
        (
            "核定编制63名，其中行政编制15名，事业编制48名。",
            [("编制", "总计", 63), ("编制", "行政", 15), ("编制", "事业", 48)],
        ),
        (
            "年末总人数19人，行政编制9人，事业编制10人。",
            [("实有", "总计", 19), ("实有", "行政", 9), ("实有", "事业", 10)],
        ),
        (
            "领导职数1正2副，核定股级领导职数3名。",
            [("领导职数", "正职", 1), ("领导职数", "副职", 2), ("领导职数", "股级", 3)],
        ),
        (
            "行政编制56人，实际55人；事业编制12人，实际11人。",
            [("编制", "行政", 56), ("实有", "行政", 55), ("编制", "事业", 12), ("实有", "事业", 11)],
        ),
        (
            "共有在职在编人员20人，其中行政人员7人，机关工勤1人，另外有聘用人员3人。",
            [("实有", "总计", 20), ("实有", "行政", 7), ("实有", "工勤", 1), ("实有", "聘用", 3)],
        ),
        (
            "人员编制：行政编制18名、事业编制25名；实有人数：行政17人、事业24人。",
            [("编制", "行政", 18), ("编制", "事业", 25), ("实有", "行政", 17), ("实有", "事业", 24)],
        ),
        (
            "核定编制30名，退休人员12人，其中离休1人。",
            [("编制", "总计", 30), ("实有", "退休", 12), ("实有", "离休", 1)],
        ),
        (
            "2024年底本单位在职职工21人，较2023年底增加15人：其中行政人员增加2人，为公开招录；事业人员增加13人。",
            [("实有", "总计", 21), ("增加", "总计", 15), ("增加", "行政", 2), ("增加", "事业", 13)],
        ),
        (
            "年末全局实有政法专项编制民警120人、事业编制人员15人，另有警务辅助人员200人，离退休人员38人。",
            [("实有", "政法专项", 120), ("实有", "事业", 15), ("实有", "警务辅助人员", 200), ("实有", "离退休", 38)],
        ),
        (
            "人员情况如下：\n- 行政编制20名，实有18人；\n- 劳务派遣人员6人；\n- 社区工作者45人；\n- 辅警9人。",
            [
                ("编制", "行政", 20),
                ("实有", "行政", 18),
                ("实有", "劳务派遣", 6),
                ("实有", "社区工作者", 45),
                ("实有", "辅警", 9),
            ],
        ),
        (
            "核定编制30人，在职28人，由单位管理的离退休人员12人，其中退休11人。",
            [("编制", "总计", 30), ("实有", "总计", 28), ("实有", "离退休", 12), ("实有", "退休", 11)],
        ),
        ("机构核定编制45人，实有43人。", [("编制", "总计", 45), ("实有", "总计", 43)]),
        (
            "年末实有20人；行政编制12名，实有11人；工勤编制9名，实有9人。",
            [
                ("实有", "总计", 20),
                ("编制", "行政", 12),
                ("实有", "行政", 11),
                ("编制", "工勤", 9),
                ("实有", "工勤", 9),
            ],
        ),
        (
            "行政编制24个（机关工勤2个），事业编制41个（参公3人），实有60人，公办退休人员25人，其余临聘人员5人。",
            [
                ("编制", "行政", 24),
                ("编制", "工勤", 2),
                ("编制", "事业", 41),
                ("编制", "参公", 3),
                ("实有", "总计", 60),
                ("实有", "退休", 25),
                ("实有", "聘用", 5),
            ],
        ),
        ("在职教职工86人，其中专任教师79人。", [("实有", "总计", 86), ("实有", "教师", 79)]),
        ("本部门编制21人，截止到2024年底实有人员20人，与上年持平。", [("编制", "总计", 21), ("实有", "总计", 20)]),
    ],
)
def test_numbers_are_read_with_what_they_count(facts: Facts, text: str, expected: list[tuple[str, str, int]]) -> None:
    assert read(facts, text) == expected


def test_people_listed_as_staff_are_no_result_of_the_work(facts: Facts) -> None:
    text = REPORT.format(
        text="年末实有在职人员30人，另有警务辅助人员20人，社区工作者45人。", work="培训社区工作者60人。"
    )
    found: list[Any] = facts("quantity", text)
    assert [(fact.name, int(fact.value)) for fact in found] == [("培训社区工作者", 60)]


def test_a_unit_has_its_own_people(facts: Facts) -> None:
    text = (
        "县水务局核定行政编制10名。下属事业单位青山县河道管理所，规格股级，"
        "核定全额事业编制15名，设主任1名，副主任2名。\n年末在职24人。"
    )
    found: list[Any] = facts("staffing", REPORT.format(text=text, work="略"))
    assert [(fact.subject, fact.category, int(fact.value)) for fact in found] == [
        ("青山县水务局", "行政", 10),
        ("青山县河道管理所", "事业", 15),
        ("青山县河道管理所", "主任", 1),
        ("青山县河道管理所", "副主任", 2),
        ("青山县水务局", "总计", 24),
    ]


def test_the_nature_of_the_unit_says_which_people(facts: Facts) -> None:
    text = "青山县水务局属于行政单位,2024年末实有编制人数8人;青山县河道管理所属于事业单位,2024年末实有编制人数13人。"
    found: list[Any] = facts("staffing", REPORT.format(text=text, work="略"))
    assert [(fact.subject, fact.measure, fact.category, fact.as_of) for fact in found] == [
        ("青山县水务局", "实有", "行政", 2024),
        ("青山县河道管理所", "实有", "事业", 2024),
    ]
    assert "属于行政单位" in found[0].evidence.quote


@pytest.mark.parametrize(
    "work",
    [
        "培训在职教师300人次，服务群众5000人。",
        "全县实有经营主体8.74万户，新增就业岗位120个。",
        "发放在职党员补助，惠及困难人员26人。",
        "特种设备持证监察人员21人，比上年增加3人。",
    ],
)
def test_people_who_are_not_staff_are_left_alone(facts: Facts, work: str) -> None:
    assert facts("staffing", REPORT.format(text="核定编制20名。", work=work))[1:] == []


def test_tables_give_numbers_beside_and_below_their_label(facts: Facts) -> None:
    beside = (
        "青山县水务局部门整体支出绩效自评表\n（2024年度）\n\n部门名称\t青山县水务局\t编制人数\t20\t实有人数\t18\n"
        "年度预算\t100.5\t决算\t90.1\t执行率\t89.6%\n"
    )
    assert said(facts("staffing", beside)) == [("编制", "总计", 20), ("实有", "总计", 18)]
    below = REPORT.format(text="人员情况见下表：\n\n编制数\t在职人员数\t退休人员数\n20\t18\t5\n", work="略")
    assert said(facts("staffing", below))[:2] == [("编制", "总计", 20), ("实有", "总计", 18)]


def test_a_table_of_units_gives_each_its_own(facts: Facts) -> None:
    text = (
        "各单位情况如下：\n\n单位名称\t单位性质\t编制数\t实有人数\n"
        "青山县水务局（本级）\t行政\t15\t14\n青山县河道管理所\t事业\t30\t28\n"
    )
    found: list[Any] = facts("staffing", REPORT.format(text=text, work="略"))
    assert {(fact.subject, fact.measure, int(fact.value)) for fact in found} == {
        ("青山县水务局（本级）", "编制", 15),
        ("青山县水务局（本级）", "实有", 14),
        ("青山县河道管理所", "编制", 30),
        ("青山县河道管理所", "实有", 28),
    }


@settings(max_examples=20, deadline=None)
@given(st.integers(1, 9999), st.integers(1, 999))
def test_another_number_changes_only_its_own_fact(total: int, officials: int) -> None:
    def read(total: int, officials: int) -> list[tuple[str, str, int]]:
        text = f"核定编制{total}名，其中行政编制{officials}名；2024年末实有在职人员33人。"
        examined = examine(REPORT.format(text=text, work="略").encode(), "报告.txt")
        return said([fact for fact in examined.facts if fact.kind == "staffing"])

    assert read(total, officials) == [("编制", "总计", total), ("编制", "行政", officials), ("实有", "总计", 33)]


def test_a_list_of_units_with_their_standing_leaves_the_staff_the_departments(facts: Facts) -> None:
    text = (
        "青山县水务局2024年度部门整体支出绩效自评报告\n\n一、部门概况\n"
        "下属县泵站（正科级公益一类事业单位）、县水文站（副科级公益二类事业单位）。2024年末在职职工88人。\n"
    )
    found: list[Any] = facts("staffing", text)
    assert [(fact.subject, fact.value) for fact in found] == [("青山县水务局", 88)]
    listed: list[Any] = facts("unit", text)
    assert [(unit.name, unit.rank, unit.nature) for unit in listed] == [
        ("县泵站", "正科级", "公益一类事业单位"),
        ("县水文站", "副科级", "公益二类事业单位"),
    ]


def test_thousands_of_people_keep_their_thousands(facts: Facts) -> None:
    text = "青山县卫生局2024年度部门整体支出绩效自评报告\n一、人员情况\n在职人员1,862人，其中行政28人、事业1,834人。\n"
    staff = [(s.category, s.value) for s in facts("staffing", text) if isinstance(s, Staffing)]
    assert staff == [("总计", 1862), ("行政", 28), ("事业", 1834)]


def test_those_on_the_establishment_are_a_part_of_all_staff(facts: Facts) -> None:
    text = "现有职工412人，其中在编219人，编外聘用193人；卫生专业技术人员356人，占86.41%。"
    assert read(facts, text) == [
        ("实有", "总计", 412),
        ("实有", "在编", 219),
        ("实有", "聘用", 193),
        ("实有", "专业技术", 356),
    ]


def test_the_office_may_call_itself_by_one_word(facts: Facts) -> None:
    assert read(facts, "全社核定编制22名，其中工勤编制6名。") == [("编制", "总计", 22), ("编制", "工勤", 6)]


def test_staff_told_below_the_duties_under_one_heading(facts: Facts) -> None:
    text = (
        "青山县残疾人联合会2024年度部门整体支出绩效自评报告\n一、部门职能\n主要职能是：团结教育残疾人；管理残疾人事业。\n"
        "内设办公室、康复股2个股室。2024年末在职人员11人，其中参公人员6人、事业人员5人。\n二、绩效情况\n略。\n"
    )
    assert said(facts("staffing", text)) == [("实有", "总计", 11), ("实有", "参公", 6), ("实有", "事业", 5)]
    duties: list[Any] = facts("duty", text)
    assert [duty.text for duty in duties] == ["团结教育残疾人", "管理残疾人事业"]


def test_a_township_goes_by_its_place(facts: Facts) -> None:
    head = "云溪县松坪镇人民政府2024年度部门整体支出绩效自评报告\n一、人员概况\n"
    text = f"{head}松坪镇行政编制30名，实有28人。松坪镇中心小学编制9名。\n"
    found: list[Any] = facts("staffing", text)
    assert [(fact.subject, fact.category, int(fact.value)) for fact in found] == [
        ("云溪县松坪镇人民政府", "行政", 30),
        ("云溪县松坪镇人民政府", "行政", 28),
    ]


def test_a_centre_with_posts_of_its_own_speaks_for_itself(facts: Facts) -> None:
    text = "机关行政编制12名；县青少年活动中心事业编制9名，实有8人。全部门离退休人员5人。"
    found: list[Any] = facts("staffing", REPORT.format(text=text, work="略"))
    assert [(fact.subject, fact.measure, fact.category, int(fact.value)) for fact in found] == [
        ("青山县水务局", "编制", "行政", 12),
        ("县青少年活动中心", "编制", "事业", 9),
        ("县青少年活动中心", "实有", "事业", 8),
        ("青山县水务局", "实有", "离退休", 5),
    ]


def test_what_brackets_count_is_the_units_before_them(facts: Facts) -> None:
    text = "现有人员90人，其中局本级30人（在职在编28人、退休人员2人），环卫处60人（在职在编9人、临聘人员51人）。"
    found: list[Any] = facts("staffing", REPORT.format(text=text, work="略"))
    assert [(fact.subject, fact.category, int(fact.value)) for fact in found] == [
        ("青山县水务局", "总计", 90),
        ("局本级", "总计", 30),
        ("局本级", "在编", 28),
        ("局本级", "退休", 2),
        ("环卫处", "总计", 60),
        ("环卫处", "在编", 9),
        ("环卫处", "聘用", 51),
    ]
