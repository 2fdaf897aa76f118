"""Web pages: the report without the page around it."""

import pytest
from trees import headings, paragraphs, section, tables, words

from kg import reader
from kg.document import Document
from kg.errors import UnreadableFile

PAGE = """<!DOCTYPE html><html><head><meta charset="{charset}"><title>
云溪县水务局2024年度部门整体支出绩效自评报告-云溪县</title>
<style>p{{}}</style><script>var a = "一、假的";</script></head><body>
<ul><li><a href="/">首页</a></li><li><a href="/b">政务公开</a></li></ul>
<div id="main"><h1>云溪县水务局2024年度部门整体支出绩效自评报告</h1>
<div class="info">发布时间：2025-03-01 来源：县水务局</div>
<div id="zoom"><p>　　<strong>一、部门概况</strong></p>
<p>　　（一）主要职能。负责全县水资源管理，<br>组织实施防汛抗旱。</p>
<p>（二）机构情况</p><p>内设<span>办公室</span>、水资源股。</p>
<h2>二、绩效指标</h2>
<table><tr><td rowspan="3">产出</td><td colspan="2">数量</td></tr><tr><td>清淤</td><td>12公里</td></tr>
<tr><td><p>巡查</p><p>次数</p></td><td></td></tr></table>
<p>三、存在问题</p><p>人员不足&nbsp;。</p><p><img src="a.png"></p>
<div style="display: none">一、隐藏</div>
</div></div><div class="footer"><a>主办：云溪县人民政府</a></div></body></html>
"""


def read(page: str, name: str = "页.html", encoding: str = "utf-8") -> Document:
    return reader.read(page.format(charset=encoding).encode(encoding), name)


@pytest.mark.parametrize("encoding", ["utf-8", "gb2312", "gbk", "utf-16"])
def test_headings_are_those_of_the_report(encoding: str) -> None:
    document = read(PAGE, encoding=encoding)
    assert [title for _, _, title in headings(document)] == ["部门概况", "主要职能", "机构情况", "绩效指标", "存在问题"]


def test_the_pages_title_names_the_report() -> None:
    document = read(PAGE)
    span = document.parts[0].title
    assert span is not None
    assert document.source.quote(span) == "云溪县水务局2024年度部门整体支出绩效自评报告"


def test_scripts_menus_and_hidden_words_are_left_out() -> None:
    text = read(PAGE).source.text
    assert not any(word in text for word in ("假的", "首页", "隐藏", "主办"))


def test_a_break_in_mid_sentence_is_joined() -> None:
    document = read(PAGE)
    (block,) = section(document, "主要职能").blocks
    assert [document.source.plain(block.span)] == ["负责全县水资源管理，组织实施防汛抗旱。"]


def test_merged_cells_are_one_cell() -> None:
    document = read(PAGE)
    (table,) = tables(document)
    assert words(document, table) == [["产出", "数量", "数量"], ["产出", "清淤", "12公里"], ["产出", "巡查次数", ""]]
    assert table.rows[0][0] is table.rows[2][0]
    assert table.rows[0][1] is table.rows[0][2]


def test_a_picture_is_a_recorded_gap() -> None:
    assert len(read(PAGE).gaps) == 1


def test_a_table_that_only_frames_the_page_is_no_table() -> None:
    inner = "<table><tr><td>甲</td><td>1</td></tr><tr><td>乙</td><td>2</td></tr></table>"
    frame = f"<table><tr><td>菜单</td><td><p>一、概况</p><p>好。</p>{inner}</td></tr></table>"
    page = f"<html><body>{frame}</body></html>"
    document = read(page)
    assert len(tables(document)) == 1
    assert "好。" in paragraphs(document)


def test_a_page_is_known_by_its_bytes_not_by_its_name() -> None:
    assert read(PAGE, name="页.txt").source.media_type == "text/html"


def test_a_page_without_words_is_refused() -> None:
    with pytest.raises(UnreadableFile) as caught:
        read("<html><body><script>x</script></body></html>")
    assert caught.value.code == "no-text"


def deep(levels: int) -> str:
    return "<html><body>" + "<div>" * levels + "<p>一、概况</p><p>好。</p>" + "</div>" * levels + "</body></html>"


def test_deep_pages_are_read() -> None:
    assert headings(read(deep(1000))) == [(1, "一、", "概况")]


def test_a_page_beyond_all_depth_is_refused_not_cut_short() -> None:
    with pytest.raises(UnreadableFile) as caught:
        read(deep(20_000))
    assert caught.value.code == "too-deep"
