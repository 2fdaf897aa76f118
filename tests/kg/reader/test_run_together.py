"""Tables of indicators whose cells ran together in the bare text of a page."""

from __future__ import annotations

from trees import grids, read

HEAD = "绩效指标一级指标二级指标三级指标指标值"
LINES = (
    "产出指标数量指标清扫街巷数量≥40条",
    "质量指标清扫合格率100%",
    "设施完好率98.5%",
    "时效指标按时完成情况及时",
    "保洁响应时间30分钟以内",
    "满意度指标居民满意度≥90%",
)


def test_known_levels_and_numbers_at_the_end_part_the_cells() -> None:
    (table,) = grids(read("\n".join(("项目支出绩效目标表", HEAD, *LINES[:3], LINES[5]))))
    assert table[1:] == [
        ["产出指标", "数量指标", "清扫街巷数量", "≥40条"],
        ["产出指标", "质量指标", "清扫合格率", "100%"],
        ["产出指标", "质量指标", "设施完好率", "98.5%"],
        ["满意度指标", "", "居民满意度", "≥90%"],
    ]


def test_a_line_without_a_number_gives_its_levels_alone() -> None:
    (table,) = grids(read("\n".join((HEAD, *LINES))))
    assert table[4:] == [
        ["产出指标", "时效指标", "", ""],
        ["产出指标", "时效指标", "保洁响应时间", "30分钟以内"],
        ["满意度指标", "", "居民满意度", "≥90%"],
    ]


def test_a_head_with_actual_values_is_not_believed() -> None:
    rows = ("产出指标数量指标清扫街巷数量≥40条42条1010", "质量指标清扫合格率100%100%1010", "设施完好率98%98%55")
    assert grids(read("\n".join(("一级指标二级指标三级指标年度指标值实际完成值分值得分", *rows)))) == []
