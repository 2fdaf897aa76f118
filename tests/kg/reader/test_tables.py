"""Tables in plain text, in every shape that converters leave."""

import pytest
import trees

from kg.document import Document, Table


def read(text: str) -> tuple[Document, list[Table]]:
    document = trees.read(text, "表.md")
    return document, trees.tables(document)


def words(text: str) -> list[list[str]]:
    document, (table,) = read(text)
    return trees.words(document, table)


def test_html_inside_markdown_with_merged_cells() -> None:
    text = (
        "## 一、得分\n\n<table><tr><td rowspan=\"2\">产出</td><td colspan='2'>数量<br>指标</td></tr>"
        "<tr><td>清淤</td><td></td></tr></table>\n\n得分较好。\n"
    )
    assert words(text) == [["产出", "数量指标", "数量指标"], ["产出", "清淤", ""]]
    document, (table,) = read(text)
    assert table.rows[0][0] is table.rows[1][0]
    assert document.source.quote(table.span).startswith("<table>")
    assert document.source.quote(table.span).endswith("</table>")


def test_html_over_many_lines() -> None:
    head = "<table border=1>\n<thead><tr>\n<th>项目</th>\n<th>金额</th>\n</tr></thead>\n"
    assert words(head + "<tr><td>甲</td>\n<td>1</td></tr>\n</table>\n") == [["项目", "金额"], ["甲", "1"]]


def test_a_table_after_one_that_is_never_closed_is_read() -> None:
    _, tables = read("<table><tr><td>甲</td>\n\n<table><tr><td>乙</td><td>1</td></tr></table>\n")
    assert len(tables) == 1


def test_html_that_is_never_closed_stays_text() -> None:
    document, tables = read("一、得分\n<table><tr><td>甲</td>\n结论良好。\n")
    assert tables == []
    assert document.source.text.count("甲") == 1


def test_a_head_of_two_levels_is_filled_sideways() -> None:
    text = "项目\t预算\t\t决算\t\n\t小计\t财政\t小计\t财政\n教育\t10\t\t9\t8\n"
    assert words(text) == [
        ["项目", "预算", "预算", "决算", "决算"],
        ["项目", "小计", "财政", "小计", "财政"],
        ["教育", "10", "", "9", "8"],
    ]


def test_an_empty_figure_stays_empty() -> None:
    assert words("指标\t目标\t完成\t得分\n巡查\t12\t\t9\n培训\t3\t4\t\n")[1:] == [
        ["巡查", "12", "", "9"],
        ["培训", "3", "4", ""],
    ]


def test_rows_that_all_begin_with_a_tab_have_no_column_before_it() -> None:
    assert words("\t项目\t金额\n\t甲\t1\n\t乙\t2\n") == [["项目", "金额"], ["甲", "1"], ["乙", "2"]]


def test_two_tables_parted_by_a_blank_line_stay_two() -> None:
    _, tables = read("| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n\n| 丙 | 丁 |\n|---|---|\n| 3 | 4 |\n")
    assert [len(table.rows) for table in tables] == [2, 2]
    _, tables = read("甲\t乙\n1\t2\n\n丙\t丁\t戊\t己\t庚\n3\t4\t5\t6\t7\n")
    assert [len(table.rows[0]) for table in tables] == [2, 5]


@pytest.mark.parametrize("line", ["组  长：张三  局长", "甲。  乙。  丙。"])
def test_lines_that_speak_are_no_columns(line: str) -> None:
    document, tables = read(f"四、人员\n{line}\n{line}\n{line}\n")
    assert tables == []
    assert len(trees.paragraphs(document)) == 3


def test_a_long_cell_keeps_its_table_whole() -> None:
    goal = "巡查河道，清理淤泥，" * 60
    text = f"\t年度目标\n\t{goal}\n\n\t指标\n\t得分\n\n\t巡查次数\n\t10\n"
    assert len(words(text)) == 3


def test_a_million_characters_of_tags_are_soon_read() -> None:
    document, _ = read("<table>" + "<tr><td>甲</td><td>1</td></tr>" * 10_000 + "</table>\n" + "<table>\n" * 50_000)
    assert document.source.text


