"""Cutting text into the words that are indexed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from search.words import cut, domain_words, folded, identity, simplified


def test_chinese_is_cut_into_words_and_into_pairs_of_characters() -> None:
    tokens = cut("督促校车安全")
    assert "校车" in tokens.words
    assert tokens.pairs == ("督促", "促校", "校车", "车安", "安全")
    assert tokens.characters == tuple("督促校车安全")


def test_numbers_codes_and_periods_stay_whole() -> None:
    words = cut("1-10月完成98.35%，科目2050201支出１，202.50万元，编码51A90-2024").words
    assert {"1-10", "98.35", "2050201", "1202.50", "51a90-2024", "51a90", "2024"} <= set(words)


def test_width_and_case_are_folded() -> None:
    assert folded("ＧＤＰ（％）") == "gdp(%)"
    assert cut("ＷＴＯ 规则").words == cut("wto规则").words


def test_traditional_characters_are_simplified_one_for_one() -> None:
    assert simplified("受理羣眾投訴，優化營商環境後") == "受理群众投诉，优化营商环境后"
    assert cut("優化營商環境") == cut("优化营商环境")
    everything = "".join(map(chr, range(0x3400, 0xA000)))
    assert len(simplified(everything)) == len(everything)
    assert simplified(simplified(everything)) == simplified(everything)


def test_a_single_character_is_its_own_pair() -> None:
    assert cut("2024年").pairs == ("年",)


def test_words_of_the_vocabulary_are_kept_whole() -> None:
    assert "绩效评价" in domain_words()
    assert "绩效评价" in cut("开展绩效评价工作").words


def test_words_that_the_dictionary_knows_are_cut_as_before() -> None:
    assert "部门" in cut("部门整体支出").words


def test_identity_names_engine_and_vocabulary() -> None:
    assert identity().startswith(("rjieba:", "jieba:"))


def test_jieba_stands_in_without_touching_the_shared_temporary_folder(tmp_path: Path) -> None:
    code = (
        "import sys; sys.modules['rjieba'] = None\n"
        "from search.words import ENGINE, cut\n"
        "assert ENGINE == 'jieba', ENGINE\n"
        "assert {'督促', '校车', '绩效评价'} <= set(cut('督促校车绩效评价').words)\n"
    )
    env = {"TMPDIR": str(tmp_path), "PATH": "/usr/bin:/bin", "PYTHONPATH": str(Path(__file__).parents[2])}
    subprocess.run([sys.executable, "-c", code], check=True, env=env, cwd=tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_hostile_text_is_cut_whole() -> None:
    for hostile in ("a-" * 100_000, "1," * 100_000, "-" * 200_000):
        assert cut(hostile) == cut(hostile.upper())
