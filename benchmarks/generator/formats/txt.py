"""Plain text: tables as rows of tab-separated cells, paragraphs whole or broken at the page's width."""

from __future__ import annotations

import random
from collections.abc import Iterable

from generator.blocks import Block, Grid, Heading, Paragraph
from generator.formats._lines import broken, cell, encoded

EXTENSION = ".txt"


def render(blocks: Iterable[Block], dice: random.Random) -> bytes:
    """One block after another; some reports leave a blank line between them."""
    width, indent = dice.choice((0, 0, 38)), dice.choice(("", "　　", "    "))
    between = dice.choice(("\n", "\n\n"))
    return encoded(between.join(_text(block, width, indent) for block in blocks) + "\n", dice)


def _text(block: Block, width: int, indent: str) -> str:
    if isinstance(block, Grid):
        return "\n".join("\t".join(map(cell, row)) for row in block.rows)
    if isinstance(block, Heading):
        return block.number + block.text
    return broken(block.text, width, indent) if isinstance(block, Paragraph) else block.text
