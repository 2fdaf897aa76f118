"""The board of findings: filtered by everybody, decided by who has a key."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from api.keys import opened


@pytest.fixture
def workshop(
    browser: Browser, demo: Path, tmp_path: Path, serve: Callable[[Path], AbstractContextManager[str]]
) -> Iterator[Page]:
    """A page over a workspace of its own, its reader known by a key that may write."""
    folder = tmp_path / "workspace"
    shutil.copytree(demo, folder)
    token = opened(folder).add("王审计", "write")
    with serve(folder) as address:
        credentials = {"username": "jixiao", "password": token}
        context = browser.new_context(base_url=address, locale="zh-CN", http_credentials=credentials)  # type: ignore[arg-type]
        yield context.new_page()
        context.close()


def test_findings_can_be_narrowed_and_show_both_sides_and_the_sum(page: Page) -> None:
    page.goto("/findings")
    page.locator(".facet", has_text="类型").get_by_role("link", name="比率不符").click()
    for title in page.locator("article.finding h3").all_inner_texts():
        assert "比率不符" in title
    finding = page.locator("article.finding", has_text="写为100%").first
    expect(finding).to_contain_text("156万元 ÷ 250万元")
    assert finding.locator(".sides li").count() >= 2
    finding.locator(".sides a").first.click()
    expect(page.locator("mark").first).to_be_in_viewport()


def test_a_finding_is_dismissed_with_a_reason_in_the_name_of_the_key(workshop: Page) -> None:
    workshop.goto("/findings")
    key = workshop.locator("article.finding").first.get_attribute("id")
    workshop.goto(f"/findings?key={key}")
    workshop.get_by_text("处理", exact=True).click()
    workshop.get_by_label("理由").fill("口径不同，已核对")
    workshop.get_by_role("button", name="不予采纳").click()
    finding = workshop.locator("article.finding")
    expect(finding).to_contain_text("不予采纳")
    expect(finding).to_contain_text("王审计")
    expect(finding).to_contain_text("口径不同，已核对")
    workshop.goto("/findings?status=dismissed")
    expect(workshop.locator("article.finding")).to_have_count(1)


def test_who_goes_through_the_open_findings_stays_on_that_list(workshop: Page) -> None:
    workshop.goto("/findings?status=open")
    first = workshop.locator("article.finding").first
    key, others = first.get_attribute("id"), workshop.locator("article.finding").count()
    first.get_by_text("处理", exact=True).click()
    first.get_by_role("button", name="确认").click()
    expect(workshop.get_by_role("status")).to_contain_text("已确认")
    expect(workshop.locator(f"article[id='{key}']")).to_have_count(0)
    assert "status=open" in workshop.url
    assert workshop.locator("article.finding").count() in (others, others - 1)


def test_nobody_decides_without_a_key(page: Page, troubles: list[str]) -> None:
    page.goto("/findings")
    key = page.locator("article.finding").first.get_attribute("id")
    answer = page.request.post(f"/findings/{key}", form={"status": "confirmed"})
    assert answer.status == 401
    page.goto(f"/findings?key={key}")
    expect(page.locator(".status")).to_have_text("待处理")
    troubles.clear()
