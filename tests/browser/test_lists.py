"""Lists, departments, the query editor, the ontology and the graph in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from urllib.parse import quote

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, expect

WATER = "青岭区水利局"


def test_indicators_can_be_filtered_sorted_and_followed_to_their_words(page: Page) -> None:
    page.goto("/indicators")
    page.get_by_label("是否完成").select_option("✗ 未完成")
    page.get_by_role("button", name="筛选").click()
    cells = page.locator("tbody td.no, tbody td.yes").all_inner_texts()
    assert cells
    assert {text.strip() for text in cells} == {"✗ 未完成"}
    page.get_by_role("link", name="得分", exact=True).click()
    expect(page.locator("th[aria-sort=descending]")).to_contain_text("得分")
    page.locator("td.name a[href*='start=']").first.click()
    expect(page.locator("mark").first).to_be_in_viewport()


def test_a_department_shows_its_years_with_units(page: Page) -> None:
    page.goto("/departments")
    page.get_by_role("link", name=WATER, exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(WATER)
    money = page.locator("section", has=page.locator("#money"))
    expect(money).to_contain_text("万元")
    expect(money.locator("thead")).to_contain_text("2023")
    expect(money.locator("thead")).to_contain_text("2024")
    expect(money.get_by_role("img", name="逐年的调整后预算与支出总计")).to_be_visible()


def test_a_query_is_run_drawn_and_shared_by_its_address(page: Page) -> None:
    page.goto("/query")
    page.get_by_role("link", name="预算执行率低于100%的部门").click()
    expect(page.locator("tbody")).to_contain_text(WATER)
    assert "query=SELECT" in page.url
    shared = page.url
    page.goto("/")
    page.goto(shared)
    expect(page.locator("tbody")).to_contain_text(WATER)
    expect(page.locator(".chart svg")).to_be_visible()


def test_a_query_that_fails_says_why_beside_the_query(page: Page, troubles: list[str]) -> None:
    page.goto("/query?query=SELECT ?s {")
    expect(page.locator(".trouble")).to_be_visible()
    expect(page.locator("#query")).to_have_value("SELECT ?s {")
    troubles.clear()  # the browser logs the status 400


def test_the_editor_completes_a_property_by_its_chinese_name(browser: Browser, server: str) -> None:
    page = browser.new_page(base_url=server, locale="zh-CN")
    page.goto("/query")
    page.locator("#query").fill("SELECT ?name ?r { ?d jx:name ?name ; ")
    page.locator("#query").press("End")
    page.keyboard.type("预算执行率")
    expect(page.get_by_role("option", selected=True)).to_contain_text("jx:executionRate")
    page.keyboard.press("Enter")
    page.keyboard.type(" ?r }")
    page.keyboard.press("Control+Enter")
    expect(page.locator("tbody")).to_contain_text(WATER)
    page.close()


@pytest.fixture
def editor(browser: Browser, server: str) -> Iterator[Page]:
    """The page of queries with scripts."""
    context = browser.new_context(base_url=server, locale="zh-CN")
    page = context.new_page()
    page.goto("/query")
    yield page
    context.close()


def test_what_completion_puts_in_can_be_undone(editor: Page) -> None:
    area = editor.locator("#query")
    area.fill("")
    area.press_sequentially("SELECT * { ?d 预算执行率")
    expect(editor.get_by_role("option", selected=True)).to_be_visible()
    editor.keyboard.press("Enter")
    expect(area).to_have_value("SELECT * { ?d jx:executionRate")
    editor.keyboard.press("Control+z")
    expect(area).to_have_value("SELECT * { ?d 预算执行率")


def test_brackets_that_belong_together_are_shown_and_one_alone_too(editor: Page) -> None:
    area = editor.locator("#query")
    area.fill("SELECT * { ?s ?p '}' }")
    area.press("End")
    expect(editor.locator(".tok-pair")).to_have_text(["{", "}"])
    area.fill("SELECT * { ?s ?p '}'")
    for _ in range(len(" ?s ?p '}'")):
        area.press("ArrowLeft")
    expect(editor.locator(".tok-alone")).to_have_text("{")


def test_a_new_line_begins_as_far_in_as_the_last(editor: Page) -> None:
    area = editor.locator("#query")
    area.fill("")
    area.press_sequentially("ASK {\n?s ?p 1 .\n?s ?p 2 }")
    expect(area).to_have_value("ASK {\n  ?s ?p 1 .\n  ?s ?p 2 }")


def test_the_place_of_an_error_is_marked(editor: Page) -> None:
    editor.goto("/query?query=" + quote("SELECT ?s {\n  ?s jx:name }"))
    expect(editor.locator("#trouble")).to_contain_text("2:14")
    expect(editor.locator(".tok-wrong")).to_have_text("}")
    editor.locator("#query").press("a")
    expect(editor.locator(".tok-wrong")).to_have_count(0)


def test_a_query_is_kept_by_name_opened_again_and_dropped(editor: Page) -> None:
    editor.locator("#query").fill("ASK { <urn:a> <urn:b> 7 }")
    editor.get_by_label("名称").fill("问七")
    editor.get_by_role("button", name="存下").click()
    editor.goto("/query")
    editor.get_by_role("link", name="问七").click()
    expect(editor.locator("#query")).to_have_value("ASK { <urn:a> <urn:b> 7 }")
    expect(editor.locator("main")).to_contain_text("否")
    editor.get_by_role("button", name="删除：问七").click()
    editor.reload()
    expect(editor.get_by_role("link", name="问七")).to_have_count(0)


def test_the_ontology_leads_from_its_picture_to_a_class(page: Page) -> None:
    page.goto("/ontology")
    page.locator(".picture a[href='#Indicator']").click()
    expect(page.locator("#Indicator")).to_be_in_viewport()


def test_the_graph_goes_from_thing_to_thing(page: Page) -> None:
    page.goto("/graph")
    page.get_by_role("link", name=WATER).first.click()
    expect(page.locator(".picture svg")).to_be_visible()
    page.locator(".picture .node a").nth(1).click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_every_page_can_be_had_in_english(page: Page) -> None:
    page.goto("/departments")
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Departments")
    page.goto("/indicators")
    expect(page.get_by_role("heading", level=1)).to_have_text("Indicators")


def test_departments_whose_computed_rate_is_low_are_listed_and_taken_as_excel(page: Page) -> None:
    page.goto("/departments")
    page.get_by_label("按金额算的执行率低于（%）").fill("98")
    page.get_by_role("button", name="筛选").click()
    rates = page.locator("tbody tr td:nth-child(6)").all_inner_texts()
    assert rates
    assert all(float(rate) < 98 for rate in rates)
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Excel").click()
    book = load_workbook(BytesIO(waiting.value.path().read_bytes()))
    assert book.active is not None
    assert book.active.max_row == 1 + len(rates)
