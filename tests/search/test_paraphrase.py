"""Lay words and the words of reports."""

from __future__ import annotations

from ontology.loader import scheme
from search.paraphrase import SCHEME, paraphrases


def test_a_lay_word_leads_to_the_word_of_reports() -> None:
    found = {p.said: p.others for p in paraphrases("家里老人没人管，哪里有养老院")}
    assert "养老服务" in found["养老院"]


def test_an_english_word_leads_to_chinese_ones_also_in_the_plural() -> None:
    assert [p.said for p in paraphrases("Nursing homes near fire stations")][0] == "nursing home"
    assert all("养老服务" in p.others for p in paraphrases("nursing home"))


def test_the_longest_spelling_wins() -> None:
    assert [p.said for p in paraphrases("拖欠工资怎么办")] == ["拖欠工资"]


def test_a_word_is_not_its_own_paraphrase() -> None:
    assert all(p.said not in p.others for p in paraphrases("信访和投诉"))


def test_text_without_known_words_has_none() -> None:
    assert paraphrases("嗯嗯 xyzzy 12.5%") == ()


def test_every_lay_word_has_both_languages_and_another_word() -> None:
    for concept in scheme(SCHEME).values():
        assert concept.label_en, concept.label
        assert concept.aliases or concept.aliases_en, concept.label
