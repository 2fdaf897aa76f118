"""Which column is which field."""

from __future__ import annotations

import pytest

from kg.document import Document, Table
from kg.grammar import heads
from kg.reader import plain

HEAD = "一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n"


def table(text: str) -> tuple[Table, list[heads.Row], Document]:
    document = plain.read(text.encode(), "a.txt")
    found = next(b for part in document.parts for s in part.sections for b in s.blocks if isinstance(b, Table))
    return found, list(heads.rows(document.source, found)), document


@pytest.mark.parametrize(
    ("title", "field"),
    [
        ("年度指标值", "target"),
        ("预期值", "target"),
        ("年度(/项目)指标值", "target"),
        ("全年实际值(B)", "actual"),
        ("实际完成值B", "actual"),
        ("指标性质", "operator"),
        ("度量单位", "target_unit"),
        ("权重", "weight"),
        ("产出指标完成得分情况", "score"),
        ("产出指标得分", "score"),
        ("未完成原因分析", "deviation_reason"),
        ("偏差原因分析及改进措施", "deviation_reason"),
        ("项目名称", "project"),
        ("执行率(B/A)", "rate"),
        ("总分", "total"),
        ("合同金额", ""),
        ("姓名", ""),
        ("10亿元以上项目个数", ""),
    ],
)
def test_a_title_names_its_field(title: str, field: str) -> None:
    assert heads.field_of(title) == field


def test_no_title_means_two_fields() -> None:
    assert len(heads.spelled()) == len(set(heads.spelled()))
    assert all(heads.field_of(title) == field for title, field in heads.spelled().items())


def test_rows_above_the_head_have_none() -> None:
    _, rows, document = table(f"绩效指标完成表\t（2024年）\n{HEAD}产出指标\t数量指标\t培训次数\t≥3次\t4次\t10\t10\n")
    assert [row.head is None for row in rows] == [True, False]
    assert rows[1].head
    assert rows[1].head.column("actual") == 4
    place = rows[1].span(rows[1].head.columns("level3", "target"))
    assert place
    assert document.source.quote(place) == "培训次数\t≥3次"


def test_one_table_may_hold_two_heads() -> None:
    _, rows, _ = table(
        "年初预算数\t全年执行数\t分值\t执行率\t得分\t\t\n80\t72\t10\t90%\t9\t\t\n"
        + HEAD
        + "产出指标\t数量指标\t培训次数\t≥3次\t4次\t10\t10\n"
    )
    assert [row.head.column("target") if row.head else None for row in rows] == [None, 3]
    assert rows[0].head
    assert rows[0].head.column("rate") == 3


def test_what_comes_down_from_above_is_not_the_rows_own() -> None:
    _, rows, document = table(
        f"{HEAD}产出指标\t数量指标\t培训次数\t≥3次\t4次\t10\t10\n\t\t培训人数\t≥30人\t32人\t10\t10\n"
    )
    own = rows[1].span()
    assert own
    assert document.source.quote(own) == "培训人数\t≥30人\t32人\t10\t10"


def test_the_labels_of_a_form_find_their_answers() -> None:
    _, rows, document = table("项目名称\t河道清淤\t主管部门\t青山县水务局\n自评得分\t98\t评价等级\t优\n")
    found = [(field, heads.text_of(document.source, answer)) for row in rows for field, _, answer in heads.answers(row)]
    assert found == [("project", "河道清淤"), ("office", "青山县水务局"), ("score", "98"), ("grade", "优")]


def test_a_label_merged_over_two_columns_is_answered_beyond_the_blank_it_leaves() -> None:
    _, rows, document = table(
        "一、情况\n项目名称\t\t校园维修\t\t\n项目编码\t\t\t\t\n主管部门\t\t云溪县教育局\t实施单位\t\n"
    )
    said = [(field, heads.text_of(document.source, cell)) for row in rows for field, _, cell in heads.answers(row)]
    assert ("project", "校园维修") in said
    assert "code" not in dict(said)
