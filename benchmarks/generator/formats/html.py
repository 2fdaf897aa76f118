"""A saved web page: navigation around the text, tables with rowspan and colspan."""

from __future__ import annotations

import random
from collections.abc import Iterable
from html import escape
from itertools import groupby

from generator.blocks import Block, Grid, Heading, Title
from generator.formats._spans import spans

EXTENSION = ".html"
_PAGE = """<!DOCTYPE html><html lang="zh"><head><meta charset="{charset}"><title>{title}</title></head><body>
<div class="nav"><a href="/">首页</a><a href="/zwgk">政务公开</a><a href="/hd">互动交流</a></div>
<div class="article">
{body}
</div>
<div class="footer"><a href="/about">关于我们</a> <a href="/map">网站地图</a></div></body></html>
"""


def render(blocks: Iterable[Block], dice: random.Random) -> bytes:
    """Headings by tag, or as bold paragraphs by their look only."""
    blocks, by_tag = list(blocks), dice.random() < 0.5
    charset = dice.choice(("utf-8", "gb18030"))
    title = next((escape(block.text) for block in blocks if isinstance(block, Title)), "")
    body = "\n".join(_text(block, by_tag) for block in blocks)
    return _PAGE.format(charset=charset, title=title, body=body).encode(charset)


def _text(block: Block, by_tag: bool) -> str:
    if isinstance(block, Grid):
        rows = (
            "".join(
                f"<td{_size('rowspan', height)}{_size('colspan', width)}>{escape(text)}</td>"
                for _, _, height, width, text in cells
            )
            for _, cells in groupby(spans(block.rows), key=lambda cell: cell[0])
        )
        return "<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"
    if isinstance(block, Title):
        return f'<h1 style="text-align:center">{escape(block.text)}</h1>'
    if isinstance(block, Heading):
        words = escape(block.number + block.text)
        return f"<h{block.level + 2}>{words}</h{block.level + 2}>" if by_tag else f"<p><strong>{words}</strong></p>"
    return f"<p>{escape(block.text)}</p>"


def _size(name: str, count: int) -> str:
    return f' {name}="{count}"' if count > 1 else ""
