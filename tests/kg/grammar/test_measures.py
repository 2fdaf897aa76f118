"""Measures: the words before an amount, as reports of all kinds set them."""

from __future__ import annotations

import pytest

from kg.grammar.measures import core, resolve

KNOWN = [
    ("2023年度收入总计(含结转和结余)", [("收入总计", None)]),
    ("2023年总收支", [("收入总计", None), ("支出总计", None)]),
    ("财政拨款收、支总计均为", [("财政拨款收入总计", None), ("财政拨款支出总计", None)]),
    ("2023年度收入总计、支出总计均为", [("收入总计", None), ("支出总计", None)]),
    ("2023年初收支预算安排", [("年初预算", None)]),
    ("公务用车购置及运行维护费支出决算为", [("公务用车购置及运行维护费", None)]),
    ("2023年度“三公”经费财政拨款支出决算数", [("“三公”经费", None)]),
    ("因公出国(境)费用支出", [("因公出国（境）费", None)]),
    ("一般公共预算财政拨款支出年初预算为", [("年初预算", "一般公共预算财政拨款支出")]),
    ("政府采购预算", [("预算安排", "政府采购")]),
    ("2023年收入预算", [("收入预算", None)]),
    ("2024年初固定资产", [("年初固定资产", None)]),
    ("甲县乙局机关运行经费支出", [("机关运行经费", None)]),
    ("县丙局采购支出总额", [("政府采购", None)]),
    ("其中:人员经费", [("人员经费", None)]),
]


@pytest.mark.parametrize(("label", "expected"), KNOWN)
def test_words_are_resolved(label: str, expected: list[tuple[str, str | None]]) -> None:
    names = resolve(label, ("甲县乙局",))
    assert [(name.measure, name.item) for name in names] == expected
    assert all(name.known for name in names)


@pytest.mark.parametrize(
    ("label", "measure"),
    [
        ("对企业补贴总额", "对企业补贴总额"),
        ("图书馆支出决算为", "图书馆支出"),
        ("校车运营项目预算", "校车运营项目预算"),
    ],
)
def test_words_that_the_vocabulary_lacks_come_back(label: str, measure: str) -> None:
    [name] = resolve(label)
    assert (name.measure, name.known) == (measure, False)


@pytest.mark.parametrize("label", ["", "其中:", "2023年度", "共计", "本部门"])
def test_words_that_name_nothing_resolve_to_nothing(label: str) -> None:
    assert resolve(label) == ()


def test_what_names_nothing_is_taken_from_both_ends() -> None:
    assert core("其中:2023年全县累计为") == "全县"
