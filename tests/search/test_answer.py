"""Questions answered over the example reports: what is in them, what is not, and what is no question."""

from decimal import Decimal

from search.collection import Collection


def test_departments_below_a_rate_come_with_the_stated_rate_and_both_proofs(collection: Collection) -> None:
    for asked in ("执行率低于100%的部门有哪些？", "departments with execution rate below 100%"):
        answer = collection.ask(asked)
        assert answer.answerable
        assert answer.rows
        assert all(row[2] < 100 for row in answer.rows)
        assert any("÷" in str(cell) for row in answer.rows for cell in row)
        for evidence in answer.evidence:
            assert collection.source(evidence.report).text[evidence.start : evidence.end] == evidence.quote


def test_a_figure_of_a_department_in_a_year(collection: Collection) -> None:
    zh = collection.ask("青岭区水利局2024年末的资产总额是多少？")
    en = collection.ask("What were the total assets of 青岭区水利局 in 2024?")
    assert zh.rows == en.rows
    assert [cell for cell in zh.rows[0] if isinstance(cell, Decimal)]


def test_a_year_without_a_report_is_not_known_rather_than_none(collection: Collection) -> None:
    answer = collection.ask("青岭区水利局2019年的支出总计是多少？")
    assert not answer.answerable
    assert not answer.rows
    assert "2024" in answer.text


def test_nothing_that_fits_is_none_rather_than_not_known(collection: Collection) -> None:
    answer = collection.ask("支出总计超过9000亿元的部门有哪些？")
    assert answer.answerable
    assert not answer.rows
    assert answer.evidence


def test_a_department_that_is_not_there_is_named_as_unknown(collection: Collection) -> None:
    answer = collection.ask("海棠市气象局2024年的支出总计是多少？")
    assert not answer.answerable
    assert "海棠市气象局" in answer.text


def test_the_query_shown_gives_the_rows_again(collection: Collection) -> None:
    answer = collection.ask("支出总计低于1亿元的部门有哪些？")
    assert answer.sparql
    assert len(list(collection.query(answer.sparql))) == len(answer.rows) > 0
