"""Whose report it is: title, department, region, short names, year, type, date."""

from __future__ import annotations

import pytest

from kg import reader
from kg.header import read_header
from kg.reading import Header


def header(text: str, name: str = "报告.txt") -> Header:
    document = reader.read(text.encode(), name)
    return read_header(document, document.parts[0], None, name)


BODY = "\n\n一、部门概况\n（一）主要职责\n负责全县有关工作。\n二、绩效情况\n完成较好。\n"


@pytest.mark.parametrize(
    ("title", "department"),
    [
        ("青山县水务局2024年度部门整体支出绩效自评报告", "青山县水务局"),
        ("青山县水务局部门2024年度整体支出绩效自评工作报告", "青山县水务局"),
        ("2024年度青山县农业农村局部门整体支出绩效评价报告", "青山县农业农村局"),
        ("关于青山县教育局2024年度部门整体支出绩效自评情况的报告", "青山县教育局"),
        ("# 青山县住房和城乡建设局\n\n## 2024年度整体支出绩效自评报告", "青山县住房和城乡建设局"),
        ("临江市青山区人民政府长亭街道办事处2024年度部门决算", "临江市青山区人民政府长亭街道办事处"),
        ("临江市青山区人民政府办公室2024年部门预算", "临江市青山区人民政府办公室"),
        ("中共青山县委组织部2024年度部门决算", "中共青山县委组织部"),
        ("青山县第一人民医院2024年度部门整体支出绩效自评报告", "青山县第一人民医院"),
        ("青山县人民检察院2024年度部门整体支出绩效自评报告", "青山县人民检察院"),
        ("2022年青山县教育局部门整体支出绩效评价报告", "青山县教育局"),
        ("405001-青山县长亭镇人民政府2024年部门决算公开", "青山县长亭镇人民政府"),
    ],
)
def test_the_title_names_the_department(title: str, department: str) -> None:
    assert header(title + BODY).department == department


@pytest.mark.parametrize("place", ["白石乡", "青山县白石乡"])
def test_a_title_with_the_place_alone_means_its_government_as_the_text_names_it(place: str) -> None:
    units = "纳入决算编报的单位共3个，分别是：\n（1）白石乡人民政府\n（2）白石乡财政所\n（3）白石乡农业服务中心\n"
    found = header(f"{place}部门整体支出绩效自评报告\n（2024年度）\n\n一、基本情况\n{units}")
    assert found.department == "白石乡人民政府"


def test_a_subdistrict_with_the_full_name_of_its_county_is_the_office_that_the_text_names() -> None:
    said = "临河县白石街道办事处2023年度“三公”经费支出预算为24.5万元，支出决算为11.96万元。"
    found = header(f"临河傣族彝族自治县白石街道2023年度部门决算\n一、总体情况\n{said}\n")
    assert found.department == "临河县白石街道办事处"


@pytest.mark.parametrize(
    ("said", "department"),
    [
        ("白石街道办事处内设10个办公室：党政办公室、财政办公室。", "白石街道办事处"),
        ("泽县农业综合技术服务中心下设办公室、财务室、种业组等。", "泽县农业综合技术服务中心"),
        ("白石街道办事处内设10个办公室。\n青河街道办事处内设9个办公室。", None),
        ("区财政局内设10个科室。", None),
    ],
)
def test_a_text_without_title_is_of_the_one_office_that_it_introduces(said: str, department: str | None) -> None:
    assert header(f"一、机构设置\n{said}\n二、决算情况说明\n2023年度收入总计6567.06万元。\n").department == department


def test_a_text_that_begins_with_a_paragraph_is_called_by_its_first_clause() -> None:
    said = "2023年“三公”经费预算安排520万元，与2022年预算持平，其中公务接待费200万元，主要原因是做好招商接待工作。" * 2
    assert header(said).title == "2023年“三公”经费预算安排520万元"


def test_what_names_no_department_gets_none_from_a_list_or_a_paragraph() -> None:
    assert header("2024年度部门整体支出绩效自评报告\n\n一、下属单位\n（1）白石农业服务中心\n").department is None
    said = "按照市政府、区政府关于信息公开的要求，2024年“三公”经费预算为14万元。其中公务接待费0万元。"
    assert header(said).department is None


def test_a_form_with_one_cell_a_line_names_the_department_below_its_label() -> None:
    form = "2024年度部门整体支出绩效自评表\n\n预算部门、单位名称\n\n青山县白石乡人民政府\n\n年度预算申请（万元）\n"
    assert header(form).department == "青山县白石乡人民政府"


