"""Plain text as some converters write tables: each cell on a line of its own, after a tab."""

from __future__ import annotations

import random
from collections.abc import Iterable

from generator.blocks import Block, Grid, Heading
from generator.formats._lines import cell, encoded

EXTENSION = ".txt"


def render(blocks: Iterable[Block], dice: random.Random) -> bytes:
    """A blank line ends a row."""
    return encoded("\n".join(map(_text, blocks)) + "\n", dice)


def _text(block: Block) -> str:
    if isinstance(block, Grid):
        return "\n\n".join("\n".join("\t" + cell(text) for text in row) for row in block.rows) + "\n"
    return block.number + block.text if isinstance(block, Heading) else block.text
