"""Whatever is typed gets a polite answer, and no text of a question changes the shape of a query."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.grammar.wording import LONGEST

NASTY = (
    "",
    " \n\t",
    "?",
    "？！。",
    "支出" * 5000,
    "哪" * 10_000,
    "A" * 10_000,
    "1" * 10_000 + "万元",
    "超过" + "9" * 400 + "亿元的部门有哪些",
    '支出总计" } DROP ALL ; SELECT * { ?s ?p ?o',
    "SELECT ?d ?r { ?d jx:executionRate ?r FILTER(?r < 100) }",
    "支出超过1万元的部门 } UNION { ?s ?p ?o",
    "<http://example.org/> \\u0022 \\ ' \" ` { } [ ] ( ) ; . # ${x} {{y}} %s",
    "“”‘’「」《》事业单位叫“\\\" } ”的部门有哪些",
    "哪些部门的职责涉及\"} SERVICE <http://example.org/> {}？",
    "🙂🙃💰支出最多的部门👀",
    "".join(chr(code) for code in range(0x20)) + "支出总计是多少",
    "".join(chr(code) for code in range(0x7F, 0xA0)),
    "\ud800\udfff孤立的代理",
    "\u202e反写\u200b零宽\ufeff",
    "0年0月0日", "9999年支出", "-1万元以上的部门", "10e400", "∞", "NaN%以上",
    "平均每", "平均每个", "前零名", "top 0 departments by expenditure", "最高的99999999999999999999个部门",
    "between and", "介于之间", "多少多少多少", "谁谁谁", "占占占", "去年的去年",
    "执行率低于%的部门", "执行率低于100%高于100%等于100%的部门",
)  # fmt: skip
_SAID = """支出总计 执行率 自评得分 部门 有哪些 多少 超过 低于 之间 和 占 平均 合计 最多 谁 哪年 1亿元 98分 100% 2023年
下属单位 项目 指标 职责 问题 没有 一致吗 相差 推算 人均 每 ， ？ which department below average of in 2024 share who"""
WORDS = (*re.split(r"\s", _SAID), "total expenditure", "10 million yuan", "how many")
NAMES = ("name 0", "name 1", "name 2", "place 0", "place 1", "place 2")


def polite(made_up: Any, question: str) -> None:
    answer = made_up.ask(question)
    assert answer.text
    assert not re.search(r"[\ud800-\udfff]", answer.text)
    assert all(len(row) == len(answer.columns) for row in answer.rows)
    assert answer.answerable or not answer.rows
    answer.to_json()
    if answer.sparql:
        made_up.query(answer.sparql)
        assert "DROP" not in answer.sparql
        assert "SERVICE" not in re.sub(r'"(?:[^"\\]|\\.)*"', '""', answer.sparql)


@pytest.mark.parametrize("question", NASTY, ids=range(len(NASTY)))
def test_nasty_questions(made_up: Any, question: str) -> None:
    polite(made_up, question)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(question=st.text(max_size=60))
def test_any_text(made_up: Any, question: str) -> None:
    polite(made_up, question)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pieces=st.lists(st.sampled_from([*WORDS, *NAMES]), min_size=1, max_size=9), blank=st.sampled_from(["", " "]))
def test_the_words_of_questions_in_any_order(made_up: Any, pieces: list[str], blank: str) -> None:
    for at, office in enumerate(made_up.offices[:3]):
        pieces = [
            office.name if piece == f"name {at}" else office.short if piece == f"place {at}" else piece
            for piece in pieces
        ]
    polite(made_up, blank.join(pieces))


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(st.characters(codec="utf-8"), min_size=1, max_size=30))
def test_quoted_words_stay_words(made_up: Any, words: str) -> None:
    polite(made_up, f"哪些部门的事业单位叫“{words}”？")
    polite(made_up, f"哪些部门的问题提到{words}？")


def test_only_the_beginning_of_a_long_question_is_read(made_up: Any) -> None:
    question = f"{made_up.offices[0].name}的支出总计是多少？"
    filler = "谢" * LONGEST
    assert made_up.ask(question + filler + "负债呢？").columns == made_up.ask(question).columns
