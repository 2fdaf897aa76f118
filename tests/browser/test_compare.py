"""Two departments side by side, and the table taken away as Excel."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook
from playwright.sync_api import Page, expect


def test_two_departments_are_compared_and_the_table_is_taken_as_excel(page: Page, tmp_path: Path) -> None:
    page.goto("/compare")
    page.get_by_label("部门").nth(0).fill("青岭区水利局")
    page.get_by_label("部门").nth(1).fill("云溪县教育局")
    page.get_by_role("button", name="对比").click()
    expect(page.locator("section", has=page.locator("#figures"))).to_contain_text("万元")
    expect(page.get_by_role("heading", name="只有甲有")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Excel").click()
    file = tmp_path / "compared.xlsx"
    download.value.save_as(file)
    rows = list(load_workbook(file).active.values)
    assert rows[0][2:4] == ("青岭区水利局", "云溪县教育局")
    shown = page.locator("section", has=page.locator("#figures")).locator("tbody tr").count()
    assert [row[0] for row in rows].count("主要数字") == shown


def test_a_department_is_held_against_its_year_before(page: Page) -> None:
    page.goto("/compare?here=青岭区水利局&here_year=2023&there=青岭区水利局&there_year=2024")
    shared = page.locator("table", has=page.locator("caption"))
    expect(shared).to_contain_text("100%")
    expect(shared.locator("thead")).to_contain_text("青岭区水利局 2023")


def test_the_figures_furthest_apart_can_be_put_first(page: Page) -> None:
    page.goto("/compare?here=青岭区水利局&there=云溪县教育局")
    page.get_by_role("link", name="乙比甲").click()
    expect(page.locator("th[aria-sort=descending]")).to_contain_text("乙比甲")
    changes = page.locator("section", has=page.locator("#figures")).locator("tbody tr td:last-child").all_inner_texts()
    shares = [float(text.rstrip("%")) for text in changes if text.endswith("%")]
    assert shares == sorted(shares, reverse=True)
