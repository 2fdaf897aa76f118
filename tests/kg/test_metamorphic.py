"""Change the writing and the facts stay; change one number and just the facts that state it change.

Held against made-up reports, the examples and, where they lie beside the checkout, real reports.
"""

from __future__ import annotations

import json
import random
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from generator import generate

from kg import reader
from kg.examine import examine
from kg.facts import Fact, to_json

PLACE = ("start", "end", "quote", "boxes", "cells", "report", "evidence")
HAN = "[\u4e00-\u9fff]"
Change = Callable[[str, random.Random], str]


def facts(text: str, name: str) -> list[Fact]:
    return list(examine(text.encode(), name).facts)


def told(fact: Fact) -> str:
    """What a fact says, whatever stands where: letters and figures only."""
    record = {key: str(value) for key, value in to_json(fact).items() if key not in PLACE}
    words = unicodedata.normalize("NFKC", json.dumps(record, ensure_ascii=False, sort_keys=True))
    return re.sub(r"[\s,:;()\[\]\"'、，。；：（）]", "", words)


def all_told(text: str, name: str) -> Counter[str]:
    return Counter(map(told, facts(text, name)))


# Texts


def _texts(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.iterdir()):
        if path.suffix in (".txt", ".md"):
            yield path.name, reader.read(path.read_bytes(), path.name).source.text


@pytest.fixture(scope="module")
def texts(examples: Path) -> dict[str, str]:
    """Examples, and one made-up report of each layout."""
    made = [
        generate(seed, layout, "md")
        for seed, layout in enumerate(("hebei", "sichuan", "hunan", "budget", "final_accounts"))
    ]
    return dict(_texts(examples)) | {one.name: reader.read(one.data, one.name).source.text for one in made}


# What changes nothing


def prose(change: Callable[[str, random.Random], str]) -> Change:
    """`change` on every line that is no row of a table."""

    def changed(text: str, dice: random.Random) -> str:
        lines = text.split("\n")
        return "\n".join(line if "\t" in line or "|" in line else change(line, dice) for line in lines)

    return changed


def page_breaks(text: str, dice: random.Random) -> str:
    """A form feed and a page number between two paragraphs, here and there."""
    lines, found = text.split("\n"), []
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        found.append(line)
        whole = line.rstrip().endswith(("。", "！")) and not any(mark in line + after for mark in "\t|<")
        if whole and dice.random() < 0.2:
            found += ["", f"- {len(found)} -", "\f"]
    return "\n".join(found)


def half_width(line: str, dice: random.Random) -> str:
    return line.translate(str.maketrans("（）：；％", "():;%"))


def full_width_figures(line: str, dice: random.Random) -> str:
    """２０２４年 of a typewriter; list numbers stay, as they do there."""
    head = re.match(r"[\s#*]*(?:[（(]?\d+[）)、.．]?\s*)?", line)
    start = head.end() if head else 0
    return line[:start] + line[start:].translate(str.maketrans("0123456789%", "０１２３４５６７８９％"))


def blanks_at_figures(line: str, dice: random.Random) -> str:
    """2024 年 1 月, as some programs set it."""
    head = re.match(r"[\s#*]*(?:[（(]?\d+[）)、.．]?\s*)?", line)
    start = head.end() if head else 0
    return line[:start] + re.sub(rf"(?<={HAN})(?=\d)|(?<=[\d%])(?={HAN})", " ", line[start:])


def blanks_between_characters(line: str, dice: random.Random) -> str:
    """预算 执行率: a stray blank between two characters of a longer line."""
    if len(line) < 30 or line.lstrip().startswith("#"):
        return line
    pieces = re.split(rf"(?<={HAN})(?={HAN})", line[12:])
    return line[:12] + "".join(piece + (" " if dice.random() < 0.08 and piece else "") for piece in pieces)


def other_marks_of_lists(line: str, dice: random.Random) -> str:
    """1. and 1、, （一） and (一)."""
    line = re.sub(r"^(\s*)(\d{1,2})[.．](?=[^\d\s])", r"\1\2、", line)
    return re.sub(r"^(\s*)（([一二三四五六七八九十]{1,3})）", r"\1(\2)", line)


WRITINGS: dict[str, Change] = {
    "page breaks": page_breaks,
    "half width": prose(half_width),
    "full width figures": prose(full_width_figures),
    "blanks at figures": prose(blanks_at_figures),
    "blanks between characters": prose(blanks_between_characters),
    "other marks of lists": prose(other_marks_of_lists),
}


WIDER = ("full width figures", "blanks at figures", "blanks between characters")  # a broken line tells by its width


