"""What clauses claim about indicators."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kg.grammar.claims import Claim, claims
from kg.grammar.figures import Figure, figures
from kg.text import Source, Span, View, view


def heard(text: str) -> tuple[View, list[Claim]]:
    seen = view(Source("a.txt", text, "0"), Span(0, len(text)))
    return seen, list(claims(seen, tuple(figures(seen))))


@pytest.mark.parametrize(
    ("text", "name", "value", "unit"),
    [
        ("完成2次渠道清淤", "渠道清淤", 2, "次"),
        ("清淤渠道35公里", "清淤渠道", 35, "公里"),
        ("租用1710平方米办公场所", "租用办公场所", 1710, "平方米"),
        ("全年累计培训教师1,360人次", "培训教师", 1360, "人次"),
        ("群众满意度达到98%", "群众满意度", 98, "%"),
        ("完成率100%", "完成率", 100, "%"),
        ("全市排名第1", "全市排名", 1, "名"),
    ],
)
def test_a_clause_names_its_figure(text: str, name: str, value: int, unit: str) -> None:
    _, (claim,) = heard(text)
    assert isinstance(claim.actual, Figure)
    assert (claim.name, claim.actual.value, claim.actual.unit) == (name, Decimal(value), unit)


def test_a_verdict_goes_to_all_that_it_names() -> None:
    _, found = heard("补助发放率、按时发放率、人均成本均达标")
    assert [(claim.name, claim.met) for claim in found] == [
        ("补助发放率", True),
        ("按时发放率", True),
        ("人均成本", True),
    ]


def test_a_pause_parts_only_what_says_something_by_itself() -> None:
    _, found = heard("维修泵站3座、清淤渠道8公里。促进县乡、城乡长期合作，可持续影响指标达标")
    assert [claim.name for claim in found] == ["维修泵站", "清淤渠道", "促进县乡、城乡长期合作"]


def test_one_level_after_two_figures_stands_alone() -> None:
    _, found = heard("维修泵站3座，清淤渠道8公里，数量指标达标")
    assert [(claim.name, claim.level.label if claim.level else None, claim.met) for claim in found] == [
        ("维修泵站", None, None),
        ("清淤渠道", None, None),
        ("", "数量指标", True),
    ]


@pytest.mark.parametrize("text", ["增长5.6%", "全年支出80万元", "扣2分", "各项工作任务全部完成", "开展了大量工作"])
def test_what_is_no_claim_about_an_indicator(text: str) -> None:
    assert not heard(text)[1]


def test_target_and_actual_value_come_together() -> None:
    for text in (
        "培训人数，目标值≥30人，实际完成34人",
        "培训人数目标值：≥30人，实际值为34人",
        "培训人数34人，目标为不少于30人",
    ):
        _, (claim,) = heard(text)
        assert isinstance(claim.target, Figure)
        assert isinstance(claim.actual, Figure)
        assert (claim.name, claim.target.value, claim.actual.value) == ("培训人数", Decimal(30), Decimal(34))


def test_a_claim_stands_where_its_words_stand() -> None:
    seen, (claim,) = heard("同时，维修\n泵站 3 座，已完成。")
    assert seen.source.quote(seen.span(claim.start, claim.end)) == "维修\n泵站 3 座，已完成"
    assert (claim.name, claim.met) == ("维修泵站", True)
