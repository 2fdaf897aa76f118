"""Which of many projects some words speak of."""

from __future__ import annotations

from kg.grammar.project_names import within

NAMES = {"渠道清淤": "渠道清淤", "泵站(二期)改造": "泵站（二期）改造", "改造": "改造"}


def test_every_project_in_the_words_is_found_by_the_name_as_written() -> None:
    assert within("全年渠道清淤和泵站(二期)改造", NAMES) == ["渠道清淤", "泵站（二期）改造", "改造"]


def test_other_words_speak_of_none() -> None:
    assert within("公务接待费", NAMES) == []
    assert within("", NAMES) == []
