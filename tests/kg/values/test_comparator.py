"""Signs and words that bound a number."""

import pytest

from kg.values import comparator

WORDS = ("不低于", "低于", "超过", "超", "约", "以上")


@pytest.mark.parametrize(
    ("text", "sign", "rest"),
    [
        ("≥100家", "≥", "100家"),
        (" >= 5", "≥", "5"),
        ("=1", "＝", "1"),
        ("＝1", "＝", "1"),
        ("≦3", "≤", "3"),
        ("<10", "＜", "10"),
    ],
)
def test_a_sign_is_told_in_one_form(text: str, sign: str, rest: str) -> None:
    found = comparator.sign(text)
    assert found is not None
    assert (found[0], text[found[1] :]) == (sign, rest)


def test_no_sign_is_none() -> None:
    assert comparator.sign("100%") is None


def test_a_word_before_a_number_is_found_longest_first() -> None:
    text = "协议金额不低于 240亿元以上"
    assert comparator.before(text, text.index("240"), WORDS) == "不低于"
    assert comparator.after(text, text.index("以上"), WORDS) == "以上"
    assert comparator.before("共240", 1, WORDS) == ""
