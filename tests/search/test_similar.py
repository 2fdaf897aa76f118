"""More like this, and two departments side by side, over the examples."""

from __future__ import annotations

import pytest

from kg.errors import BadQuery, JixiaoError
from kg.text import Span
from search.collection import Collection
from search.index import SearchIndex
from search.passage import Passage
from search.similar import Named, by_iri, by_span, compare, similar

WATER, SCHOOLS = "青岭区水利局", "云溪县教育局"
OLDER, NEWER = "青岭区水利局2023年自评.md", "青岭区水利局2024年自评.md"


@pytest.fixture(scope="module")
def index(collection: Collection) -> SearchIndex:
    return collection.index


@pytest.fixture(scope="module")
def drinking(collection: Collection) -> Named:
    """The older duty of the water bureau to see to drinking water in villages."""
    start = collection.source(OLDER).text.index("负责农村饮水安全工程")
    return by_span(collection.index, OLDER, Span(start, start + 20))


def texts(named: tuple[Named, ...]) -> set[str]:
    return {passage.text for _, passage in named}


def test_a_place_in_a_report_leads_to_the_passage_that_says_it(index: SearchIndex, drinking: Named) -> None:
    iri, passage = drinking
    assert passage.kind == "duty"
    assert "农村饮水安全" in passage.text
    assert by_iri(index, iri) == drinking


def test_where_nothing_is_there_is_an_error(index: SearchIndex) -> None:
    for find in (
        lambda: by_iri(index, "https://example.org/nothing"),
        lambda: by_span(index, OLDER, Span(10**6, 10**6 + 5)),
        lambda: by_span(index, "没有.txt", Span(0, 5)),
    ):
        with pytest.raises(JixiaoError) as error:
            find()
        assert error.value.code == "no-such-passage"


def test_the_same_duty_of_another_year_comes_first_and_the_duty_itself_never(
    index: SearchIndex, drinking: Named
) -> None:
    hits = similar(index, drinking, 50)
    assert hits[0].passage.report == NEWER
    assert "农村饮水安全" in hits[0].passage.text
    assert drinking[0] not in {hit.iri for hit in hits}
    assert {hit.passage.kind for hit in hits} == {"duty"}


def test_elsewhere_leaves_out_the_department_and_still_fills_the_page(index: SearchIndex, drinking: Named) -> None:
    hits = similar(index, drinking, 5, elsewhere=True)
    assert len(hits) == 5
    assert all(hit.passage.department != drinking[1].department for hit in hits)


def test_filters_hold_before_the_ranking_is_cut(index: SearchIndex, drinking: Named) -> None:
    everything = similar(index, drinking, len(index.catalogue), kind=None)
    wanted = [hit.iri for hit in everything if hit.passage.fiscal_year == 2024 and hit.passage.kind == "duty"]
    assert wanted
    assert [hit.iri for hit in similar(index, drinking, 5, year=2024)] == wanted[:5]


def test_quotation_marks_in_a_passage_demand_nothing(index: SearchIndex) -> None:
    text = "提供“一站式”服务，受理“停水”投诉"
    passage = Passage(report="甲.txt", sha256="甲", span=Span(0, len(text)), text=text, sentence=text, kind="duty")
    assert any("停水" in hit.passage.text for hit in similar(index, ("https://example.org/a", passage), 3))


def test_a_department_compared_with_itself_shares_everything(index: SearchIndex) -> None:
    same = compare(index, WATER, WATER)
    assert not same.only_here
    assert not same.only_there
    assert all(pair.here == pair.there and pair.similarity == pytest.approx(1) for pair in same.shared)


def test_every_duty_of_two_departments_is_shared_or_on_one_side(index: SearchIndex) -> None:
    found = compare(index, WATER, SCHOOLS)
    water, schools = compare(index, WATER, WATER), compare(index, SCHOOLS, SCHOOLS)
    here = [pair.here for pair in found.shared] + list(found.only_here)
    there = [pair.there for pair in found.shared] + list(found.only_there)
    assert sorted(iri for iri, _ in here) == sorted(pair.here[0] for pair in water.shared)
    assert sorted(iri for iri, _ in there) == sorted(pair.here[0] for pair in schools.shared)
    assert any("河道" in text for text in texts(found.only_here))
    assert any("校外培训" in text for text in texts(found.only_there))


def test_the_lower_the_least_likeness_the_more_is_shared_one_to_one(index: SearchIndex) -> None:
    shared = [compare(index, WATER, SCHOOLS, least=least).shared for least in (0.9, 0.4, -1.0)]
    assert len(shared[0]) <= len(shared[1]) <= len(shared[2])
    for pairs in shared:
        assert len({pair.here[0] for pair in pairs}) == len({pair.there[0] for pair in pairs}) == len(pairs)
        assert [pair.similarity for pair in pairs] == sorted((p.similarity for p in pairs), reverse=True)


def test_a_year_takes_the_reports_of_that_year_only(index: SearchIndex) -> None:
    found = compare(index, WATER, SCHOOLS, year=2024, least=1.1)
    assert {passage.report for _, passage in found.only_here} == {NEWER}


def test_one_department_in_two_years_says_what_changed(index: SearchIndex) -> None:
    found = compare(index, WATER, WATER, year=2023, year_there=2024, least=0.0)
    assert {pair.here[1].fiscal_year for pair in found.shared} == {2023}
    assert {pair.there[1].fiscal_year for pair in found.shared} == {2024}


def test_a_department_that_states_nothing_is_an_error(index: SearchIndex) -> None:
    with pytest.raises(BadQuery, match="没有名称含"):
        compare(index, WATER, "月球基地管理局")
