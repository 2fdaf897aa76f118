"""The real PDFs beside the checkout: a final account, budgets, a blank template."""

from __future__ import annotations

from pathlib import Path

from trees import grids

from kg import reader, workspace
from kg.build import build
from kg.examine import examine
from search.collection import open_collection
from search.indexer import SearchIndexer


def real(shared: Path, part: str) -> Path:
    (found,) = (path for path in (shared / "reports").glob("*.pdf") if part in path.name)
    return found


def test_every_real_report_is_read(shared: Path) -> None:
    for path in sorted((shared / "reports").glob("*.pdf")):
        document = reader.read_file(path)
        assert len(grids(document)) >= 9, path.name


def test_every_fact_of_every_real_report_is_proved_in_the_text_and_shown_on_a_page(shared: Path) -> None:
    for path in sorted((shared / "reports").glob("*.pdf")):
        examined = examine(path.read_bytes(), path.name)
        source = examined.document.source
        assert all(source.quote(fact.evidence.span) == fact.evidence.quote for fact in examined.facts)
        assert all(fact.evidence.boxes for fact in examined.facts)
        assert (
            len({box.page for fact in examined.facts for box in fact.evidence.boxes} - {1}) >= 5 or "模板" in path.name
        )


def test_a_budget_with_its_explanations_is_one_report_with_its_duties(shared: Path) -> None:
    for part, duties in (("处23", 9), ("处24", 9), ("办公室25", 14)):
        examined = examine(real(shared, part).read_bytes(), f"{part}.pdf")
        assert len(examined.readings) == 1
        assert sum(fact.kind == "duty" for fact in examined.facts) == duties


def test_a_blank_template_says_nothing_but_what_it_is(shared: Path) -> None:
    path = real(shared, "模板")
    examined = examine(path.read_bytes(), path.name)
    assert {fact.kind for fact in examined.facts} == {"report"}
    assert examined.header.department is None
    assert not examined.derived


def test_budgets_of_two_years_are_of_one_department(shared: Path, tmp_path: Path) -> None:
    place = workspace.create(tmp_path)
    summary = build(place, [real(shared, "处23"), real(shared, "处24")], SearchIndexer())
    assert not summary.trouble
    rows = open_collection(tmp_path).query(
        "SELECT DISTINCT ?department ?year { ?report a jx:Report ; jx:department ?department ; jx:fiscalYear ?year }"
    )
    assert len({str(row.department) for row in rows}) == 1
    assert sorted(int(row.year) for row in rows) == [2023, 2024]
