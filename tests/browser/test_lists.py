"""Lists, departments, the query editor, the ontology and the graph in a real browser."""

from __future__ import annotations

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
    page.locator("td.proof a").first.click()
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
    page.get_by_text("图", exact=True).click()
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
