"""Every format carries every fact; each has its own traps."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode, RdfFormat, Store
from rdflib import Graph

from kg import dropin, exports
from kg.errors import JixiaoError
from kg.exports import csv as csv_export
from kg.exports import jsonl, jsonld, parquet, turtle, xlsx
from kg.exports._table import inert
from kg.facts import KINDS, Fact, Problem, from_json
from kg.graph import Record, fact_iri, triples
from ontology.terms import JX


def written(export: Any, facts: Any, *more: Any) -> bytes:
    out = BytesIO()
    export.write(facts, out, *more)
    assert not out.closed
    return out.getvalue()


@pytest.mark.parametrize("name", dropin.names(exports))
def test_every_format_says_what_it_is_and_takes_no_facts_at_all(name: str) -> None:
    export = dropin.one(exports, name)
    assert export.MEDIA_TYPE
    assert export.EXTENSION.startswith(".")
    if name != "parquet":
        assert isinstance(written(export, iter(())), bytes)


def odd(record: Record, text: str) -> Problem:
    evidence = next(f for f in record.facts if f.kind == "problem").evidence
    return Problem(evidence=evidence, text=text)


def test_jsonl_lines_are_the_facts(record: Record) -> None:
    lines = written(jsonl, record.facts).decode().splitlines()
    assert [from_json(json.loads(line, parse_float=Decimal)) for line in lines] == list(record.facts)
    assert "青山县教育局" in lines[0]


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20))
def test_jsonl_numbers_keep_every_digit(value: Decimal) -> None:
    assert json.loads(jsonl.line([value]), parse_float=Decimal, parse_int=Decimal) == [value]


def test_jsonl_has_no_float_noise_and_one_line_a_fact(record: Record) -> None:
    amount = next(f for f in record.facts if f.kind == "amount")
    text = written(jsonl, [amount, odd(record, "两\n行\u2028")]).decode()
    assert '"value": 1200.5, "value_yuan": 12005000' in text
    assert text.count("\n") == 2


def test_csv_is_one_table_that_excel_opens(record: Record) -> None:
    data = written(csv_export, record.facts)
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(StringIO(data.decode("utf-8-sig"), newline="")))
    assert [row["kind"] for row in rows] == [fact.kind for fact in record.facts]
    assert [row["quote"] for row in rows] == [fact.evidence.quote for fact in record.facts]
    amount = next(row for row in rows if row["kind"] == "amount")
    assert (amount["value"], amount["value_yuan"], amount["unit"]) == ("1200.5", "12005000", "万元")
    finding = next(row for row in rows if row["kind"] == "finding")
    assert len(finding["evidence"].splitlines()) == 3


@pytest.mark.parametrize("text", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "-"])
def test_no_text_is_a_formula_in_a_spreadsheet(record: Record, text: str) -> None:
    assert inert(text) == f"'{text}"
    (row,) = csv.DictReader(StringIO(written(csv_export, [odd(record, text)]).decode("utf-8-sig"), newline=""))
    assert row["text"] == f"'{text}"
    book = openpyxl.load_workbook(BytesIO(written(xlsx, [odd(record, text)])))
    (sheet,) = book.worksheets
    assert {cell.data_type for cell in sheet[2]} <= {"s", "n"}, "no formula"


@pytest.mark.parametrize("value", ["-5", "-12.5%", "+3", "1,200", Decimal(-7), -7, None, True])
def test_plain_numbers_stay_as_they_are(value: Any) -> None:
    assert inert(value) == value


def test_xlsx_has_a_sheet_for_each_kind_with_heads_in_both_languages(record: Record) -> None:
    book = openpyxl.load_workbook(BytesIO(written(xlsx, record.facts)))
    assert sorted(name.split()[-1] for name in book.sheetnames) == sorted({f.kind for f in record.facts})
    sheet = book["金额 amount"]
    heads = [cell.value for cell in sheet[1]]
    first = dict(zip(heads, (cell.value for cell in sheet[2]), strict=True))
    assert (first["金额（元） value_yuan"], first["单位 unit"], first["原话 quote"]) == (
        12005000,
        "万元",
        "年初预算1200.50万元",
    )
    assert all(head.split()[0] != head for head in heads)


def test_xlsx_takes_characters_that_excel_does_not_know(record: Record) -> None:
    book = openpyxl.load_workbook(BytesIO(written(xlsx, [odd(record, "a\x00b\x0bc")])))
    assert "a\ufffdb\ufffdc" in [cell.value for cell in book.worksheets[0][2]]


def test_a_full_sheet_goes_on_in_the_next(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "ROWS", 2)
    facts = [odd(record, f"问题{n}") for n in range(5)]
    book = openpyxl.load_workbook(BytesIO(written(xlsx, facts)))
    assert [(sheet.title, sheet.max_row) for sheet in book.worksheets] == [
        ("问题 problem", 3),
        ("问题 problem 2", 3),
        ("问题 problem 3", 2),
    ]


RDF = pytest.mark.parametrize(("export", "format"), [(turtle, RdfFormat.TURTLE), (jsonld, RdfFormat.JSON_LD)])


def read(data: bytes, format: RdfFormat) -> Store:
    """What another program reads."""
    store = Store()
    store.load(data, format)
    return store


def instances(store: Store, kind: str) -> set[str]:
    return {quad.subject.value for quad in store.quads_for_pattern(None, None, NamedNode(JX[kind]))}  # type: ignore[union-attr]


@RDF
def test_rdf_names_things_as_the_graph_does(record: Record, export: Any, format: RdfFormat) -> None:
    digests = {record.source.name: record.source.sha256}
    found = read(written(export, record.facts, digests), format)
    whole = Graph()
    for triple in triples(record):
        whole.add(triple)
    assert set(found) <= set(read(whole.serialize(format="nt", encoding="utf-8"), RdfFormat.N_TRIPLES))
    assert instances(found, "Fact") == {str(fact_iri(record.iri(), fact)) for fact in record.facts}


@RDF
def test_rdf_of_several_reports_is_one_document(record: Record, export: Any, format: RdfFormat) -> None:
    def moved(fact: Fact) -> Fact:
        return replace(fact, evidence=replace(fact.evidence, report="other.txt"))

    found = read(written(export, [*record.facts[:8], *map(moved, record.facts[:8])]), format)
    assert (len(instances(found, "Report")), len(instances(found, "Fact"))) == (2, 16)


def test_jsonld_needs_nothing_from_elsewhere(record: Record) -> None:
    document = json.loads(written(jsonld, record.facts[:2]))
    assert document["@context"]["@vocab"] == str(JX)


def test_parquet_says_what_it_needs_or_keeps_numbers_exact(record: Record, tmp_path: Any) -> None:
    try:
        import pyarrow.parquet
    except ImportError:
        with pytest.raises(JixiaoError, match="pip install"):
            written(parquet, record.facts)
        return
    table = pyarrow.parquet.read_table(BytesIO(written(parquet, record.facts)))
    assert table.num_rows == len(record.facts)
    assert Decimal("1200.5") in table["value"].to_pylist()
    assert set(table["kind"].to_pylist()) == set(KINDS)
