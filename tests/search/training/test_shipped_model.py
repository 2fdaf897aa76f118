"""The model that ships: what it is made of, and that it knows plain words from officialese."""

from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from search.embedding import DEFAULT, load_model

FOLDER = Path(DEFAULT)


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return Tokenizer.from_file(str(FOLDER / "tokenizer.json"))


def test_the_folder_is_whole_and_small(tokenizer: Tokenizer) -> None:
    table = load_file(FOLDER / "model.safetensors")["embedding.weight"]
    assert table.dtype == np.float16
    assert table.shape == (tokenizer.get_vocab_size(), 256)
    assert np.isfinite(table).all()
    assert sum(path.stat().st_size for path in FOLDER.rglob("*") if path.is_file()) < 31e6
    assert (FOLDER / "README.md").is_file()


@pytest.mark.parametrize(
    ("query", "answer", "others"),
    [
        ("下水道堵了往外冒脏水", "负责城市排水管网养护和污水处理设施监管", ["负责离退休干部服务", "负责招生考试组织"]),
        ("孩子在学校被人欺负", "组织开展学生欺凌防治和校园安全工作", ["负责建筑施工许可", "管理公务接待"]),
        ("钱没花完是什么原因", "因项目尚未验收，部分资金结转下年使用", ["全年组织培训12期", "新增绿地20公顷"]),
        ("who looks after orphans", "负责孤儿和困境儿童的保障救助", ["负责水库大坝安全", "组织粮食收购"]),
        ("fewer forms to fill in", "精简审批环节和申请材料", ["开展森林防火巡查", "落实退休人员待遇"]),
    ],
)
def test_lay_words_find_the_official_sentence(query: str, answer: str, others: list[str]) -> None:
    model = load_model()
    similarity = model.encode_passages([answer, *others]) @ model.encode_query(query)
    assert similarity.argmax() == 0


def test_width_and_case_make_no_difference() -> None:
    model = load_model()
    np.testing.assert_array_equal(model.encode_query("ＧＤＰ增长"), model.encode_query("gdp增长"))


def test_a_text_of_unknown_signs_still_has_a_direction(tokenizer: Tokenizer) -> None:
    unknown = load_model().encode_query("龘𠮷")
    assert np.isfinite(unknown).all()
    assert tokenizer.token_to_id("[UNK]") == 0


def test_the_same_text_has_the_same_vector_alone_and_among_others() -> None:
    model = load_model()
    texts = ["负责河道采砂管理", "组织招商推介", "x"]
    alone = np.stack([model.encode_passages([t])[0] for t in texts])
    np.testing.assert_array_equal(alone, model.encode_passages(texts))
