"""Forms that lost their columns: one cell a line, nothing between, merged cells gone."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from trees import grids, read

HEAD = ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析")
BODY = (
    ("产出指标", "数量指标", "清扫街巷数量", "≥40条", "42条", "20", "20", ""),
    ("", "", "培训环卫工人", "≥6期", "5期", "10", "8", "人员外出参会"),
    ("", "质量指标", "清扫合格率", "≥95%", "96%", "20", "20", ""),
    ("效益指标", "社会效益指标", "街巷整洁程度", "提升", "提升", "40", "38", "个别街巷未覆盖"),
)
MONEY = (
    ("项目资金（万元）", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"),
    ("年度资金总额", "80.00", "90.00", "81.00", "10", "90.00%", "9"),
    ("其中：财政拨款", "80.00", "90.00", "81.00", "—", "90.00%", "—"),
)


def lines(*rows: tuple[str, ...]) -> str:
    return "".join(f"{cell}\n" for row in rows for cell in row if cell)


def tables(text: str) -> list[list[list[str]]]:
    return grids(read(text))


def filled(rows: tuple[tuple[str, ...], ...]) -> list[list[str]]:
    made: list[list[str]] = []
    for row in rows:
        above = made[-1] if made else row
        made.append([cell or above[i] if i < 2 else cell for i, cell in enumerate(row)])
    return made


def test_merged_levels_and_missing_reasons_find_their_columns() -> None:
    (table,) = tables(f"一、指标\n{lines(HEAD, *BODY)}总分\n100\n86\n")
    assert table[: len(BODY) + 1] == [list(HEAD), *filled(BODY)]
    assert table[-1][:7] == ["总分"] * 5 + ["100", "86"]


def test_a_whole_form_is_one_table() -> None:
    form = lines(("项目名称", "街巷清扫保洁项目"), ("主管部门", "青山县城市管理局"), *MONEY, ("绩效指标",), HEAD, *BODY)
    (table,) = tables(f"项目支出绩效自评表\n{form}总分\n100\n95\n")
    assert table[0][:2] == ["项目名称", "街巷清扫保洁项目"]
    assert [row[:7] for row in table[2:5]] == [list(row) for row in MONEY]
    assert table[6][:7] == list(BODY[0][:7])


def test_a_form_on_one_line_is_cut_at_its_blanks() -> None:
    form = lines(("项目名称", "街巷清扫保洁项目"), ("主管部门", "青山县城市管理局"), *MONEY, ("绩效指标",), HEAD, *BODY)
    (table,) = tables(f"项目支出绩效自评表 {' '.join(form.split())} 总分 100 95\n")
    assert table[0][:2] == ["项目名称", "街巷清扫保洁项目"]
    assert [row[:7] for row in table[2:5]] == [list(row) for row in MONEY]
    assert table[-1][:7] == ["总分"] * 5 + ["100", "95"]


def test_goals_of_one_paragraph_each_stand_side_by_side() -> None:
    goals = ("年度总体目标", "预期目标", "实际完成情况", "清扫街巷40条以上。", "清扫街巷42条。")
    (table,) = tables(lines(("项目名称", "街巷清扫保洁项目"), goals, HEAD, *BODY))
    assert table[1][:3] == ["年度总体目标", "预期目标", "实际完成情况"]
    assert table[2][:3] == ["年度总体目标", "清扫街巷40条以上。", "清扫街巷42条。"]


def test_goals_of_many_paragraphs_stay_together() -> None:
    goals = ("年度总体目标", "预期目标", "实际完成情况", "清扫街巷。", "培训工人。", "已清扫街巷。")
    (table,) = tables(lines(("项目名称", "街巷清扫保洁项目"), goals, HEAD, *BODY))
    assert table[2][1] == table[2][2] == "清扫街巷。培训工人。已清扫街巷。"


def test_yearly_columns_have_a_label_before_so_many_numbers() -> None:
    rows = (
        ("经费控制情况", "2021年决算数", "2022年预算数", "2022年决算数"),
        ("“三公”经费", "3.20", "4.00", "2.90"),
        ("其中：",),
        ("公务接待", "1.20", "——", "0.90"),
    )
    (table,) = tables(f"基础数据表\n{lines(*rows)}填表人：王丽\n")
    assert table == [list(rows[0]), list(rows[1]), list(rows[3])]


def test_numbers_alone_belong_to_the_corner_of_their_head() -> None:
    (table,) = tables("供养人员情况（人）\n编制数\n2022年实际在职人数\n控制率\n25\n24\n96%\n")
    assert table == [
        ["供养人员情况（人）", "编制数", "2022年实际在职人数", "控制率"],
        ["供养人员情况（人）", "25", "24", "96%"],
    ]


def test_a_row_with_too_few_numbers_is_passed_over() -> None:
    rows = (
        "经费",
        "2021年决算数",
        "2022年预算数",
        "2022年决算数",
        "公用经费",
        "3",
        "4",
        "5",
        "会议费",
        "1",
        "2",
        "水电费",
        "7",
        "8",
        "9",
    )
    (table,) = tables("\n".join(rows) + "\n")
    assert [row[0] for row in table] == ["经费", "公用经费", "水电费"]


def test_a_missing_value_leaves_the_table_unread() -> None:
    broken = (BODY[0], ("", "", "培训环卫工人", "", "5期", "10", "8", ""), *BODY[2:])
    assert tables(lines(HEAD, *broken)) == []


def test_a_number_under_words_is_a_row_that_moved() -> None:
    moved = (BODY[0], ("", "", "培训环卫工人", "", "5期", "10", "8", "参会"), BODY[2])
    assert tables(lines(HEAD, *moved, ("总分", "50", "48"))) == []


def test_a_name_that_is_a_levels_too_stays_a_name() -> None:
    last = ("", "", "服务对象满意度", "≥90%", "92%", "10", "10", "")
    (table,) = tables(
        lines(HEAD, *BODY, ("满意度指标", "服务对象满意度指标", "群众满意度", "≥90%", "95%", "10", "10", ""), last)
    )
    assert table[-1][:3] == ["满意度指标", "服务对象满意度指标", "服务对象满意度"]


def test_points_above_their_weight_are_no_points() -> None:
    assert tables(lines(HEAD, ("产出指标", "数量指标", "清扫街巷数量", "≥40条", "42条", "20", "30", ""))) == []


def test_names_in_a_list_are_no_form() -> None:
    assert tables("项目名称\n街巷清扫保洁项目\n主管部门\n城市管理局\n以上项目已经完成。\n") == []


def test_titles_that_a_narrow_column_broke_are_whole() -> None:
    broken = "项目资金\n（万元）\n年初预\n算数\n全年预\n算数\n全年执\n行数\n分值\n执行率\n得分\n"
    (table,) = tables(f"项目名称\n河堤巡查\n{broken}{lines(*MONEY[1:])}")
    head, first = table[1:3]
    assert [cell.replace("\n", "") for cell in head] == list(MONEY[0])
    assert first == list(MONEY[1])


def test_a_list_that_stayed_empty_does_not_end_its_table() -> None:
    head = ("经费控制情况（万元", "2022年决算数", "2023年预算数", "2023年决算数")
    rows = (("项目支出", "80.5", "70", "90"), ("1、业务经费",), ("2、维护经费",), ("……",), ("公用经费", "10", "9", "8"))
    text = "".join(f"{cell}\n\n" for row in (head, *rows) for cell in row)
    (table,) = tables(text)
    assert table == [list(head), list(rows[0]), list(rows[-1])]


def test_sources_without_points_or_numbers_stay_in_the_form() -> None:
    short = ("其中：财政拨款", "80.00", "90.00", "81.00")
    form = lines(("项目名称", "河堤巡查"), *MONEY[:2], short, ("上年结转资金",), ("其他资金",))
    (table,) = tables(f"{form}{lines(HEAD, *BODY)}总分\n90\n86\n")
    assert table[3][:5] == ["其中：财政拨款", "80.00", "90.00", "81.00", ""]
    assert table[-2][2] == "街巷整洁程度"


_NAMES = st.sampled_from(["清扫街巷", "巡查河道", "维修路灯", "补植行道树", "培训工人"])
_ROW = st.tuples(_NAMES, st.integers(1, 99), st.integers(1, 99), st.integers(1, 20), st.sampled_from(["", "天气原因"]))


@given(st.lists(_ROW, min_size=1, max_size=12))
@settings(max_examples=60, deadline=None)
def test_what_is_read_is_what_was_written(rows: list[tuple[str, int, int, int, str]]) -> None:
    """Whatever reasons are left out, no cell moves."""
    body = [("产出指标", "数量指标", n, f"≥{t}处", f"{a}处", str(w), str(w), why) for n, t, a, w, why in rows]
    thin = [row if index == 0 else ("", "", *row[2:]) for index, row in enumerate(body)]
    found = tables(lines(HEAD, *thin))
    assert found == [] or found[0][1:] == [list(row) for row in body]