@pytest.mark.parametrize(
    "label",
    [
        "部门名称：(公章) {}",
        "部门名称（盖章）：{}",
        "预算主管部门：{}",
        "填报单位: {}    填报日期：2025年3月1日",
        "单 位 名 称：{}",
    ],
)
def test_a_label_names_the_department(label: str) -> None:
    name = "岭海省药品监督管理局"
    assert header(f"2024年度部门整体支出绩效自评报告\n\n{label.format(name)}{BODY}").department == name


def test_whoever_is_in_charge_does_not_file_the_report() -> None:
    rows = "主管部门\t青山县卫生健康局\n实施单位\t青山县疾病预防控制中心\n"
    own = header(f"青山县疾病预防控制中心2024年度单位整体支出绩效自评报告\n\n{rows}{BODY}")
    assert own.department == "青山县疾病预防控制中心"
    form = header(f"项目支出绩效自评表\n（2024年度）\n\n项目名称\t疫苗接种\n{rows}")
    assert form.department == "青山县卫生健康局"


def test_the_signature_names_the_department() -> None:
    found = header(f"2024年度部门整体支出绩效自评报告{BODY}\n\n青山县交通运输局\n\n2025年4月8日\n")
    assert (found.department, found.date) == ("青山县交通运输局", "2025-04-08")


def test_the_text_names_the_department_where_nothing_else_does() -> None:
    found = header(
        "2024年度部门决算情况说明\n\n一、机构设置\n青山县水务局包含局机关及下属单位。会同青山县财政局检查。\n"
        "二、运行经费\n2024年度，青山县水务局机关运行经费支出3万元。\n"
    )
    assert found.department == "青山县水务局"


def test_the_fullest_name_wins() -> None:
    text = (
        "青山区水务局2024年度部门整体支出绩效自评报告\n\n一、职责\n"
        "临江市青山区水务局是区政府部门。临江市青山区水务局负责治水。\n"
    )
    found = header(text)
    assert (found.department, found.region) == ("临江市青山区水务局", "临江市青山区")
    assert "青山区水务局" in found.aliases


@pytest.mark.parametrize(
    ("department", "region"),
    [
        ("临江市生态环境局青山分局", "青山区"),
        ("临江市自然资源和规划局高新区分局", "高新区"),
        ("临江市公安局东城分局", "临江市"),
    ],
)
def test_a_branch_has_its_own_region(department: str, region: str) -> None:
    text = f"{department}2024年度部门整体支出绩效自评报告\n\n一、职责\n承办青山区委、区政府交办的其他任务。\n"
    assert header(text).region == region


def test_words_before_a_name_are_no_part_of_it() -> None:
    text = (
        "青山区水务局2024年度部门整体支出绩效自评报告\n\n"
        "对照青山区水务局职责，形成青山区水务局评价。结合青山区水务局实际。\n"
    )
    assert header(text).department == "青山区水务局"


@pytest.mark.parametrize(
    ("department", "said", "aliases"),
    [
        ("青山县水务局", "县水务局完成任务。", ("县水务局",)),
        ("青山县卫生健康委员会", "县卫健委和市卫健委联合检查。", ("县卫健委",)),
        ("青山县人力资源和社会保障局", "2024年人社局印发文件。", ("人社局",)),
        ("青山县投促局", "县投资促进局主要职责如下。", ("县投资促进局",)),
        ("青山县档案馆", "数字化综合档案馆建成。", ()),
        ("青山县人民政府信访局", "县信访局完成任务。", ("县信访局",)),
        ("青山县人民政府办公室", "县政府办印发文件，县政府同意。", ("县政府办",)),
        ("青山县教育局", "我局和市教育局、省教育厅会商。", ()),
        ("青山县人民政府长亭街道办事处", "长亭街道开展工作。", ("长亭街道",)),
    ],
)
def test_short_names(department: str, said: str, aliases: tuple[str, ...]) -> None:
    assert header(f"{department}2024年度部门整体支出绩效自评报告\n\n一、情况\n{said}\n").aliases == aliases


@pytest.mark.parametrize(
    ("title", "text", "year"),
    [
        ("青山县水务局2023年度部门决算", "2024年2月编制。", 2023),
        ("青山县水务局二〇二三年度部门决算", "略", 2023),
        (
            "部门整体支出绩效自评报告",
            "填报日期：2025年4月1日\n\n2024年度完成工作。2024年度收支平衡，比2023年度增加。",
            2024,
        ),
    ],
)
def test_the_fiscal_year(title: str, text: str, year: int) -> None:
    assert header(f"{title}\n\n一、情况\n{text}\n").fiscal_year == year


