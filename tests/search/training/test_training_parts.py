"""The steps of training, one by one."""

from collections import Counter

import numpy as np
import torch

from search.training import contrast, cooccurrence, vocabulary
from search.training.glosses import Glossary
from search.training.leakage import leakage


def _ids(*numbers: int) -> contrast.Ids:
    return np.array(numbers, dtype=np.int32)


def test_text_is_cut_into_the_likeliest_known_words() -> None:
    counts = vocabulary.count([("受理企业投诉，complaints 12345", 5), ("投诉举报", 5)])
    cut = vocabulary.tokenizer(counts, chinese=50, english=50)
    assert cut.encode("企业投诉：Complaints！").tokens == ["企业", "投诉", "complaints"]
    assert cut.encode("１２３４５热线").tokens[0] == "12345"


def test_an_unknown_word_falls_apart_into_known_pieces() -> None:
    cut = vocabulary.tokenizer(Counter({"企业": 9, "企": 0, "业": 0, "商": 1}), chinese=1, english=0)
    assert cut.encode("企商").tokens == ["企", "商"]


def test_kindred_words_share_parts() -> None:
    assert set(vocabulary.parts("投诉")) & set(vocabulary.parts("投诉人"))
    assert set(vocabulary.parts("complaint")) & set(vocabulary.parts("complaints"))
    assert vocabulary.parts("水") == vocabulary.parts("12345") == ()


def test_words_in_like_company_get_like_vectors() -> None:
    # 1 and 2 stand beside 3 and 4, while 5 stands beside 6 and 7.
    sentences = [_ids(1, 3), _ids(1, 4), _ids(2, 3), _ids(2, 4), _ids(5, 6), _ids(5, 7)] * 10
    vectors = cooccurrence.vectors([cooccurrence.windows(sentences, 30, 2)], 30, 4)
    assert vectors[1] @ vectors[2] > 0.9
    assert abs(vectors[1] @ vectors[5]) < 0.1
    assert not vectors[9].any()


def test_no_company_is_counted_across_sentences() -> None:
    keys, counts = cooccurrence.windows([_ids(1, 2), _ids(3, 4)], 10, 5)
    assert keys.tolist() == [12, 34]
    assert counts.tolist() == [1, 1]


def test_the_sides_of_a_pair_keep_each_other_company() -> None:
    keys, counts = cooccurrence.across([(_ids(1), _ids(2, 3)), (_ids(), _ids(4))], 10)
    assert dict(zip(keys.tolist(), counts.tolist(), strict=True)) == {12: 1.0, 13: 1.0}


def test_the_words_start_where_the_first_vectors_are() -> None:
    vectors = np.random.default_rng(0).normal(size=(3, 4)).astype(np.float32)
    words = contrast.Words(vectors, [[0, 1], [1], []])
    torch.testing.assert_close(words().detach(), torch.from_numpy(vectors))


def test_learning_a_word_moves_its_kin() -> None:
    words = contrast.Words(np.eye(4, dtype=np.float32), [[0], [0], [], []])
    batch = contrast.Batch([_ids(0), _ids(3)], [_ids(2), _ids(3)], [])
    contrast.learn(
        words,
        lambda _: iter([batch] * 50),
        contrast.Settings(steps=50, own_rate=0, part_rate=1e-2, gain_rate=0, dropout=0),
        lambda *_: None,
    )
    with torch.no_grad():
        vectors = torch.nn.functional.normalize(words(), dim=1)
    assert vectors[1] @ vectors[2] > 0.1  # word 1 was in no text, but shares its part with word 0


def test_equal_passages_do_not_count_against_each_other() -> None:
    words = torch.eye(4)
    twice = contrast.Batch([_ids(0), _ids(0)], [_ids(0), _ids(0)], [])
    assert contrast.loss(words, twice, 0.05) < 1e-6


def test_a_text_never_loses_all_its_words() -> None:
    rng = np.random.default_rng(0)
    assert all(len(text) for text in contrast.drop([_ids(1), _ids(2, 3)] * 50, 0.9, rng))


def test_a_gloss_says_the_telling_words_in_other_words() -> None:
    glossary = Glossary([(_ids(1), _ids(11, 12)), (_ids(2), _ids(22)), (_ids(7, 8), _ids(9, 9))])
    rng = np.random.default_rng(0)
    query = glossary.query(_ids(1, 2, 3), np.ones(30), rng)
    assert sorted(query.tolist()) == [11, 12, 22]
    assert len(glossary.query(_ids(1, 3), np.ones(30), rng)) == 0


def test_a_copied_judged_query_is_counted() -> None:
    found = leakage(
        ["路灯坏了应该找谁修？", "河里的水"], ["路灯坏了应该找谁修", "路灯坏了应该找谁来修", "学校几点开门"], 0.5
    )
    assert (found.equal, found.close, found.judged, found.texts) == (1, 2, 2, 3)
    assert found.highest == 1
