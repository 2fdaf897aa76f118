"""A headless Chromium, and pages that fail their test on any trouble in it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        if os.environ.get("CI") == "true":
            pytest.fail("no Chromium for the browser tests; run tests/browser/install.sh")
        pytest.skip("no Chromium on this machine; run tests/browser/install.sh")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def troubles() -> list[str]:
    """What went wrong in the browser: console errors, requests to other hosts, dialogs."""
    return []


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def context(browser: Browser, server: str, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    context = browser.new_context(base_url=server, java_script_enabled=request.param, locale="zh-CN")
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext, server: str, troubles: list[str]) -> Iterator[Page]:
    """A page that fails its test on any trouble."""
    yield watched(context.new_page(), server, troubles)
    assert troubles == []


def watched(page: Page, server: str, troubles: list[str]) -> Page:
    page.on("console", lambda message: troubles.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("request", lambda r: None if r.url.startswith((server, "data:")) else troubles.append(r.url))

    def dismiss(dialog: object) -> None:
        troubles.append(f"dialog: {dialog}")

    page.on("dialog", dismiss)
    return page