def test_the_file_name_is_the_last_place_to_look_for_the_year() -> None:
    assert (
        header("部门整体支出绩效自评报告\n\n一、情况\n完成较好。\n", "青山县水务局2022年自评.txt").fiscal_year == 2022
    )


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("青山县水务局2024年度整体支出绩效自评报告", "部门整体支出绩效自评报告"),
        ("部门整体预算绩效评价报告", "部门整体支出绩效自评报告"),
        ("2024年度部门决算情况说明", "部门决算"),
        ("部门预算项目支出绩效自评表（2024年度）", "项目支出绩效自评报告"),
        ("青山县2024年县级部门预算", "部门预算"),
    ],
)
def test_the_type_stands_last_in_the_title(title: str, kind: str) -> None:
    assert header(title + BODY).report_type == kind


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("填报日期: 2025年4月18日", "2025-04-18"),
        ("报告日期：2025-04-18", "2025-04-18"),
        ("二〇二五年四月十八日", "2025-04-18"),
        ("2025年4月", "2025-04"),
        ("截至2025年4月18日，已支付尾款。", None),
    ],
)
def test_the_date(line: str, date: str | None) -> None:
    assert header(f"青山县水务局2024年度部门整体支出绩效自评报告{BODY}\n{line}\n").date == date


def test_an_attachment_has_from_the_main_report_what_it_does_not_say() -> None:
    text = """青山县水务局2023年度部门决算

第一部分 部门概况
一、部门职责
负责水资源管理。
第四部分 附件
附件1
部门整体支出绩效评价报告
一、基本情况
县水务局由局机关组成。
"""
    document = reader.read(text.encode(), "决算.txt")
    main = read_header(document, document.parts[0])
    attached = read_header(document, document.parts[1], main)
    assert (attached.department, attached.region, attached.fiscal_year) == ("青山县水务局", "青山县", 2023)
    assert attached.report_type == "部门整体支出绩效自评报告"


@pytest.mark.parametrize("line", ["青山县水务局" * 10000, "（" * 60000, "和" * 60000, "年" * 60000])
def test_a_hostile_line_comes_to_an_end(line: str) -> None:
    document = reader.read(f"部门决算\n\n一、情况\n{line}\n".encode(), "长.txt")
    assert read_header(document, document.parts[0]).title


def test_the_date_of_signing_stands_before_the_forms() -> None:
    form = "项目支出绩效自评表\n" + "".join(f"指标{n}\n" for n in range(60))
    text = f"青山县第一人民医院\n2024年度项目支出绩效自评情况报告{BODY * 3}青山县第一人民医院\n2025年3月12日\n\n{form}"
    found = header(text)
    assert (found.date, found.report_type) == ("2025-03-12", "项目支出绩效自评报告")


def test_the_day_of_publication_is_the_date_where_no_other_is_given() -> None:
    head = "2022年度\n青山县水务局\n部门决算\n目录\n公开时间：2023年9月22日\n"
    assert header(head + BODY).date == "2023-09-22"
    assert header(f"{head}{BODY}青山县水务局\n2023年8月1日\n").date == "2023-08-01"


def test_the_day_of_publication_does_not_stand_for_the_day_of_signing() -> None:
    head = "青山县水务局2024年度部门整体支出绩效自评报告\n索引号：431/2025-1 发布日期：2025-06-28 浏览量：\n"
    assert header(f"{head}{BODY}青山县水务局\n2025年5月16日\n").date == "2025-05-16"


def test_a_seal_may_stand_for_the_colon_of_a_label() -> None:
    assert (
        header(f"2024年度部门整体支出绩效自评报告\n单位名称（盖章）青山县水务局\n{BODY}").department == "青山县水务局"
    )


def test_a_card_of_the_page_is_no_title() -> None:
    card = "[ 索引号 ] | 1150/2025-0001 | [ 发文字号 ] | |\n[ 主题分类 ] | 财政 | [ 体裁分类 ] | 预算、决算 |\n"
    card += "[ 发布机构 ] | 青山县水务局 | ||\n[ 成文日期 ] | 2025-06-27 | [ 发布日期 ] | 2025-06-27 |\n"
    found = header(f"{card}青山县水务局2024年度部门整体支出绩效自评报告{BODY}")
    assert found.title == "青山县水务局2024年度部门整体支出绩效自评报告"
