"""The real PDFs beside the checkout: a final account, budgets, a blank template."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from kg import reader
from kg.document import Document, Table, walk
from kg.examine import examine
from kg.facts import Amount


def tables(document: Document) -> list[list[list[str]]]:
    blocks = (block for part in document.parts for path in walk(part.sections) for block in path[-1].blocks)
    return [
        [[document.source.quote(cell.span) for cell in row] for row in block.rows]
        for block in blocks
        if isinstance(block, Table)
    ]


def real(shared: Path, part: str) -> Path:
    (found,) = (path for path in (shared / "reports").glob("*.pdf") if part in path.name)
    return found


def test_every_real_report_is_read(shared: Path) -> None:
    for path in sorted((shared / "reports").glob("*.pdf")):
        document = reader.read_file(path)
        assert len(tables(document)) >= 9, path.name


def test_the_nine_tables_of_a_final_account_come_out_row_by_row(shared: Path) -> None:
    found = tables(reader.read_file(real(shared, "财政局2024")))[1:]
    assert [len(rows[0]) for rows in found] == [4, 11, 10, 7, 7, 8, 12, 10, 10]
    assert [len(rows) for rows in found[:6]] == [32, 23, 23, 34, 24, 42]
    assert found[0][-1] == ["总计", "2,995.39", "总计", "2,995.39"]
    assert found[1][5][:6] == ["201", "06", "", "财政事务", "2,112.86", "2,106.66"]
    assert found[2][6][3:7] == ["行政运行", "1,511.89", "1,503.52", "8.37"]
    assert found[3][-1] == ["总计", "2,961.68", "总计", "2,961.68", "2,961.68", "", ""]
    assert found[4][-2] == ["221", "02", "03", "购房补贴", "258.50", "258.50", ""]
    assert found[5][6] == ["301", "03", "奖金", "", "302", "03", "咨询费", ""]
    assert found[6][-1] == ["0.95", "", "", "", "", "", "", "", "", "", "0.95", ""]


def test_the_facts_of_a_final_account_have_their_codes_units_and_proofs(shared: Path) -> None:
    path = real(shared, "财政局2024")
    examined = examine(path.read_bytes(), path.name)
    amounts = [fact for fact in examined.facts if isinstance(fact, Amount)]
    coded = {(fact.measure, fact.code): fact.value_yuan for fact in amounts if fact.code}
    assert coded["基本支出", "2010601"] == Decimal("15035200")
    assert coded["项目支出", "2010608"] == Decimal("4495200")
    assert coded["经济分类支出", "30102"] == Decimal("12385800")
    assert {fact.year for fact in amounts if fact.measure == "年末结转和结余"} == {2024}
    source = examined.document.source
    assert all(source.text[f.evidence.start : f.evidence.end] == f.evidence.quote for f in examined.facts)


def test_a_blank_template_gives_no_figure(shared: Path) -> None:
    path = real(shared, "模板")
    facts = examine(path.read_bytes(), path.name).facts
    assert {fact.kind for fact in facts} <= {"report", "duty"}


def test_budgets_of_two_years_are_of_one_department(shared: Path) -> None:
    headers = [examine(path.read_bytes(), path.name).header for path in (real(shared, "处23"), real(shared, "处24"))]
    assert len({header.department for header in headers}) == 1
    assert [header.fiscal_year for header in headers] == [2023, 2024]
