"""The report fact: one per part, proved by its title."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kg.facts import Fact

Facts = Callable[..., list[Fact]]


def test_each_part_is_a_report(facts: Facts) -> None:
    text = """青山县水务局
2023年度部门决算

第一部分 部门概况
一、部门职责
负责水资源管理。
第四部分 附件
附件1
部门整体支出绩效评价报告
一、基本情况
由局机关组成。

青山县水务局
2024年4月2日
"""
    found: list[Any] = facts("report", text)
    assert [(r.part, r.title, r.department, r.fiscal_year, r.report_type) for r in found] == [
        (None, "青山县水务局2023年度部门决算", "青山县水务局", 2023, "部门决算"),
        ("附件1", "部门整体支出绩效评价报告", "青山县水务局", 2023, "部门整体支出绩效自评报告"),
    ]
    assert found[0].evidence.quote == "青山县水务局\n2023年度部门决算"
    assert found[1].date == "2024-04-02"
