"""The pages in a real browser: what people see and click, with scripts and without."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

SCHOOLS = "云溪县教育局2024年自评.md"


def test_the_home_page_shows_the_collection_and_questions_that_work(page: Page) -> None:
    page.goto("/")
    expect(page).to_have_title("绩效 Jixiao")
    expect(page.locator(".glance")).to_contain_text("13")
    page.locator(".tries a").first.click()
    expect(page.locator(".answer table")).to_be_visible()


def test_a_search_leads_to_the_sentence_marked_in_its_report(page: Page) -> None:
    page.goto("/")
    page.get_by_label("检索或提问").fill("外商来投诉找谁")
    page.get_by_role("button", name="查找").click()
    hit = page.locator(".hit", has_text="投诉").first
    words = re.sub(r"\s", "", hit.locator(".words").inner_text())
    expect(hit.locator(".why")).to_contain_text("#")
    hit.locator(".words").click()
    expect(page.locator("mark").first).to_be_in_viewport()
    assert re.sub(r"\s", "", "".join(page.locator("mark").all_inner_texts())) == words


def test_a_question_is_answered_with_a_table_and_its_proof(page: Page) -> None:
    page.goto("/search?q=执行率低于100%25的部门有哪些")
    expect(page.locator(".answer table")).to_contain_text("云溪县教育局")
    page.locator(".answer summary").first.click()
    page.locator(".answer .proofs a").first.click()
    expect(page.locator("mark").first).to_be_in_viewport()


def test_the_hits_can_be_narrowed_and_widened_again(page: Page) -> None:
    page.goto("/search?q=投诉举报")
    department = page.locator(".facet", has_text="部门").get_by_role("link").first
    name = department.inner_text()
    department.click()
    expect(page.locator(".chosen")).to_contain_text(name)
    for trail in page.locator(".hit .trail b").all_inner_texts():
        assert trail == name
    page.locator(".chosen").click()
    expect(page.locator(".chosen")).to_have_count(0)


def test_a_finding_shows_both_sides_and_the_sum_and_opens_both_places(page: Page) -> None:
    page.goto(f"/reports/{SCHOOLS}")
    finding = page.locator("article.finding", has_text="写为100%").first
    expect(finding).to_contain_text("62.4")
    expect(finding).to_contain_text("错误")
    for words in ("预算执行率100%", "250"):
        finding.get_by_role("link", name=words).first.click()
        expect(page.locator("mark").first).to_contain_text(words)
        expect(page.locator("mark").first).to_be_in_viewport()


def test_a_fact_and_its_words_lead_to_each_other(page: Page) -> None:
    page.goto(f"/reports/{SCHOOLS}")
    fact = page.locator(".fact", has_text="调整后预算").first
    fact.get_by_role("link").click()
    words = page.locator(".said:target")
    expect(words).to_contain_text("调整后预算")
    expect(words).to_be_in_viewport()
    words.click()
    expect(fact).to_be_in_viewport()


def test_the_ledger_leads_to_the_numbers_that_were_not_read(page: Page) -> None:
    page.goto("/reports/松洲市商务局2024年自评.txt")
    ledger = page.locator("#ledger")
    expect(ledger).to_contain_text("读出的数字")
    ledger.get_by_text("没读出的数字").click()
    number = ledger.locator("li a").first
    said = number.inner_text().strip("「」“” ")
    number.click()
    expect(page.locator("mark").first).to_have_text(said)


def test_what_is_not_there_is_a_page_that_says_so(page: Page, troubles: list[str]) -> None:
    page.goto("/reports/没有.txt")
    expect(page.get_by_role("heading", level=1)).to_have_text("没有这一页")
    expect(page.locator("main")).to_contain_text("没有.txt")
    troubles.clear()  # the browser itself logs that the page was a 404
