"""Plain text as web pages are copied: each cell on a line of its own, nothing before it, merged and empty
cells gone."""

from __future__ import annotations

import random
from collections.abc import Iterable

from generator.blocks import Block, Grid, Heading
from generator.formats._lines import cell, encoded

EXTENSION = ".txt"


def render(blocks: Iterable[Block], dice: random.Random) -> bytes:
    """One block after another; no blank line parts the rows of a table."""
    return encoded("\n".join(map(_text, blocks)) + "\n", dice)


def _text(block: Block) -> str:
    if isinstance(block, Grid):
        return "\n".join(words for row in block.rows for text in row if (words := cell(text)))
    return block.number + block.text if isinstance(block, Heading) else block.text
