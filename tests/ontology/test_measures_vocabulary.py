"""The schemes that amounts, rates and quantities are read with."""

from __future__ import annotations

from collections import defaultdict

import pytest

from kg.grammar.lexicon import folded, words
from kg.grammar.measures import bare
from ontology.loader import scheme

# The words of Chinese public accounts that the exchange format names.
ACCOUNTS = [
    "收入总计",
    "支出总计",
    "本年收入",
    "本年支出",
    "年初预算",
    "调整后预算",
    "预算执行数",
    "基本支出",
    "项目支出",
    "人员经费",
    "公用经费",
    "一般公共预算财政拨款收入",
    "一般公共预算财政拨款支出",
    "功能分类支出",
    "“三公”经费",
    "因公出国（境）费",
    "公务用车购置及运行维护费",
    "公务接待费",
    "机关运行经费",
    "政府采购",
    "总资产",
    "固定资产",
    "负债",
    "累计折旧",
    "增减额",
]


def test_every_measure_of_the_exchange_format_is_there() -> None:
    assert set(ACCOUNTS) <= scheme("measures").keys()


def test_no_spelling_means_two_measures() -> None:
    meant = defaultdict(set)
    for concept in scheme("measures").values():
        for spelling in (concept.label, *concept.aliases):
            meant[bare(folded(spelling))].add(concept.label)
    assert {spelling: labels for spelling, labels in meant.items() if len(labels) > 1} == {}


@pytest.mark.parametrize("name", ["measures", "quantities", "comparators", "functional-words"])
def test_every_concept_speaks_both_languages(name: str) -> None:
    assert [c.label for c in scheme(name).values() if not c.label_en] == []


def test_every_comparator_says_what_it_means() -> None:
    groups = {c.iri: c.label for c in scheme("comparators").values() if not c.broader}
    assert set(groups.values()) == {"数前", "数与单位之间", "单位之后"}
    assert {c.notation for c in scheme("comparators").values() if c.broader} == {">", "≥", "<", "≤", "≈"}


def test_a_group_holds_the_words_below_it() -> None:
    assert {"超", "不低于", "约"} <= set(words("comparators", "数前"))
    assert {"平方米", "台(套)", "人次"} <= set(words("quantities", "计数单位"))
    assert list(words("quantities", "计数单位")) == sorted(words("quantities", "计数单位"), key=lambda w: (-len(w), w))