def is_broken(text: str) -> bool:
    """Whether the lines of `text` are those of a page, broken in mid-sentence."""
    lines = [line.rstrip() for line in text.split("\n") if len(line) > 25 and "\t" not in line and "|" not in line]
    return sum(bool(re.search(rf"{HAN}$", line)) for line in lines) > len(lines) / 4


def differences(text: str, name: str, change: Change) -> list[str]:
    before, after = all_told(text, name), all_told(change(text, random.Random(name)), name)
    return [*(f"- {fact}" for fact in (before - after)), *(f"+ {fact}" for fact in (after - before))]


@pytest.mark.parametrize("writing", WRITINGS)
def test_another_writing_gives_the_same_facts(texts: dict[str, str], writing: str) -> None:
    chosen = {name: text for name, text in texts.items() if writing not in WIDER or not is_broken(text)}
    assert len(chosen) >= len(texts) - 1
    found = {name: differences(text, name, WRITINGS[writing]) for name, text in chosen.items()}
    assert {name: lines for name, lines in found.items() if lines} == {}


@pytest.mark.parametrize("writing", WRITINGS)
def test_another_writing_of_a_real_report_gives_the_same_facts(shared: Path, writing: str) -> None:
    chosen = [(name, text) for name, text in _texts(shared / "seeds") if writing not in WIDER or not is_broken(text)]
    found = {name: differences(text, name, WRITINGS[writing]) for name, text in chosen}
    assert {name: lines for name, lines in found.items() if lines} == {}


# What changes just what depends on it


def _numbers(text: str) -> list[re.Match[str]]:
    """The amounts of money that stand once in `text`."""
    found = list(re.finditer(r"(?<![\d.,])\d{2,4}\.\d{2}(?=\s?万元)", text))
    return [match for match in found if text.count(match.group()) == 1]


def _changes_only_what_states_it(text: str, name: str) -> None:
    dice = random.Random(name)
    numbers = _numbers(text)
    for match in dice.sample(numbers, min(4, len(numbers))):
        other = str(9 - int(match.group()[0]) or 1) + match.group()[1:-1] + ("7" if match.group()[-1] != "7" else "3")
        after = text[: match.start()] + other + text[match.end() :]
        was, now = facts(text, name), facts(after, name)
        assert len(was) == len(now), match.group()
        for old, new in zip(was, now, strict=True):
            place = old.evidence
            if not (place.start < match.end() and match.start() < place.end):
                assert told(old) == told(new), match.group()
        changed = [(old, new) for old, new in zip(was, now, strict=True) if told(old) != told(new)]
        assert changed, match.group()
        for _, new in changed:
            assert other in new.evidence.quote


def test_another_number_changes_just_the_facts_that_state_it(texts: dict[str, str]) -> None:
    for name, text in texts.items():
        _changes_only_what_states_it(text, name)


def test_another_number_in_a_real_report_changes_just_the_facts_that_state_it(shared: Path) -> None:
    for name, text in _texts(shared / "seeds"):
        _changes_only_what_states_it(text, name)


def _moved(found: list[Fact], words: dict[str, str]) -> Counter[str]:
    def moved(text: str) -> str:
        for old, new in words.items():
            text = re.sub(rf"(?<![\d.]){old}(?![\d.])", new, text)
        return text

    return Counter(moved(told(fact)) for fact in found)


def test_another_year_moves_every_fact_to_it(texts: dict[str, str]) -> None:
    """All years move, with those they are compared to."""
    years = {str(year): f"@{year}@" for year in range(2012, 2036)}
    ahead = {f"@{year}@": str(year + 3) for year in range(2012, 2036)}
    for name, text in texts.items():
        if "T0000" in text:  # codes of projects hold years
            continue
        moved = re.sub(r"20(?:1[2-9]|2\d)(?=\s?年|\s?[-—]\s?20)", lambda m: str(int(m.group()) + 3), text)
        before = _moved(facts(text, name), years | ahead)
        assert before - Counter(map(told, facts(moved, name))) == Counter(), name


def test_another_department_is_the_subject_of_every_fact() -> None:
    made: dict[str, Any] = {}
    for seed in range(40):
        one = generate(seed, "sichuan", "md")
        made.setdefault(one.truth.office.field, one)
    for one in made.values():
        office = one.truth.office
        text = reader.read(one.data, one.name).source.text
        other = "丰" + ("泽" if "泽" not in office.region else "澜") + office.region[-1]
        before = _moved(facts(text, "a.md"), {office.region: other})
        assert before == Counter(map(told, facts(text.replace(office.region, other), "a.md"))), office.name
