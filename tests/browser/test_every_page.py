"""What holds of every page: no violation that axe can find, the same content without scripts, small,
whole in a narrow window and at twice the size, usable by keyboard, and quiet about hostile reports."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from kg import workspace
from kg.build import build
from search.indexer import SearchIndexer

SCHOOLS = "云溪县教育局2024年自评.md"
PAGES = {
    "home": "/",
    "answer": "/search?q=执行率低于100%25的部门有哪些",
    "passages": "/search?q=外商来投诉找谁&kind=duty",
    "nothing found": "/search?q=qqqqq&year=1950",
    "report": f"/reports/{SCHOOLS}",
    "words of a report": f"/reports/{SCHOOLS}?start=1302&end=1340",
    "reports": "/reports",
    "departments": "/departments",
    "department": "/departments/青岭区水利局",
    "findings": "/findings",
    "indicators": "/indicators?met=false",
    "projects": "/projects",
    "scores": "/scores",
    "compare": "/compare?here=青岭区水利局&there=云溪县教育局",
    "query": "/query?query=" + quote("SELECT ?n ?r { ?d jx:name ?n ; jx:executionRate ?r }"),
    "failed query": "/query?query=SELECT",
    "ontology": "/ontology",
    "a thing": "/id/department/青岭区水利局",
    "upload": "/upload",
    "graph": "/graph?iri=https://w3id.org/jixiao/id/department/青岭区水利局",
    "no such page": "/reports/没有.txt",
}
LARGEST = 200_000  # bytes of a page without its pictures
OVERFLOWS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
# What people read and use: without runs of blanks, without what scripts lay behind or over a field, and
# without what this browser keeps for itself.
CONTENT = """() => {
  const main = document.querySelector('main').cloneNode(true);
  main.querySelectorAll('.editor pre, .editor ul, .saved, template').forEach((node) => node.remove());
  return main.textContent.replace(/\\s+/g, ' ');
}"""
every_page = pytest.mark.parametrize("address", PAGES.values(), ids=PAGES)


@pytest.fixture(scope="module")
def plain(browser: Browser, server: str) -> Iterator[Page]:
    """One page for all addresses, in Chinese, with scripts."""
    context = browser.new_context(base_url=server, locale="zh-CN")
    yield context.new_page()
    context.close()


@every_page
@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_axe_finds_no_violation(plain: Page, address: str, look: str, language: str) -> None:
    plain.emulate_media(color_scheme="dark" if look == "dark" else "light")
    plain.goto(f"{address}{'&' if '?' in address else '?'}lang={language}")
    found = Axe().run(plain)
    assert found.violations_count == 0, found.generate_report()


@every_page
def test_the_content_is_the_same_without_scripts(browser: Browser, server: str, address: str) -> None:
    said = []
    for scripts in (True, False):
        context = browser.new_context(base_url=server, java_script_enabled=scripts, locale="zh-CN")
        page = context.new_page()
        page.goto(address)
        said.append(page.evaluate(CONTENT) if scripts else page.locator("main").evaluate(_ON_MAIN))
        context.close()
    assert said[0] == said[1]


_ON_MAIN = CONTENT.replace("() =>", "(main0) =>").replace("document.querySelector('main')", "main0")


@every_page
def test_a_page_is_small_and_comes_whole_with_the_first_answer(server: str, address: str) -> None:
    answer = httpx.get(f"{server}{address}", headers={"Accept": "text/html"}, timeout=60)
    assert len(answer.content) < LARGEST
    assert "<h1" in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert " style=" not in answer.text
    assert "<script>" not in answer.text


@every_page
@pytest.mark.parametrize(("width", "height"), [(360, 740), (640, 450)], ids=["narrow", "200 % of 1280"])
def test_nothing_runs_out_of_a_narrow_or_enlarged_window(plain: Page, address: str, width: int, height: int) -> None:
    plain.set_viewport_size({"width": width, "height": height})
    try:
        plain.goto(address)
        assert not plain.evaluate(OVERFLOWS)
    finally:
        plain.set_viewport_size({"width": 1280, "height": 720})


def test_the_keyboard_reaches_the_content_and_the_search_first(plain: Page) -> None:
    plain.goto("/departments?lang=zh")
    plain.keyboard.press("Tab")
    expect(plain.locator(".skip")).to_be_focused()
    expect(plain.locator(".skip")).to_be_in_viewport()
    plain.keyboard.press("Enter")
    expect(plain.locator("main")).to_be_focused()
    plain.goto("/departments")
    for _ in range(3):
        plain.keyboard.press("Tab")
    expect(plain.get_by_label("检索或提问")).to_be_focused()
    plain.keyboard.type("投诉")
    plain.keyboard.press("Enter")
    expect(plain.locator(".hit").first).to_be_visible()


def test_hovering_a_fact_lights_up_its_words_and_the_other_way_round(plain: Page) -> None:
    plain.goto(f"/reports/{SCHOOLS}")
    fact = plain.locator(".fact", has_text="调整后预算").first
    fact.hover()
    expect(plain.locator(".said.lit")).to_contain_text("调整后预算")
    plain.locator(".said", has_text="全年预算执行数").first.hover()
    expect(plain.locator(".fact.lit").first).to_be_visible()


def test_names_complete_what_is_typed_into_the_search_box(plain: Page) -> None:
    plain.goto("/?lang=zh")
    plain.get_by_label("检索或提问").press_sequentially("青岭")
    expect(plain.locator("datalist option[value=青岭区水利局]")).to_have_count(1)


def test_light_and_dark_can_be_chosen_and_stay(browser: Browser, server: str) -> None:
    context = browser.new_context(base_url=server, java_script_enabled=False, color_scheme="light", locale="zh-CN")
    page = context.new_page()
    page.goto("/")
    page.get_by_role("link", name="深色").click()
    page.goto("/findings")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.get_by_role("link", name="浅色").click()
    page.goto("/findings")
    expect(page.locator("html")).to_have_attribute("data-theme", "light")
    context.close()


PAYLOADS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(2)>",
    '"><svg onload=alert(3)>',
    "javascript:alert(4)",
    "{{7*7}}${alert(5)}",
    "<a href=javascript:alert(6)>点</a>",
    "' onmouseover='alert(7)",
    "http://203.0.113.7/x.png",
)


@pytest.fixture(scope="module")
def hostile(
    tmp_path_factory: pytest.TempPathFactory, serve: Callable[[Path], AbstractContextManager[str]]
) -> Iterator[str]:
    """A service over a report that has scripts and events in every field that a report has."""
    folder = tmp_path_factory.mktemp("hostile")
    rows = "\n".join(f"| 产出指标 | 数量指标 | 指标{p}{n} | ≥{n}0个 | {n}个 | 10 | 10 | {p} |" for n, p in _told(1))
    text = f"""# 白河县林业局{PAYLOADS[0]}2024年度部门整体支出绩效自评报告

