"""The pages of a PDF as pictures, with a box over the words of every fact."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from fastapi import APIRouter, Response

from api.pages.marked import Mark
from api.serving import Live
from kg import pictures
from kg.imprint import Box
from kg.text import Source, Span

router = APIRouter()
_SCALE = 1.6  # pixels to the point


@dataclass(frozen=True, slots=True)
class Boxed:
    """A box over words: `name` is unique on the page and given once for each mark; `again` where one just
    there is drawn already (the amounts of one row): its tint would hide the words."""

    box: Box
    mark: Mark
    name: str
    again: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page: its size in points, its boxes, and the part of the text that stands on it."""

    number: int
    of: int
    width: float
    height: float
    boxes: tuple[Boxed, ...]
    reach: Span


@router.get("/reports/{name:path}/pages/{number}.png")
def picture(collection: Live, name: str, number: int) -> Response:
    """One page as a picture; its address changes with its content, so it may be kept."""
    entry = collection.entry(name)
    data = (collection.place.folder / "files" / entry.sha256).read_bytes()
    image = pictures.page(data, name, number, _SCALE)
    return Response(image, media_type=pictures.MEDIA_TYPE, headers={"Cache-Control": "private, max-age=86400"})


def sheet(source: Source, marks: Sequence[Mark], number: int) -> Sheet:
    """Page `number`, or the nearest that there is. The source has pages."""
    sizes = source.imprint.pages
    number = min(max(number, 1), len(sizes))
    lines = [line for line in source.imprint.lines if line.page == number]
    reach = Span(min(line.start for line in lines), max(line.end for line in lines)) if lines else Span(0, 0)
    width, height = sizes[number - 1]
    return Sheet(number, len(sizes), width, height, tuple(_boxes(source, marks, number, reach)), reach)


def page_of(source: Source, span: Span) -> int:
    """The page on which `span` begins, counted from 1."""
    return next((box.page for box in source.boxes(span)), 1)


def _boxes(source: Source, marks: Sequence[Mark], number: int, reach: Span) -> Iterator[Boxed]:
    """The widest first, so that a smaller one lies above it and can be clicked."""
    found = []
    for mark in marks:
        if mark.span.overlaps(reach):
            boxes = [box for box in source.boxes(mark.span) if box.page == number]
            found += [Boxed(box, mark, mark.name if at == 0 else "") for at, box in enumerate(boxes)]
    drawn: set[Box] = set()
    for one in sorted(found, key=lambda one: -one.box.width * one.box.height):
        yield replace(one, again=one.box in drawn)
        drawn.add(one.box)
