"""Figures by the report's own words: what a question names in words that no vocabulary has.

Every number that the reports in question state is a candidate. How well it fits is how much of
its name stands in the question and how much of the question in its name; for an English question
the words are first turned into Chinese. A passage that search finds close to the question lifts
the figures in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from functools import cache, lru_cache

from kg.values.money import in_yuan
from ontology.loader import scheme
from search.grammar.facts import Row
from search.grammar.table import Table, where
from search.grammar.wording import plain
from search.paraphrase import paraphrases

LEAST = 0.42  # how well a name must fit
_OF = 0.1  # what a figure gains where the project that it is of is named
_NOT_WORDS = re.compile(r"[^\w%]+|(?<=[\u3400-\u9fff])[的了是](?=[\u3400-\u9fff])|完成值|目标值|实际值")
_HAN = re.compile(r"[\u3400-\u9fff]")
_COMMON = ("", "个", "元", "%")  # units that many figures of a report have
_UNTRANSLATED = (frozenset({"\0"}),)
_FOREIGN = ("美元", "欧元", "日元", "港元", "英镑")

# Oxigraph works out a UNION, or an OPTIONAL of more than one triple, for all reports before it joins; so every
# kind is asked for at once, a triple at a time.
_QUERY = """SELECT DISTINCT ?department ?name ?report ?year ?thing ?kind ?label ?part ?subject ?value ?unit ?period
WHERE {{
{where}
    ?thing jx:inReport ?report ; jx:kind ?kind ; jx:evidence/jx:start ?start .
    OPTIONAL {{ ?thing jx:value ?stated }}
    OPTIONAL {{ ?thing jx:level3 ?level3 }} OPTIONAL {{ ?thing jx:{indicator} ?reached }}
    BIND(COALESCE(?stated, IF(BOUND(?level3), ?reached, ?none)) AS ?value) FILTER(BOUND(?value))
    OPTIONAL {{ ?thing jx:name ?called }} OPTIONAL {{ ?thing jx:item ?item }} OPTIONAL {{ ?thing jx:period ?period }}
    OPTIONAL {{ ?thing jx:measureName ?measure }} OPTIONAL {{ ?thing jx:category ?category }}
    OPTIONAL {{ ?thing jx:dimension ?scored }}
    BIND(COALESCE(?level3, CONCAT(?scored, "得分"), CONCAT(?category, "人员", ?measure), ?measure, ?called) AS ?label)
    BIND(IF(?kind = "amount", COALESCE(?item, ?called), ?none) AS ?part)
    OPTIONAL {{ ?thing jx:subjectName ?subject }}
    OPTIONAL {{ ?thing jx:unit|jx:{indicator}Unit ?unit }}
  }}
}}
ORDER BY ?report ?start"""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that a report states, and how well it fits what is asked."""

    row: Row
    fit: float

    @property
    def label(self) -> str:
        part = self.row.get("part", "")
        return f"{self.row['label']}·{part}" if part else str(self.row["label"])

    @property
    def unit(self) -> str:
        return str(self.row.get("unit", "元" if self.row["kind"] == "amount" else ""))


def query(table: Table, indicator: str = "actual") -> str:
    """The query for every figure of the table's reports; of indicators the `actual` value or the `target`."""
    return _QUERY.format(where="\n".join(list(where(table))[:-1]), indicator=indicator)


def best(rows: Iterable[Row], words: str, unit: str, lift: Mapping[str, float], least: float = LEAST) -> list[Figure]:
    """The figures that fit `words` best and count in `unit` ('' for any), equal ones in reading order;
    none where nothing fits. `lift` says from 0 to 1 how close the passage of a fact is to the words."""
    asked = _Words.of(words)
    fitting = [
        Figure(row, _lifted(asked.fit(row), lift.get(row["thing"], 0.0), asked, unit))
        for row in rows
        if suits(row, unit)
    ]
    top = max((figure.fit for figure in fitting), default=0.0)
    if top < least:
        return []
    first: dict[tuple[str, str, Decimal | str], Figure] = {}
    for figure in fitting:
        if figure.fit > top - 0.02:
            first.setdefault((figure.row["report"], figure.label, figure.row["value"]), figure)
    return list(first.values())


def _lifted(fit: float, lift: float, asked: _Words, unit: str) -> float:
    """Search knows English and other words for a thing, names know which number of a sentence is meant: none
    whose name shares nothing with words that are known, unless it alone counts in what is asked for (平方米)."""
    if unit in _COMMON and not fit and asked.translated not in ((), _UNTRANSLATED):
        return 0.0
    return 0.5 * fit + 0.5 * lift if asked.translated else max(fit, 0.6 * fit + 0.4 * lift)


@dataclass(frozen=True, slots=True)
class _Words:
    """The words asked for; of English ones what each can be in Chinese."""

    text: str
    translated: tuple[frozenset[str], ...] = ()

    @classmethod
    def of(cls, words: str) -> _Words:
        text = _NOT_WORDS.sub("", words)
        if _HAN.search(text):
            return cls(text)
        return cls("", _in_chinese(words) or _UNTRANSLATED)

    def fit(self, row: Row) -> float:
        """From 0 to a little over 1: how well a figure's name fits the words; the name of the project
        that it is of counts apart."""
        subject = _NOT_WORDS.sub("", plain(str(row.get("subject", ""))))
        label, part = (_NOT_WORDS.sub("", plain(str(row.get(key, "")))) for key in ("label", "part"))
        if self.translated:
            rest = tuple(others for others in self.translated if not any(other in subject for other in others))
            names = [label, *([label + part, part] if part else [])]
            fit = max(_translated_fit(rest, name) for name in names)
            return fit + (_OF if fit and len(rest) < len(self.translated) else 0.0)
        about = _about(subject, self.text)
        text = self.text.replace(about, "") if about else self.text
        names = [label.replace(about, "") or label, *([label + part, part] if part else [])]
        return max(_fit(text, name) for name in names) + (_OF if about else 0.0)


