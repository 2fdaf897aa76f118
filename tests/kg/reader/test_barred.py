"""Tables with bars between their cells and none before a row, as extractors of web pages leave them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from trees import grids, read

HEAD = "绩效指标 | 一级指标 | 二级指标 | 三级指标 | 预期指标值 | 实际完成值 |"
FORM = f"""项目绩效目标完成情况表 (2023年度) |
|||||
项目名称 | 街巷清扫保洁项目 | ||||
预算单位 | 青山县城市管理局 | ||||
预算执行情况(万元) | 预算数: | 312 | 执行数: | 310 | |
{HEAD}
产出指标 | 数量指标 | 清扫街巷数量 | 40条 | 42条 | |
质量指标 | 清扫合格率 | 95% | 96% | ||
成本指标 | 清扫保洁经费 | 312万元以内 | 310万元 | ||
效益指标 | 社会效益指标 | 街巷整洁，
投诉减少 | 提升 | 提升 | |
"""


def filled(text: str) -> list[list[list[str]]]:
    return [[[cell.replace("\n", "") for cell in row] for row in table] for table in grids(read(text))]


def test_cells_that_merged_ones_pushed_to_the_left_find_their_columns() -> None:
    (table,) = filled(FORM)
    assert table[1][:2] == ["项目名称", "街巷清扫保洁项目"]
    assert [row[1:] for row in table[5:]] == [
        ["产出指标", "数量指标", "清扫街巷数量", "40条", "42条"],
        ["产出指标", "质量指标", "清扫合格率", "95%", "96%"],
        ["产出指标", "成本指标", "清扫保洁经费", "312万元以内", "310万元"],
        ["效益指标", "社会效益指标", "街巷整洁，投诉减少", "提升", "提升"],
    ]


def test_a_caption_begins_the_next_table() -> None:
    first, second = filled(FORM + FORM.replace("街巷清扫保洁", "公厕改造"))
    assert (first[1][1], second[1][1]) == ("街巷清扫保洁项目", "公厕改造项目")


def test_a_row_with_more_cells_than_fit_gives_none() -> None:
    lines = [HEAD, "产出指标 | 数量指标 | 清扫街巷 | 40条 | 42条 | |", "其一 | 其二 | 其三 | 其四 | 其五 | |"]
    (table,) = filled("\n".join([*lines, "质量指标 | 清扫合格率 | 95% | 96% | ||"]))
    assert [row[3] for row in table] == ["三级指标", "清扫街巷", "清扫合格率"]


def test_bars_in_a_sentence_make_no_table() -> None:
    assert grids(read("首页 | 政务公开\n全年招聘A|B两类人员20名。\n以上情况属实。\n")) == []


@given(st.lists(st.tuples(*[st.text("甲乙丙丁1.%", min_size=1, max_size=6)] * 4), min_size=3, max_size=8))
def test_whole_rows_come_back_as_they_are(rows: list[tuple[str, ...]]) -> None:
    (table,) = grids(read("\n".join(" | ".join(row) + " |" for row in rows)))
    assert table == [list(row) for row in rows]
