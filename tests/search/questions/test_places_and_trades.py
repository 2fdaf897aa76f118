"""Offices called by their place and trade: no office stands for that of a place which no report is from."""

from __future__ import annotations

from typing import Any

import pytest

from search.grammar.english import english_names, find
from search.grammar.names import Department


@pytest.mark.parametrize(
    "question",
    [
        "How many internal divisions does the Xuanwu {} have?",
        "What was the total expenditure of the Xuanwu {} in 2023?",
        "What was the total expenditure of the {} of Xuanwu?",
        "Which targets did the Xuan-wu {} miss?",
    ],
)
def test_an_office_of_a_place_that_no_report_is_from_is_not_taken_for_another(made_up: Any, question: str) -> None:
    """Its trade is that of others here; what they state is no answer."""
    for trade in ("education bureau", "water bureau", "transport bureau", "audit bureau"):
        found = made_up.ask(question.format(trade))
        assert not found.answerable
        assert not found.rows
        assert "uan" in found.text


@pytest.mark.parametrize(
    "question",
    ["玄武{}的支出总计是多少？", "2023年玄武{}有几个内设机构？", "请问玄武{}的自评得分", "玄武{}没有完成的指标有哪些"],
)
def test_a_place_that_no_report_is_from_is_not_left_out_of_a_short_name(made_up: Any, question: str) -> None:
    for trade in {office.bureau for office in made_up.offices}:
        found = made_up.ask(question.format(trade))
        assert not found.answerable
        assert f"玄武{trade}" in found.text


@pytest.mark.parametrize(
    "before", ["", "各", "哪些", "请问", "帮我查一下", "全市", "2023年的", "支出超过1万元的", "得分最高的"]
)
def test_words_of_asking_before_a_trade_are_no_place(made_up: Any, before: str) -> None:
    trade = made_up.offices[0].bureau
    assert f"{before}{trade}的报告" not in made_up.ask(f"{before}{trade}的支出总计是多少？").text


@pytest.mark.parametrize("question", ["{}里谁的支出总计最多？", "哪个{}的支出总计最多？"])
def test_the_first_of_a_trade(made_up: Any, question: str) -> None:
    trades = [office.bureau for office in made_up.offices]
    trade = max(trades, key=trades.count)
    best = max((o for o in made_up.offices if o.bureau == trade), key=lambda o: o.money["支出总计"])
    found = made_up.ask(question.format(trade))
    assert [row[0] for row in found.rows] == [best.name]


def test_a_word_of_a_phrase_does_not_stand_for_the_office_that_the_phrase_names() -> None:
    """The sports bureau is in charge of physical education, and no education bureau for that."""
    sport = Department("urn:sport", "麓泽县体育局", frozenset({"麓泽县体育局"}), ("麓泽县",))
    known = english_names([sport])
    asked = "how many people work at the luze {} bureau"
    assert [n.departments for n in find(known, asked.format("education")) if not n.place] == [()]
    assert ("urn:sport",) in [n.departments for n in find(known, asked.format("physical education"))]
    assert ("urn:sport",) in [n.departments for n in find(known, asked.format("sport"))]