def _fit(text: str, name: str) -> float:
    return (_shared(set(text), set(name)) + _shared(_pairs(text), _pairs(name))) / 2


def _translated_fit(words: Sequence[frozenset[str]], name: str) -> float:
    said = [others for others in words if any(other in name for other in others)]
    covered = sum(max(len(other) for other in others if other in name) for others in said)
    return (len(said) / len(words) + min(1.0, covered / len(name))) / 2 if said else 0.0


@lru_cache(maxsize=1024)
def _about(subject: str, text: str) -> str:
    """How the words name the project that a figure is of: the longest piece of its name, if it is long
    enough to mean it."""
    same = SequenceMatcher(None, subject, text, autojunk=False).find_longest_match()
    return subject[same.a : same.a + same.size] if same.size >= max(4, 0.4 * len(subject)) else ""


def _in_chinese(words: str) -> tuple[frozenset[str], ...]:
    """What each English word or phrase can be in Chinese: lay words, and the nouns of questions and offices."""
    found = [frozenset(map(plain, p.others)) for p in paraphrases(words)]
    said = " ".join(p.said for p in paraphrases(words))
    return (*found, *(_nouns()[word] for word in words.split() if word in _nouns() and word not in said))


@cache
def _nouns() -> Mapping[str, frozenset[str]]:
    concepts = (*scheme("question-words").values(), *scheme("bureau-words").values())
    known: dict[str, set[str]] = {}
    for concept in concepts:
        for word in (concept.label_en, *concept.aliases_en):
            if " " not in word:
                known.setdefault(plain(word), set()).add(plain(concept.label))
    return {word: frozenset(chinese) for word, chinese in known.items()}


def _pairs(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1)}


def _shared(one: set[str], other: set[str]) -> float:
    """How much two sets have in common, from 0 to 1."""
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


# ── Units ───────────────────────────────────────────────────────────────────────────────────────

_ASKED_UNIT = re.compile(r"(?:多少|几|第几)(?P<unit>[\u3400-\u9fff]{1,4})")
_HOW_LONG = re.compile("多久|多长时间|how long")
_SCALE = re.compile(r"^[百千万亿]+(?=[^元钱])")  # 多少万人次 counts 人次
_ENGLISH_UNITS = (
    (r"percent|percentage|share|proportion|\brate\b|growth", "%"),
    (r"how much (?:money|did .* cost)|\bcost\b|yuan|investment|amount of money|spend|spent", "元"),
    (r"square metre|square meter|sqm|m2", "平方米"),
    (r"kilometre|kilometer|\bkm\b", "公里"),
    (r"\brank", "名"),
)


def unit_asked(text: str) -> str:
    """The unit that a piece of a question asks for: 多少平方米 → 平方米, how much … cost → 元; '' for any."""
    found = _ASKED_UNIT.search(text)
    if found:
        words = _SCALE.sub("", found["unit"])
        known = (unit for unit in sorted(_units(), key=len, reverse=True) if words.startswith(unit))
        unit = next(known, "")
        return "元" if in_yuan(Decimal(1), unit) else unit
    if _HOW_LONG.search(text):
        return "天"
    if re.search(r"占比|比例|百分之|比重|增长率|增速|率是?多少", text):
        return "%"
    if re.search(r"多少钱|花了?多少|金额", text):
        return "元"
    named = next((unit for pattern, unit in _ENGLISH_UNITS if re.search(pattern, text)), "")
    counts = "how many" in text and (not named or (named == "元" and "yuan" not in text))  # how many investors
    return "个" if counts else named


@cache
def _units() -> frozenset[str]:
    counters = scheme("quantities")
    top = counters["计数单位"].iri
    words = {word for c in counters.values() if c.broader == top for word in (c.label, *c.aliases)}
    return frozenset(words | {word for c in scheme("units").values() for word in (c.label, *c.aliases)} | {"钱"})


def suits(row: Row, unit: str) -> bool:
    """Whether a figure can answer what is asked in `unit`: money is money, a share is a share; the
    words with which things are counted (个, 家, 项) are not held against each other."""
    own = str(row.get("unit", ""))
    if not unit:
        return True
    if isinstance(row["value"], str):
        return False
    return _family(unit) == _family(own, money=row["kind"] == "amount")


def _family(unit: str, money: bool = False) -> str:
    if money or unit == "元" or in_yuan(Decimal(1), unit) or unit.endswith(_FOREIGN):
        return "money" if unit or money else ""
    for family, words in {
        "%": ("%",),
        "area": ("平米", "平方米", "亩", "公顷"),
        "length": ("公里", "米"),
        "time": ("天", "日", "年", "月", "小时", "分钟", "秒"),
    }.items():
        if unit.endswith(words):
            return family
    return "count"
