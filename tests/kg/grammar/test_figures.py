"""Figures: what is a number that states something, and what only looks like one."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.grammar.figures import Figure, Kind, figures
from kg.text import Source, Span, view

D = Decimal


def found(text: str) -> list[Figure]:
    return list(figures(view(Source("一份报告.txt", text, ""), Span(0, len(text)))))


READ = [
    ("支出1,202.95万元", Kind.MONEY, D("1202.95"), "万元", None, D("12029500")),
    ("支出 ３.５ 亿元", Kind.MONEY, D("3.5"), "亿元", None, D(350000000)),
    ("预算数100万。", Kind.MONEY, D(100), "万", None, D(1000000)),
    ("利用外资10万美元", Kind.MONEY, D(10), "万美元", None, None),
    ("满意度95.5％", Kind.PERCENT, D("95.5"), "%", None, None),
    ("增长-3.2%", Kind.PERCENT, D("-3.2"), "%", None, None),
    ("提高2个百分点", Kind.PERCENT, D(2), "个百分点", None, None),
    ("企业85余家", Kind.COUNT, D(85), "家", "余", None),
    ("超100家", Kind.COUNT, D(100), "家", "超", None),
    ("受益6.9万人", Kind.COUNT, D("6.9"), "万人", None, None),
    ("每亩1168.55元/亩", Kind.COUNT, D("1168.55"), "元/亩", None, None),
    ("得分98分以上", Kind.COUNT, D(98), "分", "以上", None),
    ("增加3.4倍", Kind.COUNT, D("3.4"), "倍", None, None),
    ("全市排名第5", Kind.RANK, D(5), "名", None, None),
    ("位居全省前三", Kind.RANK, D(3), "名", "前", None),
    ("执行数31.81，", Kind.BARE, D("31.81"), "", None, None),
    ("0台（套）", Kind.COUNT, D(0), "台(套)", None, None),
]


@pytest.mark.parametrize(("text", "kind", "value", "unit", "comparator", "yuan"), READ)
def test_a_figure_is_read(
    text: str, kind: Kind, value: Decimal, unit: str, comparator: str | None, yuan: Decimal | None
) -> None:
    [figure] = found(text)
    assert (figure.kind, figure.value, figure.unit, figure.comparator) == (kind, value, unit, comparator)
    assert figure.yuan == yuan


SILENT = [
    "2023年度",
    "2024年3月15日至11月底",
    "1-10月份",
    "2021—2025年",
    "〔2019〕8号",
    "第12条",
    "近3年",
    "《十四五规划2024年5个重点》",
    "5000万元以上项目",
    "投资超10亿元的项目",
    "完成率为100%-150%",
    "1、加强管理",
    "1+6+3",
    "12345热线",
    "5G网络",
    "24小时值班",
    "49.14本",
    "303 10 个",
    "分别为12，345家",
]


@pytest.mark.parametrize("text", SILENT)
def test_what_only_looks_like_a_figure_is_left_out(text: str) -> None:
    assert not found(text)


@pytest.mark.parametrize("text", ["签约96个", "合约5份", "节约3万元"])
def test_the_end_of_a_word_is_no_hedge(text: str) -> None:
    assert [figure.comparator for figure in found(text)] == [None]


@given(st.text(alphabet="支出为约超0123456789.,，%万亿元个家年月第(（）)以上的《》- 、。", max_size=60))
def test_figures_never_overlap_and_stay_inside(text: str) -> None:
    seen = view(Source("一份报告.txt", text, ""), Span(0, len(text)))
    ends = 0
    for figure in figures(seen):
        assert ends <= figure.start < figure.end <= len(seen)
        ends = figure.end


@pytest.mark.parametrize(
    ("text", "unit", "hedge"),
    [("服务群众3.1万余人次", "万人次", "余"), ("支出500万余元", "万元", "余"), ("支出500余万元", "万元", "余")],
)
def test_a_word_inside_a_unit_hedges_the_number(text: str, unit: str, hedge: str) -> None:
    (figure,) = found(text)
    assert (figure.unit, figure.comparator) == (unit, hedge)
