"""Names of organisations, their regions, and their short forms."""

import pytest

from kg.values import name


@pytest.mark.parametrize(
    ("organisation", "region"),
    [
        ("江河省青山市卫生健康委员会", "江河省青山市"),
        ("青山市云溪区教育局", "青山市云溪区"),
        ("云溪县水利局", "云溪县"),
        ("中共青山市委组织部", "青山市"),
        ("云山街道办事处", "云山街道"),
        ("城市管理局", ""),
        ("农业农村局", ""),
        ("市场监督管理局", ""),
        ("住房和城乡建设局", ""),
        ("教育局", ""),
    ],
)
def test_the_region_is_the_place_a_name_begins_with(organisation: str, region: str) -> None:
    assert name.region(organisation) == region


@pytest.mark.parametrize(
    "organisation", ["教育局", "青山市公安局云溪分局", "云溪县人民医院", "青山市财政局（本级）", "办公室"]
)
def test_organisations_are_known_by_their_ending(organisation: str) -> None:
    assert name.is_organisation(organisation)


@pytest.mark.parametrize("words", ["预算执行率", "局", "工作部署", ""])
def test_other_words_are_no_organisations(words: str) -> None:
    assert not name.is_organisation(words)


def test_names_are_found_between_words_of_grammar() -> None:
    text = "局机关内设办公室、人事科和财务股，下属事业单位为青山市图书馆，隶属青山市文化局。各部门处理事务"
    assert [found.text for found in name.find(text)] == ["办公室", "人事科", "财务股", "青山市图书馆", "青山市文化局"]


@pytest.mark.parametrize(
    ("short", "full", "fits"),
    [
        ("市卫健委", "青山市卫生健康委员会", True),
        ("青山市文旅局", "青山市文化和旅游局", True),
        ("文旅局", "青山市教育局", False),
        ("教育局", "教育局", False),
        ("图书馆", "青山市文化局", False),
    ],
)
def test_a_short_form_keeps_order_and_ending(short: str, full: str, fits: bool) -> None:
    assert name.abbreviates(short, full) is fits


def test_folding_makes_two_writings_one() -> None:
    assert name.fold("青山市 教育局（本级）") == name.fold("青山市教育局(本级)")
