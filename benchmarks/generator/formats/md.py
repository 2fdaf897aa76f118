"""Markdown: headings with hashes, tables with bars."""

from __future__ import annotations

import random
from collections.abc import Iterable

from generator.blocks import Block, Grid, Heading, Title
from generator.formats._lines import cell, encoded

EXTENSION = ".md"


def render(blocks: Iterable[Block], dice: random.Random) -> bytes:
    """Bold headings in some reports, as converters from PDF leave them."""
    strong = "**" if dice.random() < 0.3 else ""
    return encoded("\n\n".join(_text(block, strong) for block in blocks) + "\n", dice)


def _text(block: Block, strong: str) -> str:
    if isinstance(block, Title):
        return f"# {block.text}"
    if isinstance(block, Heading):
        return f"{'#' * (block.level + 2)} {strong}{block.number}{block.text}{strong}"
    if isinstance(block, Grid):
        lines = ["| " + " | ".join(map(cell, row)) + " |" for row in block.rows]
        return "\n".join([lines[0], "|" + "---|" * len(block.rows[0]), *lines[1:]])
    return block.text
