"""Functional classes: one class however its codes and names are set."""

from __future__ import annotations

import pytest

from kg.grammar.functional import classes

NOTATIONS = [
    ("206(科学技术支出)07(科学技术普及)02(科普活动):", "科普活动", "2060702"),
    ("3.206(科学技术支出)07(科学技术普及)02(科普活动)", "科普活动", "2060702"),
    ("科学技术支出(206)科学技术普及(07)科普活动(02)", "科普活动", "2060702"),
    ("科学技术支出(类)科学技术普及(款)科普活动(项)", "科普活动", None),
    ("科学技术支出206(类)科学技术普及20607(款)科普活动2060702(项)", "科普活动", "2060702"),
    ("206科学技术支出(类)07科学技术普及(款)02科普活动(项)", "科普活动", "2060702"),
    ("“科学技术支出-科学技术普及-科普活动”科目9万元", "科普活动", None),
    ("“一般公共服务支出-政府办公厅(室)及相关机构事务”科目", "政府办公厅（室）及相关机构事务", None),
    ("教育支出(类)2106.66万元", "教育支出", None),
    ("201一般公共服务支出(类)03政府办公厅(室)及相关机构事务(款)01行政运行(项)", "行政运行", "2010301"),
]


@pytest.mark.parametrize(("text", "name", "code"), NOTATIONS)
def test_a_class_is_one_however_it_is_written(text: str, name: str, code: str | None) -> None:
    assert [(found.name, found.code) for found in classes(text)] == [(name, code)]


@pytest.mark.parametrize("text", ["单价100(含)以上", "教师(12)人", "详见附件(2)", "(一)工作情况", "第3期(2024)"])
def test_brackets_alone_are_no_class(text: str) -> None:
    assert not list(classes(text))


def test_two_classes_are_told_apart() -> None:
    text = "教育支出(类)5万元;住房保障支出(类)3万元"
    assert [text[found.start : found.end] for found in classes(text)] == ["教育支出(类)", "住房保障支出(类)"]
    text = "“教育支出-普通教育”科目5万元;住房保障支出(类)3万元;“农林水支出-水利”科目1万元"
    assert [found.name for found in classes(text)] == ["普通教育", "住房保障支出", "水利"]
