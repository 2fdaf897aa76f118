"""The questions that the forms and their page give as examples are read by their form and answered."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import dropin
from search import questions
from search.answer import understand
from search.collection import Collection
from search.grammar import guide

FORMS = dropin.every(questions)
EXAMPLES = [(name, example) for name, form in FORMS.items() for example in form.EXAMPLES]


@pytest.mark.parametrize(("name", "question"), EXAMPLES)
def test_an_example_is_answered_by_its_form(collection: Collection, name: str, question: str) -> None:
    asked = understand(question, collection)
    read = {form: reading for form, module in FORMS.items() if (reading := module.read(asked))}
    answered = [form for form in sorted(read, key=lambda form: -read[form].score) if read[form].answer()]
    assert answered[0] == name
    answer = collection.ask(question)
    assert answer.answerable
    assert answer.rows
    assert answer.sparql
    for evidence in answer.evidence:
        text = collection.source(evidence.report).text
        assert text[evidence.start : evidence.end] == evidence.quote


@pytest.mark.parametrize("name", FORMS)
def test_a_form_tells_users_what_it_is_for_and_has_examples_in_both_languages(name: str) -> None:
    chinese, _, english = (FORMS[name].__doc__ or "").strip().partition("\n\n")
    assert any("\u4e00" <= char <= "\u9fff" for char in chinese)
    assert english.strip().isascii()
    assert any(not example.isascii() for example in FORMS[name].EXAMPLES)


def test_the_page_is_current() -> None:
    """To write it anew: python -m search.grammar.guide > docs/questions.md"""
    page = Path(__file__).parents[3] / "docs" / "questions.md"
    assert page.read_text("utf-8") == guide.page()
