"""What the pages say: two languages, one set of keys, nothing said that is not there."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

import api.pages
from api.pages import language
from api.pages.rendering import environment

TEMPLATES = Path(api.pages.__file__).parent.parent / "templates"
SAID = re.compile(r"""\bt\("([\w.-]+)"[,)]""")


def test_both_languages_have_the_same_keys_and_are_given_the_same_things() -> None:
    zh, en = language.messages("zh"), language.messages("en")
    assert zh.keys() == en.keys()
    for key in zh:
        given = [{name for _, name, _, _ in Formatter().parse(said[key]) if name} for said in (zh, en)]
        assert given[0] >= given[1], key


@pytest.mark.parametrize("name", sorted(environment.list_templates()))
def test_every_message_of_a_template_is_there(name: str) -> None:
    asked = SAID.findall((TEMPLATES / name).read_text("utf-8"))
    assert [key for key in asked if key not in language.messages("zh")] == []


@pytest.mark.parametrize("code", language.CODES)
def test_words_of_the_vocabulary_are_known_by_notation_and_by_label(code: str) -> None:
    spoken = language.Language(code)
    assert spoken.word("severities", "error") == {"zh": "错误", "en": "Error"}[code]
    assert spoken.word("severities", "错误") == {"zh": "错误", "en": "Error"}[code]
    assert spoken.word("severities", "别的") == "别的"


def test_one_thing_and_several_are_said_differently() -> None:
    english = language.Language("en")
    assert english.say("report.facts", n=1) == "1 fact"
    assert english.say("report.facts", n=2) == "2 facts"
    assert language.Language("zh").say("report.facts", n=1) == "1 条事实"