## 一、部门基本情况

白河县林业局{PAYLOADS[1]}是县政府工作部门，正科级。主要职责是：

{chr(10).join(f"（{'一二三四五六七八'[n]}）负责受理投诉举报{p}和森林防火工作。" for n, p in _told(0))}

内设机构：办公室{PAYLOADS[2]}、造林股。局长：张林{PAYLOADS[6]}。

## 二、部门整体支出情况

年初预算100万元，调整后预算120万元，全年预算执行数60万元，预算执行率100%{PAYLOADS[1]}。

## 三、绩效指标

| 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因 |
|---|---|---|---|---|---|---|---|
{rows}

## 四、存在的问题

{chr(10).join(f"{n + 1}.项目管理{p}不够规范。" for n, p in _told(0))}

## 五、改进措施

1.加强管理{PAYLOADS[2]}，严格执行预算。
"""
    report = folder / "白河县'\"<img src=x onerror=alert(8)>林业局.md"
    report.write_text(text.replace("/", "／") if "／" in report.name else text, "utf-8")
    place = folder / "workspace"
    build(workspace.create(place), [report], SearchIndexer())
    with serve(place) as address:
        yield address


def _told(first: int) -> list[tuple[int, str]]:
    return list(enumerate(PAYLOADS, first))


def test_what_a_report_says_is_never_run(browser: Browser, hostile: str) -> None:
    troubles: list[str] = []
    context = browser.new_context(base_url=hostile, locale="zh-CN")
    page = context.new_page()
    page.on("dialog", lambda dialog: (troubles.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda r: None if r.url.startswith((hostile, "data:")) else troubles.append(r.url))
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("console", lambda m: troubles.append(m.text) if m.type == "error" else None)
    reports = httpx.get(f"{hostile}/api/v1/reports").json()["items"]
    name, department, iri = reports[0]["name"], reports[0]["department"] or "", reports[0]["iri"]
    for address in (
        "/",
        "/search?q=" + quote("受理投诉举报<script>alert(9)</script>"),
        "/search?q=" + quote("执行率低于100%的部门有哪些"),
        f"/reports/{quote(name)}",
        f"/departments/{quote(department, safe='')}",
        f"/compare?here={quote(department)}&there={quote(department)}",
        "/findings",
        "/indicators",
        "/projects",
        "/people",
        "/duties",
        f"/graph?iri={quote(iri)}",
        "/query?query=" + quote("SELECT ?o { ?s jx:text ?o }"),
        "/query?query=" + quote('SELECT ("<img src=x onerror=alert(10)>" AS ?x) {}'),
        "/reports?q=" + quote('"><script>alert(11)</script>'),
    ):
        page.goto(address)
        for element in page.locator("main *").all()[:40]:
            element.dispatch_event("pointerenter")
        assert page.locator("main script, main img, main [onerror], main [onload], main iframe").count() == 0
    assert troubles == []
    context.close()
