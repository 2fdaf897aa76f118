"""Two passages have one wording where one was copied from the other, whatever numbers and names were put in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.wording import numbers, skeleton, telling, wording

COPIED = "青禾县林业局预算编制不够细化，{}个项目的绩效指标没有量化，全年调整预算{}万元，影响了执行进度。"


def test_numbers_names_marks_and_list_numbers_make_no_difference() -> None:
    ours = wording(COPIED.format(3, "1,204.50"), ["青禾县林业局"])
    theirs = "（二）白泽县民政局预算编制不够细化， 12 个项目的绩效指标没有量化,全年调整预算9.6万元，影响了执行进度"
    assert ours
    assert wording(theirs, ["白泽县民政局", "白泽县"]) == ours


def test_another_word_makes_another_wording() -> None:
    assert wording(COPIED.format(3, 5)) != wording(COPIED.format(3, 5).replace("细化", "准确"))


@pytest.mark.parametrize(
    "text", ["", "加强预算管理。", "2024年收入1234.5万元，支出1234.5万元，结余0.00万元，执行率100%。"]
)
def test_what_anybody_may_say_has_no_wording(text: str) -> None:
    assert wording(text) == ""


@given(st.text(max_size=80), st.integers(0, 10**9))
def test_no_number_decides(text: str, number: int) -> None:
    assert wording(f"{text}共{number}个") == wording(f"{text}共7个")


def test_numbers_come_in_their_order_without_separators() -> None:
    assert numbers("2、投入1,204.50万元，走访160户") == ("1204.50", "160")


def test_years_documents_and_small_or_round_numbers_tell_nothing() -> None:
    text = "根据财预〔2018〕167号文件，2024年走访16户，合格率100%，投入1,204.5万元，受理213件"
    assert telling(text) == ("1204.5", "213")


def test_a_hostile_line_is_read_as_fast_as_any_other() -> None:
    for line in ("〔2018" * 200_000, "1," * 500_000, "（一" * 400_000):
        assert isinstance(wording(line), str)
        assert telling(line) is not None


@given(st.text(st.sampled_from("甲乙a1#@%_ ，（）。-\n"), max_size=40))
def test_what_is_no_word_goes_alone_or_in_a_row(text: str) -> None:
    kept = [char for char in skeleton(text) if char not in "#"]
    assert all(char in "@%" or (char.isalnum() and not char.isdigit()) for char in kept)
