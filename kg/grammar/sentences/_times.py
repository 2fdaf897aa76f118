"""The time that the words before a figure speak of, and what they compare it with."""

from __future__ import annotations

import re

from kg.grammar.lexicon import either, words

_LAST_YEAR = either(words("functional-words", "上年"))
_TITLES = re.compile(r"《[^《》]{0,80}》")
_SPELLED_YEAR = re.compile(
    r"(?P<before>[与比较同和自]|超过|[高低]于|[建立办始牌成]于)?(?P<year>(?:19|20)\d{2})年(?!\d{1,2}月(?!底|末|\d{1,2}日))"
)
_ASIDE = re.compile(r"\((?!(?:19|20)\d{2}年度?\))[^()]{0,80}\)")
_COMPARED = re.compile(r"[^,。;]{0,16}?相比")
_AGO = re.compile(rf"(?:{_LAST_YEAR})(?!结转|结余|度?结转)")
_PERIOD = re.compile(
    r"截[至止]到?(?:(?:19|20)\d{2}年)?(?:\d{1,2}月份?(?:\d{1,2}日|底|末)?|年?[底末]|目前)?|\d{1,2}[-—–~至]\d{1,2}月份?"
    r"|(?<![建立办始牌成]于)(?:19|20)\d{2}年(?:度|以来)?(?=[,、])"
    rf"|(?:^|(?<=[,。;:、(年]))(?:{either(words('functional-words', '全年'))})"
)
_BASE = re.compile(
    r"(?:与|同|和)(?P<base>[^,。;]{2,24}?)(?:相比|比较|对比)|(?:比|较)(?P<than>[^,。;\d]{0,2}(?:19|20)\d{2}年[^,。;\d]{0,14}?|上年[^,。;\d]{0,8}?)(?=,)"
)


def year_in(gap: str) -> int | None:
    """The year that `gap` sets for what follows: the last one named that nothing is compared with."""
    if "年" not in gap:
        return None
    gap = _TITLES.sub("", gap)
    named = [m for m in _SPELLED_YEAR.finditer(gap) if not m["before"] and not _COMPARED.match(gap, m.end())]
    return int(named[-1]["year"]) if named else None


def unclosed(gap: str) -> tuple[str, str | None]:
    """`gap` without brackets that close in it, up to one that stays open, and the words behind that: None where
    none does. A bracket that only gives a year says which one is meant."""
    if "(" not in gap:
        return gap, None
    before, mark, inside = _ASIDE.sub("", gap).rpartition("(")
    return (before, inside) if mark and ")" not in inside else (_ASIDE.sub("", gap), None)


def is_ago(clause: str) -> bool:
    """Whether a clause speaks of the year before: 上年为…, 去年完成…"""
    return _AGO.match(clause) is not None


def period_in(gap: str) -> str | None:
    """The last span of time that `gap` names, as written: 截至11月底, 1-10月份, 全年."""
    found = [m.group() for m in _PERIOD.finditer(gap)]
    return found[-1] if found else None


def base_in(gap: str) -> str | None:
    """What `gap` says the following is compared with: 与2022年度决算相比 → 2022年度决算."""
    found = list(_BASE.finditer(gap)) if "比" in gap or "较" in gap else []
    return (found[-1]["base"] or found[-1]["than"]) if found else None