HEAD = "一级指标\t二级指标\t三级指标\t指标值\t完成值\t分值\t得分\t原因\n"


def test_cells_broken_over_lines_are_one_row() -> None:
    text = (
        HEAD + "产出\n指标\t数量\n指标\t疏浚渠道\n条数\t≥5 条\t6 条\t10\t10\n"
        "\t\t渠道淤积\n深度\t≤20 厘米/\n公里\t18 厘米/\n公里\t10\t10\t\n"
        "\t时效\n指标\t按期完工率\t≥90%\t85%\t10\t9\t汛期停工，2\n个标段延期\n"
        "\t成本\n指标\t养护成本\t≤8 万元\t7 万元\t10\t10\t\n"
        "效益\n指标\t社会效益\n指标\t受益人口\t≥1 万人\t1 万人\t10\t10\t\n总分\t\t\t\t50\t49\n"
    )
    assert words(text)[1:] == [
        ["产出指标", "数量指标", "疏浚渠道条数", "≥5条", "6条", "10", "10", "10"],
        ["产出指标", "数量指标", "渠道淤积深度", "≤20厘米/公里", "18厘米/公里", "10", "10", ""],
        ["产出指标", "时效指标", "按期完工率", "≥90%", "85%", "10", "9", "汛期停工，2个标段延期"],
        ["产出指标", "成本指标", "养护成本", "≤8万元", "7万元", "10", "10", ""],
        ["效益指标", "社会效益指标", "受益人口", "≥1万人", "1万人", "10", "10", ""],
        ["总分", "", "", "", "50", "49", "49", "49"],
    ]


def test_a_line_of_text_after_a_whole_row_is_no_cell() -> None:
    row = "产出指标\t数量指标\t疏浚渠道条数\t≥5条\t6条\t10\t10\t雨季停工\n"
    document, tables = read(HEAD + row + "以上为全部指标。\n" + HEAD + row)
    assert [len(table.rows) for table in tables] == [2, 2]
    assert trees.paragraphs(document)


def test_a_hostile_run_of_short_lines_after_a_table_comes_to_an_end() -> None:
    document, _ = read(HEAD + "甲\n" * 20_000 + "甲\t乙\n" * 20_000)
    assert document.parts


ACCOUNTS = (
    "收入\n支出\n项目\n金额\n项目\n金额\n一、事业收入\n38.40\n一、教育支出\n1,210.18\n"
    "本年收入合计\n38.40\n本年支出合计\n1,210.18\n"
)


def test_a_table_of_one_cell_a_line_is_known_by_its_head_and_the_order_that_repeats() -> None:
    _, (table,) = read(f"# 二、决算\n单位：万元\n{ACCOUNTS}其余见附表。\n")
    assert table.unit == "万元"
    assert words(f"# 二、决算\n单位：万元\n{ACCOUNTS}其余见附表。\n") == [
        ["收入", "收入", "支出", "支出"],
        ["项目", "金额", "项目", "金额"],
        ["一、事业收入", "38.40", "一、教育支出", "1,210.18"],
        ["本年收入合计", "38.40", "本年支出合计", "1,210.18"],
    ]


def test_a_list_of_units_of_one_cell_a_line() -> None:
    text = "# 二、机构\n序号\n\n单位名称\n\n单位性质\n\n1\n\n水务局本级\n\n行政单位\n\n2\n\n水文站\n\n事业单位\n\n"
    assert words(text) == [
        ["序号", "单位名称", "单位性质"],
        ["1", "水务局本级", "行政单位"],
        ["2", "水文站", "事业单位"],
    ]


@pytest.mark.parametrize(
    "text",
    [
        "项目\n金额\n办公费\n3.20\n差旅费较上年减少。\n",  # one row shows no order
        "项目\n金额\n办公费\n差旅费\n会议费\n培训费\n",  # nothing is a number
        "标题\n说明\n办公费\n3.20\n差旅费\n5.10\n",  # no known titles
        "项目\n预算数\n决算数\n办公费\n3.20\n差旅费\n5.10\n会议费\n1.20\n",  # an empty cell breaks the order
    ],
)
def test_short_lines_without_an_order_are_no_table(text: str) -> None:
    assert read(f"# 二、决算\n{text}")[1] == []
