"""Pages of a PDF as pictures, their text upright: what the boxes of an imprint are laid over."""

from __future__ import annotations

import io
from contextlib import closing

from kg.errors import JixiaoError
from kg.reader._pdf_page import quarter
from kg.reader.pdf import opened

MEDIA_TYPE = "image/png"
_MOST = 4000  # pixels of the longer side: an A3 page to be printed


def page(data: bytes, name: str, number: int, scale: float = 2.0) -> bytes:
    """Page `number` (from 1) of the PDF `data` as PNG, `scale` pixels to the point, fewer where the page
    would be larger than any screen: a box of an imprint times the scale is a box of the picture.

    UnreadableFile as for reading; JixiaoError `no-such-page`."""
    with opened(data, name) as document:
        if not 1 <= number <= len(document):
            raise JixiaoError("no-such-page", f"没有第 {number} 页。No such page.", file=name)
        with closing(document[number - 1]) as sheet:
            turned = -(quarter(sheet) * 90 + sheet.get_rotation()) % 360
            least = min(scale, _MOST / max(sheet.get_size()))
            image = sheet.render(scale=least, rotation=turned).to_pil()
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()
