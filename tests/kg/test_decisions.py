"""A decision is keyed to the words that prove a finding, and once taken it is never lost."""

from __future__ import annotations

import random
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import workspace
from kg.decisions import Decision, add_missing, append, decision, decisions, key, kin, standing
from kg.errors import JixiaoError, WorkspaceError
from kg.facts import Evidence, Finding
from kg.workspace import Workspace

NOON = datetime(2025, 4, 1, 4, tzinfo=UTC)


def finding(
    *quotes: str, rule: str = "share", report: str = "甲.txt", at: int = 0, line: str | None = "1 ≠ 2"
) -> Finding:
    places = []
    for quote in quotes:
        places.append(Evidence(report, at, at + len(quote), quote))
        at += len(quote) + 1
    return Finding(
        evidence=places[0], others=tuple(places[1:]), type="rate-mismatch", severity="error", rule=rule,
        explanation="不一致", recomputation=line,
    )  # fmt: skip


RATE = finding("执行率为95%", "支出1080.45万元")


@pytest.fixture
def place(tmp_path: Path) -> Workspace:
    return workspace.create(tmp_path / "w")


def taken(count: int) -> list[Decision]:
    found = (finding(f"执行率为{number}%") for number in range(count))
    return [decision(one, "confirmed", "张三", at=NOON + timedelta(seconds=n)) for n, one in enumerate(found)]


@given(st.integers(0, 5000), st.randoms())
def test_a_finding_keeps_its_key_wherever_its_words_stand_and_in_whatever_order(
    shift: int, chance: random.Random
) -> None:
    quotes = ["执行率为95%", "支出1080.45万元", "预算1200.50万元"]
    shuffled = chance.sample(quotes, len(quotes))
    assert key(finding(*shuffled, at=shift)) == key(finding(*quotes))


@pytest.mark.parametrize(
    "other",
    [
        finding("执行率为96%", "支出1080.45万元"),
        finding("执行率为95%", "支出1080.45万元", rule="growth"),
        finding("执行率为95%", "支出1080.45万元", report="乙.txt"),
        finding("执行率为95%", "支出1080.45万元", line="3 ≠ 4"),
        finding("执行率为95%"),
    ],
)
def test_another_word_rule_report_or_sum_is_another_finding(other: Finding) -> None:
    assert key(other) != key(RATE)


def test_a_finding_whose_number_changed_is_kin_to_what_it_was() -> None:
    assert kin(finding("执行率为96%", "支出1,080万元", line="")) == kin(RATE)
    assert kin(finding("完成率为95%", "支出1080.45万元")) != kin(RATE)


def test_the_last_decision_stands(place: Workspace) -> None:
    append(place, [decision(RATE, "confirmed", "张三", at=NOON)])
    append(place, [decision(RATE, "dismissed", "李四", "口径不同", at=NOON + timedelta(days=1))])
    status, held = standing(decisions(place)).of(RATE, {key(RATE)})
    assert status == "dismissed"
    assert held is not None
    assert (held.by, held.reason, held.reports, held.rule) == ("李四", "口径不同", ("甲.txt",), "share")
    append(place, [decision(RATE, "open", "张三", at=NOON + timedelta(days=2))])
    assert standing(decisions(place)).of(RATE, {key(RATE)})[0] == "open"
    assert len(decisions(place)) == 3  # nothing is ever taken out


def test_a_decision_on_other_numbers_is_stale_once_those_are_gone(place: Workspace) -> None:
    append(place, [decision(RATE, "dismissed", "张三", "四舍五入", at=NOON)])
    changed = finding("执行率为96%", "支出1080.45万元")
    held = standing(decisions(place))
    assert held.of(changed, {key(changed)})[0] == "stale"
    assert held.of(changed, {key(changed), key(RATE)}) == ("open", None)  # another place, not the same one
    assert held.of(finding("完成率为96%"), set()) == ("open", None)


@pytest.mark.parametrize(
    ("status", "by", "reason", "code"),
    [
        ("dismissed", "张三", " ", "no-reason"),
        ("fixed", " ", "", "no-name"),
        ("stale", "张三", "", "unknown-status"),
        ("done", "张三", "", "unknown-status"),
        ("confirmed", "张三", "长" * 3000, "too-long"),
    ],
)
def test_what_is_no_decision_is_refused(status: str, by: str, reason: str, code: str) -> None:
    with pytest.raises(JixiaoError) as refused:
        decision(RATE, status, by, reason)
    assert refused.value.code == code


def test_a_line_cut_short_by_a_crash_is_dropped_and_the_next_is_written_after_the_whole_ones(place: Workspace) -> None:
    append(place, taken(3))
    path = place.folder / "decisions.jsonl"
    whole = path.read_bytes()
    for cut in range(1, len(whole) - whole[:-1].rfind(b"\n") - 1):
        path.write_bytes(whole[:-cut])
        assert decisions(place) == tuple(taken(2))
    append(place, taken(3)[2:])
    assert path.read_bytes() == whole


@given(st.data())
def test_a_changed_or_missing_line_shows(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    place = workspace.create(tmp_path_factory.mktemp("w") / "w")
    append(place, taken(4))
    path = place.folder / "decisions.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    removed = data.draw(st.booleans())
    at = data.draw(st.integers(0, 2 if removed else 3))  # that the last one is gone, nothing can tell
    changed = [] if removed else [lines[at].replace("张三".encode(), "李四".encode())]
    path.write_bytes(b"".join([*lines[:at], *changed, *lines[at + 1 :]]))
    with pytest.raises(WorkspaceError) as damaged:
        decisions(place)
    assert damaged.value.code == "damaged-decisions"
    with pytest.raises(WorkspaceError):
        append(place, taken(1))


def test_writers_at_the_same_time_lose_nothing(place: Workspace) -> None:
    threads = [threading.Thread(target=append, args=(place, [one])) for one in taken(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(decisions(place)) == set(taken(12))


def test_decisions_from_elsewhere_are_added_once(place: Workspace) -> None:
    append(place, taken(2))
    add_missing(place, taken(4))
    add_missing(place, taken(4))
    assert decisions(place) == tuple(taken(4))
