"""Facts told in a few words, one a line, laid out as in a report:

    amount 年初预算 100 万元
    rate 预算执行率 95 year=2023
    indicator 培训人次 500 480 operator=≥ weight=10 score=10
    score 综合 98 max=100
    quantity 受理投诉 32 件
    staffing 实有 总计 40

Every line is its own evidence, one after the other; `apart=500` leaves a distance before it, `row`
joins it to the row of the line before, `quote=…` gives other words. `-` leaves a field out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from decimal import Decimal
from typing import Any

import pytest

from kg.facts import KINDS, Evidence, Fact
from kg.values import money

NAME = "青山县教育局"
ORDER = {
    "amount": ("measure", "value", "unit"),
    "rate": ("measure", "value"),
    "indicator": ("level3", "target", "actual"),
    "score": ("dimension", "value"),
    "quantity": ("name", "value", "unit"),
    "staffing": ("measure", "category", "value"),
    "project": ("name",),
    "duty": ("text",),
    "department": ("name",),
    "report": ("title",),
}
DATED = ("amount", "rate", "quantity", "project")
ROW_OF = "row"


@pytest.fixture(scope="session")
def told() -> Callable[[str], tuple[Fact, ...]]:
    """The facts of a story."""

    def told(story: str) -> tuple[Fact, ...]:
        facts: list[Fact] = []
        at = 0
        for line in filter(None, map(str.strip, story.splitlines())):
            words = line.split()
            given = dict(word.split("=", 1) for word in words[1:] if "=" in word[1:])
            plain = [word for word in words[1:] if "=" not in word[1:] and word != ROW_OF]
            at += int(given.pop("apart", 0))
            quote = given.pop("quote", " ".join(plain)).replace("\\t", "\t")
            place = Evidence("例.txt", at, at + len(quote), quote)
            if ROW_OF in words:
                place = facts[-1].evidence
            else:
                at = place.end + 1
            facts.append(_fact(words[0], plain, given, place))
        return tuple(facts)

    return told


def _fact(kind: str, plain: list[str], given: dict[str, str], place: Evidence) -> Fact:
    words = dict(zip(ORDER[kind], plain, strict=False)) | given
    values: dict[str, Any] = {"year": 2024} if kind in DATED else {}
    known = {f.name: str(f.type) for f in fields(KINDS[kind])}
    if "subject" in known:
        values["subject"] = NAME
    values |= {name: _typed(known[name], word) for name, word in words.items() if word != "-"}
    if kind == "amount":
        values["value_yuan"] = money.in_yuan(values["value"], values.get("unit", "万元"))
    return KINDS[kind](evidence=place, **values)


def _typed(annotation: str, word: str) -> Any:
    if "bool" in annotation:
        return word == "True"
    if "int" in annotation:
        return int(word)
    if "Decimal" in annotation and word.lstrip("-")[:1].isdigit():
        return Decimal(word)
    return word
