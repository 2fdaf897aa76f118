"""The pages in a real browser: what people see and click."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

pytestmark = pytest.mark.browser
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        if os.environ.get("CI") == "true":
            pytest.fail("no Chromium for the browser tests; run tests/browser/install.sh")
        pytest.skip("no Chromium on this machine; run tests/browser/install.sh")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def page(browser: Browser, server: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page that fails its test on any console error and any request to another host."""
    context = browser.new_context(base_url=server, java_script_enabled=request.param, locale="zh-CN")
    page = context.new_page()
    troubles: list[str] = []
    page.on("console", lambda message: troubles.append(message.text) if message.type == "error" else None)
    page.on("request", lambda r: None if r.url.startswith(server) else troubles.append(r.url))
    page.on("dialog", lambda dialog: troubles.append(dialog.message))
    yield page
    context.close()
    assert troubles == []


def test_the_home_page_lists_the_reports(page: Page) -> None:
    page.goto("/")
    expect(page).to_have_title("绩效 Jixiao")
    expect(page.get_by_role("link", name="云溪县教育局2024年自评.md")).to_be_visible()


def test_a_search_leads_to_the_sentence_marked_in_its_report(page: Page) -> None:
    page.goto("/")
    page.get_by_role("searchbox").fill("外商来投诉找谁")
    page.get_by_role("button").click()
    first = page.locator(".hit .place").first
    words = first.inner_text()
    first.click()
    expect(page.locator("mark")).to_have_text(words, use_inner_text=True)
    expect(page.locator("mark")).to_be_in_viewport()


def test_a_question_is_answered_with_a_table_and_its_proof(page: Page) -> None:
    page.goto("/?q=执行率低于100%25的部门有哪些")
    expect(page.locator(".answer table")).to_contain_text("云溪县教育局")
    page.locator(".answer .evidence a").first.click()
    expect(page.locator("mark")).to_be_in_viewport()


def test_a_finding_shows_both_sides_and_the_sum(page: Page) -> None:
    page.goto("/reports/云溪县教育局2024年自评.md")
    finding = page.locator(".finding", has_text="62.4").first
    expect(finding).to_be_visible()
    expect(finding).to_contain_text("预算执行率100%")
    finding.get_by_role("link", name="250").click()
    expect(page.locator("mark")).to_contain_text("250")
