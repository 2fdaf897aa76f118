"""Which beginnings of a line are numbers of a list, and where the words begin."""

import pytest

from kg import numbering

NUMBERS = [
    ("第一部分 部门概况", "part", 1, "部门概况"),
    ("第二章 预算安排", "chapter", 2, "预算安排"),
    ("一、主要职责", "han", 1, "主要职责"),
    ("二十三、其他", "han", 23, "其他"),
    ("（二）机构设置", "han-paren", 2, "机构设置"),
    ("(十三)其他工作", "han-paren", 13, "其他工作"),
    ("1、贯彻执行", "arabic", 1, "贯彻执行"),
    ("12．卫生", "arabic", 12, "卫生"),
    ("1.2024年全市", "arabic", 1, "2024年全市"),
    ("1.205（教育支出）", "arabic", 1, "205（教育支出）"),
    ("4. 208（社会保障", "arabic", 4, "208（社会保障"),
    ("1.1 概况", "decimal", 1, "概况"),
    ("（2） 自评", "arabic-paren", 2, "自评"),
    ("3）数量", "arabic-paren", 3, "数量"),
    ("①开展", "circled", 1, "开展"),
    ("#### **1、修缮", "arabic", 1, "修缮"),
    ("[bookmark: x_1]一、总则", "han", 1, "总则"),
    ("\u3000\u3000三、结论", "han", 3, "结论"),
]


@pytest.mark.parametrize(("line", "style", "value", "words"), NUMBERS)
def test_a_number_says_how_it_is_written_and_what_it_counts(line: str, style: str, value: int, words: str) -> None:
    number = numbering.read(line)
    assert number is not None
    assert (number.style, number.value, line[number.end :]) == (style, value, words)
    assert numbering.strip(line) == number.end


@pytest.mark.parametrize("line", ["2023年度", "1.5亿元", "3.4倍", "一般公共预算", "120个", "十分重视", "", "1.2 万元"])
def test_what_only_looks_like_a_number_is_none(line: str) -> None:
    assert numbering.read(line) is None
    assert numbering.strip(line) == 0
