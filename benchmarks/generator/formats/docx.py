"""Word: headings by style or by look, real tables with merged cells."""

from __future__ import annotations

import io
import random
from collections.abc import Iterable

from docx import Document
from docx.document import Document as Word
from docx.enum.text import WD_ALIGN_PARAGRAPH

from generator.blocks import Block, Grid, Heading, Title
from generator.formats._spans import spans

EXTENSION = ".docx"


def render(blocks: Iterable[Block], dice: random.Random) -> bytes:
    """A document with Word's own styles for headings, or bold paragraphs."""
    by_style, document = dice.random() < 0.5, Document()
    for block in blocks:
        _add(document, block, by_style)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _add(document: Word, block: Block, by_style: bool) -> None:
    if isinstance(block, Grid):
        table = document.add_table(len(block.rows), len(block.rows[0]))
        for y, x, height, width, text in spans(block.rows):
            cell = table.cell(y, x)
            if height > 1 or width > 1:
                cell = cell.merge(table.cell(y + height - 1, x + width - 1))
            cell.text = text
    elif isinstance(block, Title):
        document.add_paragraph(block.text).alignment = WD_ALIGN_PARAGRAPH.CENTER
    elif isinstance(block, Heading):
        words = block.number + block.text
        if by_style:
            document.add_heading(words, block.level + 1)
        else:
            document.add_paragraph().add_run(words).bold = True
    else:
        document.add_paragraph(block.text)
