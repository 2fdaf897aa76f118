"""Units in lists, sentences and tables."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kg.facts import Fact

Facts = Callable[..., list[Fact]]
REPORT = """青山县水务局2024年度部门整体支出绩效自评报告

一、部门基本情况
（一）机构设置
{text}
（二）资产情况
年末资产总额100万元。
"""


def units(facts: Facts, text: str) -> list[Any]:
    return facts("unit", REPORT.format(text=text))


def names(facts: Facts, text: str, relation: str) -> list[str]:
    return [unit.name for unit in units(facts, text) if unit.relation == relation]


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("我局内设办公室、文化和旅游股、规划财务股3个股室。", ["办公室", "文化和旅游股", "规划财务股"]),
        ("设内设机构3个，办公室、人事股和节水股，核定股级领导职数3名。", ["办公室", "人事股", "节水股"]),
        ("本部门内设股室2个，分别是办公室、防汛抗旱股。", ["办公室", "防汛抗旱股"]),
        ("青山县水务局设办公室、财务科等2个内设科室。", ["办公室", "财务科"]),
        ("内设机构：办公室、计划财务股及质量监督股等3个股室。", ["办公室", "计划财务股", "质量监督股"]),
        ("内设3个机构，包括：办公室（党建办）、节水股、防汛股。", ["办公室（党建办）", "节水股", "防汛股"]),
        ("青山县水务局下设办公室、财务室、节水组等。", ["办公室", "财务室", "节水组"]),
        ("本部门有6个内设处室。", []),
    ],
)
def test_offices_inside(facts: Facts, text: str, inside: list[str]) -> None:
    assert names(facts, text, "内设机构") == inside


@pytest.mark.parametrize(
    ("text", "under"),
    [
        ("下属单位2个，分别为青山县河道管理所、青山县供水服务中心。", ["青山县河道管理所", "青山县供水服务中心"]),
        (
            "所属单位3个：青山县河道管理所、青山县水库管理处和青山县水政监察大队。",
            ["青山县河道管理所", "青山县水库管理处", "青山县水政监察大队"],
        ),
        ("一个下属单位为青山县供水服务中心。", ["青山县供水服务中心"]),
        ("下设6个基层水利站和青山县检测中心1个下属事业单位。", ["青山县检测中心"]),
        (
            "决算汇总公开单位构成包括：青山县水务局本级以及所属的青山县河道管理所、青山县水库管理处。",
            ["青山县河道管理所", "青山县水库管理处"],
        ),
        ("下属事业单位6个，其中：财政全额补助事业单位5个，自收自支事业单位1个。", []),
        ("下辖派出所12个，下属事业单位为青山县警务服务中心。", ["青山县警务服务中心"]),
        ("县水资源管理站更名为青山县水务服务中心并调整为县水务局下属事业单位。", ["青山县水务服务中心"]),
        (
            "纳入青山县水务局2024年度部门决算编制范围的二级预算单位包括：\n1.青山县河道管理所\n2.青山县供水服务中心\n",
            ["青山县河道管理所", "青山县供水服务中心"],
        ),
        (
            "所属二级预算单位有：青山县第一中学、青山县特殊教育学校、乡镇中心小学12所。",
            ["青山县第一中学", "青山县特殊教育学校"],
        ),
        ("下设青山县水政执法大队、青山县水质监测站两个二级机构。", ["青山县水政执法大队", "青山县水质监测站"]),
        (
            "我局内设办公室、防汛抗旱股等2个股室，下设青山县水政执法大队、青山县水质监测站2个事业单位。",
            ["青山县水政执法大队", "青山县水质监测站"],
        ),
        (
            "我局内设办公室、计划财务股、水资源管理股、防汛抗旱股\n"
            "4 个股室,下设青山县水政监察综合执法大队、青山县水质\n监测站两个二级机构。",
            ["青山县水政监察综合执法大队", "青山县水质监测站"],
        ),
        ("无下属单位。", []),
    ],
)
def test_units_under_the_department(facts: Facts, text: str, under: list[str]) -> None:
    assert names(facts, text, "下属单位") == under


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("由局机关和2个下属单位组成。", "局机关"),
        ("纳入编制范围的单位共4个，包括局本级和上述3个所属单位。", "局本级"),
        ("青山县水务局部门决算包括：局本级决算及所属2个单位决算。", "局本级"),
        ("1个县水务局本级单位，一级预算单位。", "县水务局本级"),
        (
            "包括局本级和1家下属预算单位。具体包括：\n1.青山县水务局（本级）\n2.青山县河道管理所\n",
            "青山县水务局（本级）",
        ),
    ],
)
def test_the_department_proper_is_one_of_its_units(facts: Facts, text: str, own: str) -> None:
    assert names(facts, text, "本级") == [own]


def test_offices_of_the_headquarters_belong_to_it(facts: Facts) -> None:
    found = units(
        facts, "由局机关及1个下属事业单位组成。其中局机关内设2个职能部门：办公室、节水股；1个下属事业单位为县供水中心。"
    )
    assert [(unit.name, unit.parent, unit.nature) for unit in found] == [
        ("局机关", "青山县水务局", None),
        ("办公室", "局机关", None),
        ("节水股", "局机关", None),
        ("县供水中心", "青山县水务局", "事业单位"),
    ]


def test_what_is_said_of_all_units_of_a_list(facts: Facts) -> None:
    found = units(facts, "所属二级机构2家：青山县河道管理所、青山县供水中心，均为公益一类事业单位。")
    assert [(unit.name, unit.nature) for unit in found] == [
        ("青山县河道管理所", "公益一类事业单位"),
        ("青山县供水中心", "公益一类事业单位"),
    ]
    assert all(unit.nature in unit.evidence.quote for unit in found)


def test_later_sentences_add_to_a_unit(facts: Facts) -> None:
    (found,) = units(
        facts, "一个下属单位为青山县供水中心。核定编制9名。下属事业单位青山县供水中心，规格股级，经费形式为财政补助。"
    )
    assert (found.rank, found.funding) == ("股级", "财政补助")


def test_a_table_of_units_says_what_each_is(facts: Facts) -> None:
    found = units(
        facts,
        "情况如下：\n\n单位名称\t单位性质\t单位规格\t经费保障形式\n青山县水务局（本级）\t行政\t正科(乡)级\t财政拨款\n"
        "青山县河道管理所\t事业\t股级\t财政补助\n",
    )
    assert [(u.name, u.relation, u.rank, u.nature, u.funding) for u in found] == [
        ("青山县水务局（本级）", "本级", "正科(乡)级", "行政", "财政拨款"),
        ("青山县河道管理所", "下属单位", "股级", "事业", "财政补助"),
    ]


def test_organisations_that_only_take_part_are_no_units(facts: Facts) -> None:
    assert units(facts, "会同县财政局、县审计局开展检查，指导下属单位做好供水。") == []


def test_a_remark_in_brackets_tells_the_standing_and_is_no_part_of_the_name(facts: Facts) -> None:
    text = "局属事业单位三个：青山县农技中心（副科级）、青山县水文站（股级）、青山县泵站（公益一类，股级）。"
    assert [(u.name, u.rank, u.nature) for u in units(facts, text)] == [
        ("青山县农技中心", "副科级", "事业单位"),
        ("青山县水文站", "股级", "事业单位"),
        ("青山县泵站", "股级", "公益一类"),
    ]
    assert names(facts, "内设3个机构，包括：办公室（党建办）、节水股、防汛股。", "内设机构")[0] == "办公室（党建办）"


def test_a_table_with_nothing_but_names_lists_units(facts: Facts) -> None:
    rows = (
        "纳入决算编制范围的单位包括：\n\n序号\t单位名称\t备注\n1\t青山县水务局（本级）\t\n2\t青山县水文站\t并入本级\n"
    )
    assert [(u.name, u.relation) for u in units(facts, rows)] == [
        ("青山县水务局（本级）", "本级"),
        ("青山县水文站", "下属单位"),
    ]


def test_two_lists_joined_by_and_are_counted_apart(facts: Facts) -> None:
    text = "下设县水文站、县泵站2个全额拨款事业单位和县河道管理所1个差额拨款事业单位。"
    assert [(u.name, u.nature) for u in units(facts, text)] == [
        ("县水文站", "全额拨款事业单位"),
        ("县泵站", "全额拨款事业单位"),
        ("县河道管理所", "差额拨款事业单位"),
    ]


def test_units_named_one_by_one_after_how_many_there_are(facts: Facts) -> None:
    text = "纳入编制范围的预算单位共3家，其中：行政单位1家，事业单位2家。"
    listed = "青山县水务局（本级）、青山县水文站、青山县泵站"
    assert [u.name for u in units(facts, f"{text}具体为：{listed}。")] == listed.split("、")
    listed = "青山县水务局机关、青山县水文站、青山县泵站"
    assert [u.name for u in units(facts, f"预算单位共3个，具体包括：{listed}。")] == listed.split("、")


def test_offices_inside_and_units_below_in_one_list_keep_apart(facts: Facts) -> None:
    text = "一、概况\n下设综合办公室、规划建设办公室2个内设机构和农业服务中心、便民服务中心2个事业单位。\n"
    units: list[Any] = facts("unit", "青山县云溪镇人民政府2024年度部门整体支出绩效自评报告\n" + text)
    assert [(u.name, u.relation) for u in units] == [
        ("综合办公室", "内设机构"),
        ("规划建设办公室", "内设机构"),
        ("农业服务中心", "下属单位"),
        ("便民服务中心", "下属单位"),
    ]


def test_a_kind_with_its_count_at_the_end_of_a_list_is_no_name(facts: Facts) -> None:
    text = "一、机构设置\n所属预算单位共15个，包括县第一医院、县疾病预防控制中心及13个乡镇卫生院。\n"
    units: list[Any] = facts("unit", "青山县卫生局2024年度部门整体支出绩效自评报告\n" + text)
    assert [u.name for u in units] == ["县第一医院", "县疾病预防控制中心"]


@pytest.mark.parametrize(
    ("text", "inside", "under"),
    [
        ("县水务局内设4个股室，局属水文站、河道管理中心。", [], ["水文站", "河道管理中心"]),
        ("内设办公室、财务股，局属县水文站、县河道管理中心。", ["办公室", "财务股"], ["县水文站", "县河道管理中心"]),
        ("局属单位有青山县水文站、青山县河道管理中心。", [], ["青山县水文站", "青山县河道管理中心"]),
        ("县水务局下辖局属青山县水文站、河道管理中心2个单位。", [], ["青山县水文站", "河道管理中心"]),
    ],
)
def test_units_of_the_office_are_no_part_of_their_names(
    facts: Facts, text: str, inside: list[str], under: list[str]
) -> None:
    assert names(facts, text, "内设机构") == inside
    assert names(facts, text, "下属单位") == under


@pytest.mark.parametrize(
    ("office", "carried_out", "expected"),
    [
        ("青山县水务局", "青山县水文站", [("青山县水文站", "下属单位")]),
        ("县水务局", "建设管理股", [("建设管理股", "内设机构")]),
        ("青山县水务局", "青山县水务局", []),
        ("青山县农业农村局", "青山县农机站", []),
        ("青山县水务局", "各乡镇", []),
    ],
)
def test_who_carries_out_a_project_of_the_department_is_a_unit(
    facts: Facts, office: str, carried_out: str, expected: list[tuple[str, str]]
) -> None:
    form = f"项目支出绩效自评表\n项目名称\t河堤维修\n主管部门\t{office}\t实施单位\t{carried_out}\n项目负责人\t王丽\n"
    found = units(facts, f"略。\n三、附表\n{form}")
    assert [(unit.name, unit.relation) for unit in found] == expected


def test_whom_an_institution_belongs_to_is_no_unit_of_its(facts: Facts) -> None:
    text = "青山县水务局为全额拨款事业单位，隶属青山县人民政府，下设党政办、工程处2个处室。"
    assert [(unit.name, unit.relation) for unit in units(facts, text)] == [
        ("党政办", "内设机构"),
        ("工程处", "内设机构"),
    ]


def test_one_unit_with_its_region_is_below(facts: Facts) -> None:
    assert names(facts, "下属青山县妇女儿童活动中心1个公益一类事业单位。", "下属单位") == ["青山县妇女儿童活动中心"]
