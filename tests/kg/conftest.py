"""A report that tests of the graph, the stores and the exports share: small, with every kind of fact."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from hashlib import sha256
from typing import Any

import pytest

from kg.derived import derive
from kg.facts import KINDS, Fact, cut
from kg.graph import Record
from kg.text import Source, Span

TEXT = """青山县教育局2024年度部门整体支出绩效自评报告
一、部门概况
青山县教育局（以下简称县教育局）为正科级行政机关，下属青山县第一中学，内设办公室。
核定编制40名，年末实有38人。
（一）负责全县教育工作的统筹规划。
（二）指导学校安全管理。
二、预算执行
年初预算1200.50万元，全年支出1080.45万元，预算执行率为95%，公务接待费预算执行率80%。
学生营养餐项目资金300万元。
三、绩效
学生营养餐项目：受益学生≥5000人，实际完成5200人，分值10分，得分10分，群众较满意。
全年培训教师约600人次。
综合得分96.5分，等级为优秀。
四、问题与改进
预算编制不够细化。
加强预算编制培训。
评价组组长：林某某。
"""


def _record(kind: str, quote: str, **fields: Any) -> tuple[str, str, dict[str, Any]]:
    return kind, quote, fields


NAME = "青山县教育局"
MEAL = "学生营养餐项目"
RECORDS = (
    _record(
        "report",
        "青山县教育局2024年度部门整体支出绩效自评报告",
        title="青山县教育局2024年度部门整体支出绩效自评报告",
        department=NAME,
        region="青山县",
        fiscal_year=2024,
        report_type="部门整体支出绩效自评报告",
    ),
    _record(
        "department",
        "青山县教育局（以下简称县教育局）为正科级行政机关",
        name=NAME,
        aliases=("县教育局",),
        region="青山县",
        rank="正科级",
        nature="行政机关",
    ),
    _record("unit", "下属青山县第一中学", name="青山县第一中学", parent="县教育局", relation="下属单位"),
    _record("unit", "内设办公室", name="办公室", relation="内设机构"),
    _record("staffing", "核定编制40名", subject=NAME, measure="编制", category="总计", value=Decimal(40), unit="名"),
    _record(
        "staffing", "实有38人", subject=NAME, measure="实有", category="总计",
        value=Decimal(38), unit="人", as_of=2024,
    ),
    _record("duty", "负责全县教育工作的统筹规划", subject=NAME, text="负责全县教育工作的统筹规划", ordinal=1),
    _record("duty", "指导学校安全管理", subject=NAME, text="指导学校安全管理", ordinal=2),
    _record(
        "amount", "年初预算1200.50万元", subject=NAME, measure="年初预算", year=2024,
        value=Decimal("1200.50"), value_yuan=Decimal(12005000), unit="万元",
    ),
    _record(
        "amount", "全年支出1080.45万元", subject=NAME, measure="预算执行数", year=2024,
        value=Decimal("1080.45"), value_yuan=Decimal("10804500"), unit="万元",
    ),
    _record("rate", "预算执行率为95%", subject="县教育局", measure="预算执行率", value=Decimal(95), year=2024),
    _record(
        "rate", "公务接待费预算执行率80%", subject=NAME, measure="公务接待费预算执行率",
        value=Decimal(80), year=2024,
    ),
    _record("project", "学生营养餐项目资金300万元", name=MEAL, department=NAME, year=2024),
    _record(
        "indicator", "受益学生≥5000人，实际完成5200人，分值10分，得分10分", subject=MEAL, level1="效益指标",
        level3="受益学生", operator="≥", target=Decimal(5000), target_unit="人", actual=Decimal(5200),
        actual_unit="人", weight=Decimal(10), score=Decimal(10), met=True,
    ),
    _record("indicator", "群众较满意", subject=MEAL, level1="满意度指标", level3="群众满意度", actual="较满意"),
    _record(
        "quantity", "全年培训教师约600人次", subject=NAME, name="培训教师", value=Decimal(600), unit="人次",
        year=2024, period="全年", comparator="约",
    ),
    _record("score", "综合得分96.5分，等级为优秀", subject=NAME, dimension="综合", value=Decimal("96.5"), grade="优秀"),
    _record("problem", "预算编制不够细化", text="预算编制不够细化", subject=NAME),
    _record("improvement", "加强预算编制培训", text="加强预算编制培训", subject=NAME),
    _record("person", "评价组组长：林某某", name="林某某", role="组长"),
    _record(
        "finding", "预算执行率为95%", type="rate-mismatch", severity="error", rule="execution_rate",
        explanation="写明95%，按数字应为90%", explanation_en="states 95%, the numbers give 90%",
        recomputation="1080.45万元 ÷ 1200.50万元 = 90%", subject=NAME,
        others=("年初预算1200.50万元", "全年支出1080.45万元"),
    ),
)  # fmt: skip
"""Kind, words and fields of every fact of the report; further places of a finding by their words."""


@pytest.fixture(scope="session")
def make() -> Callable[..., Fact]:
    """Cut a fact out of a text: make(source, kind, quote, **fields)."""

    def make(source: Source, kind: str, quote: str, **fields: Any) -> Fact:
        def place(words: str) -> Any:
            start = source.text.index(words)
            return cut(source, Span(start, start + len(words)))

        if "others" in fields:
            fields["others"] = tuple(map(place, fields["others"]))
        return KINDS[kind](evidence=place(quote), **fields)

    return make


@pytest.fixture(scope="session")
def record(make: Callable[..., Fact]) -> Record:
    """The report as the graph takes it in."""
    source = Source("青山县教育局2024.txt", TEXT, sha256(TEXT.encode()).hexdigest())
    facts = tuple(make(source, kind, quote, **fields) for kind, quote, fields in RECORDS)
    return Record(source, facts, tuple(derive(facts)), software="1.2.3")
