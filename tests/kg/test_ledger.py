"""The ledger: every number of a report is read, set aside for a reason, or shown as unread."""

from __future__ import annotations

import re

import pytest
from generator import LAYOUTS, generate
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.examine import examine
from kg.ledger import ASIDE, READ, UNREAD, Ledger, ledger, tally
from ontology import loader

HEAD = "青山县水务局2024年度部门整体支出绩效自评报告\n\n一、部门概况\n"


def book(text: str) -> Ledger:
    examined = examine(text.encode(), "报告.txt")
    return ledger(examined.readings, examined.facts)


def states(text: str) -> dict[str, str]:
    """Each number with its state, or the reason why it was set aside; equal numbers fall together."""
    found = book(text)
    return {found.source.quote(p.span): p.reason or p.state for p in found.numbers}


def test_a_number_that_a_fact_states_is_read() -> None:
    said = states(HEAD + "核定行政编制12名。2024年本年收入合计1,234.50万元，其中其他收入34.50万元，占2.79%。\n")
    assert {said[number] for number in ("12", "1,234.50", "34.50", "2.79")} == {READ}


@pytest.mark.parametrize(
    ("text", "number", "reason"),
    [
        ("根据《意见》（青发〔2021〕17号）开展自评。", "17", "document-number"),
        ("联系电话：0000-5550199", "0000", "phone"),
        ("如表3所示，各项工作均已完成。", "3", "list-number"),
        ("- 2.部分指标不够细化。", "2", "list-number"),
        ("经费于6月底前拨付。", "6", "date"),
        ("贯彻“1357”工作思路。", "1357", "name"),
        ("计划开始日期：2023-01-31", "31", "date"),
    ],
)
def test_a_number_that_measures_nothing_is_set_aside(text: str, number: str, reason: str) -> None:
    assert states(f"{HEAD}{text}\n")[number] == reason


def test_a_rank_is_never_taken_for_a_list_number() -> None:
    said = book(HEAD + "按合同约定，尾款比例为第7档。\n")
    assert [p.state for p in said.numbers if said.source.quote(p.span) == "7"] == [UNREAD]


def test_what_is_left_is_shown_with_its_place() -> None:
    found = book(HEAD + "核定行政编制12名。\n二、资金拨付\n预付款按合同的37.5成支付，两岸19个村受益较早。\n")
    assert "37.5" in [place.quote for place in found.unread]
    for place in found.unread:
        assert found.source.text[place.start : place.end] == place.quote


def test_columns_that_count_and_codes_of_classes_are_no_measures() -> None:
    table = (
        "收入决算表\n单位：万元\n科目编码\t科目名称\t合计\t基本支出\n栏次\t\t1\t2\n"
        "2130301\t行政运行\t88.20\t88.20\n213\t农林水支出\t\t\n"
    )
    said = states(HEAD + "核定行政编制12名。\n二、收入支出决算表\n" + table)
    assert said["213"] == "code"
    assert said["88.20"] == READ
    assert said["1"] == said["2"] == "column-number"


def test_page_numbers_and_contents_are_furniture() -> None:
    said = states(
        "青山县水务局2024年度部门决算\n\n目  录\n\n一、部门职责……………………4\n二、决算说明……………………19\n\n"
        "一、部门职责\n负责全县水资源管理。\n- 7 -\n二、决算说明\n2024年本年支出合计88.20万元。\n"
    )
    assert said["4"] == said["19"] == said["7"] == "furniture"


def test_sections_are_told_too() -> None:
    found = book(
        f"{HEAD}核定行政编制12名。\n二、自评方法\n采取查阅资料的方法。\n"
        "三、其他情况\n无。\n四、名词解释\n基本支出：指人员支出。\n"
    )
    assert [(found.source.quote(p.span)[2:], p.reason or p.state) for p in found.sections] == [
        ("部门概况", READ),
        ("自评方法", UNREAD),
        ("其他情况", "nothing"),
        ("名词解释", "glossary"),
    ]
    assert [place.quote for place in found.unread_sections] == ["二、自评方法"]


@pytest.mark.parametrize("layout", LAYOUTS)
@given(seed=st.integers(0, 10**6))
@settings(max_examples=3)
def test_the_ledger_of_a_made_up_report_is_complete(layout: str, seed: int) -> None:
    """Each number stands in it once; nearly all that measure something are read."""
    made = generate(seed, layout)
    examined = examine(made.data, made.name)
    found = ledger(examined.readings, examined.facts)
    assert "".join(found.source.quote(p.span) for p in found.numbers).replace(",", "") == "".join(
        re.findall(r"\d+(?:\.\d+)?", found.source.text.replace(",", ""))
    )
    assert {p.state for p in found.numbers} <= {READ, ASIDE, UNREAD}
    assert tally(found.numbers).share > 0.9, [place.quote for place in found.unread]


def test_every_reason_has_words_for_people() -> None:
    known = {concept.notation: concept for concept in loader.scheme("ledger-reasons").values()}
    used = {p.reason for text in ("", "表1。") for p in book(f"{HEAD}核定行政编制12名。{text}\n").numbers if p.reason}
    assert used <= known.keys()
    assert all(concept.label and concept.label_en for concept in known.values())
