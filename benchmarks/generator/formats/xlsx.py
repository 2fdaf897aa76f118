"""A workbook with one sheet: text lines in the first column, tables with merged cells."""

from __future__ import annotations

import io
import random
from collections.abc import Iterable

from openpyxl import Workbook

from generator.blocks import Block, Grid, Heading
from generator.formats._spans import spans

EXTENSION = ".xlsx"


def render(blocks: Iterable[Block], dice: random.Random) -> bytes:
    """One block below the other."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    row = 1
    for block in blocks:
        if isinstance(block, Grid):
            for y, x, height, width, text in spans(block.rows):
                sheet.cell(row + y, x + 1, text)
                if height > 1 or width > 1:
                    sheet.merge_cells(
                        start_row=row + y, start_column=x + 1, end_row=row + y + height - 1, end_column=x + width
                    )
            row += len(block.rows)
        else:
            sheet.cell(row, 1, block.number + block.text if isinstance(block, Heading) else block.text)
            row += 1
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
