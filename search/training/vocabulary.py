"""The model's words: a Unigram vocabulary of Chinese words, single characters, English words and digits.

A Unigram model whose pieces are jieba's words with their logarithmic frequencies cuts text as jieba does (the most
probable path), but lives in one `tokenizer.json`, runs in Rust and needs no Chinese segmenter at query time.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

import rjieba
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

UNKNOWN = "[UNK]"
LONGEST_WORD = 6  # 习近平新时代中国特色社会主义思想 as one token would share nothing with its parts
_RUN = re.compile(r"[\u3400-\u9fff]+|[a-z]+|[0-9]+")
_HAN = re.compile(r"[\u3400-\u9fff]")


def words(text: str) -> list[str]:
    """The Chinese words, English words and digit runs of `text`, folded; punctuation is left out."""
    folded = unicodedata.normalize("NFKC", text).lower()
    return [
        word
        for run in _RUN.findall(folded)
        for word in (rjieba.cut(run, False) if _HAN.match(run) else (run,))
        if len(word) <= LONGEST_WORD or not _HAN.match(word)
    ]


def count(texts: Iterable[tuple[str, int]]) -> Counter[str]:
    """How often each word occurs in `texts`, every text counted as many times as its weight says."""
    counts: Counter[str] = Counter()
    for text, weight in texts:
        for word in words(text):
            counts[word] += weight
            if len(word) > 1:
                for character in word:
                    counts[character] += 0  # known, so that no word of the corpus is ever [UNK]
    return counts


def tokenizer(counts: Counter[str], chinese: int, english: int, numbers: int = 200) -> Tokenizer:
    """A tokenizer of the most frequent words: at most so many `chinese`, `english` and `numbers` beside the characters.

    The English words include none that occur once; a word that is not there is cut into those that are.
    """
    characters = {c for c in counts if len(c) == 1} | set("abcdefghijklmnopqrstuvwxyz0123456789%")
    ranked = [word for word, n in counts.most_common() if len(word) > 1 and n > 1]
    chosen = [
        *[w for w in ranked if _HAN.match(w)][:chinese],
        *[w for w in ranked if w.isascii() and w.isalpha()][:english],
        *[w for w in ranked if w.isdigit()][:numbers],
    ]
    total = sum(counts.values()) + len(characters)
    pieces = [(piece, math.log((counts[piece] + 0.5) / total)) for piece in [*sorted(characters), *chosen]]
    made = Tokenizer(models.Unigram([(UNKNOWN, -100.0), *pieces], unk_id=0, byte_fallback=False))
    made.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase()])
    made.pre_tokenizer = pre_tokenizers.Split(
        Regex(r"[\u3400-\u9fff]+|[a-z]+|[0-9]+|%"), behavior="removed", invert=True
    )
    return made


def parts(word: str) -> tuple[str, ...]:
    """What `word` shares with its kin: characters and inner bigrams of a Chinese word, stem and root of an English one.

    投诉举报 → 投 诉 举 报 投诉 举报 …; complaints → complaint~ compl~. Single characters and numbers have no parts.
    """
    if len(word) == 1 or word == UNKNOWN or word.isdigit():
        return ()
    if not word.isascii():
        bigrams = [word[i : i + 2] for i in range(len(word) - 1)] if len(word) > 2 else []
        return tuple(dict.fromkeys([*word, *bigrams]))
    stem = re.sub(r"(?<=...)(?:ies|ing|ed|es|ly|s|y|e)$", "", word)
    return tuple(dict.fromkeys(f"{root}~" for root in (stem, stem[:5]) if len(root) > 2))
