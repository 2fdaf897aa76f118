"""Reports are uploaded with a key, and what was found in them is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from api.keys import opened
from kg import workspace

REPORT = "白河县教育局2024年自评.md"


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def fresh(
    browser: Browser,
    tmp_path: Path,
    serve: Callable[[Path], AbstractContextManager[str]],
    request: pytest.FixtureRequest,
) -> Iterator[BrowserContext]:
    """A browser of somebody with a key that may write, over a workspace with nothing in it."""
    folder = tmp_path / "workspace"
    workspace.create(folder)
    token = opened(folder).add("收报告的人", "write")
    with serve(folder) as address:
        context = browser.new_context(
            base_url=address,
            java_script_enabled=request.param,
            locale="zh-CN",
            http_credentials={"username": "jixiao", "password": token},
        )
        yield context
        context.close()


@pytest.fixture
def files(tmp_path: Path, examples: Path) -> list[Path]:
    """A report with planted errors, and a file that is no report."""
    text = (examples / "云溪县教育局2024年自评.md").read_text("utf-8").replace("云溪县", "白河县")
    report, other = tmp_path / REPORT, tmp_path / "空的.txt"
    report.write_text(text, "utf-8")
    other.write_text(" ", "utf-8")
    return [report, other]


def test_a_report_is_uploaded_and_its_findings_are_seen(fresh: BrowserContext, files: list[Path]) -> None:
    page: Page = fresh.new_page()
    page.goto("/")
    page.get_by_role("link", name="上传报告").click()
    page.get_by_label("把文件拖到这里，或选择文件").set_input_files(files)
    page.get_by_role("button", name="上传并读入").click()
    expect(page.locator("#job")).to_contain_text("读入完毕", timeout=60_000)
    expect(page.locator("tr", has_text="空的.txt")).to_contain_text("文件是空的")
    row = page.locator("tr", has_text=REPORT)
    expect(row).to_contain_text("新增")
    row.locator("td.number a").click()
    expect(page.locator("article.finding", has_text="写为100%").first).to_contain_text("白河县教育局")


def test_nobody_uploads_without_a_key(page: Page, troubles: list[str], files: list[Path]) -> None:
    page.goto("/upload")
    answer = page.request.post(
        "/upload", multipart={"files": {"name": "a.txt", "mimeType": "text/plain", "buffer": b"x"}}
    )
    assert answer.status == 401
    assert "密钥" in answer.text()
    troubles.clear()
