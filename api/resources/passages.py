"""段落。Passages: the pieces of text that are searched, each with its place and its headings."""

from __future__ import annotations

from collections.abc import Iterator

from api.factlists import column, of_report
from api.resource import Resource, Row
from kg.workspace import Entry
from search.collection import Collection


def rows(collection: Collection, entry: Entry) -> Iterator[Row]:
    """The passages of a report as they stand in it."""
    found = sorted(collection.index.catalogue.of(entry.name), key=lambda named: named[1].span)
    for iri, passage in found:
        yield {
            "iri": iri,
            "kind": passage.kind,
            "heading_path": " › ".join(passage.headings),
            "part": passage.part or None,
            "text": passage.text,
            "start": passage.span.start,
            "end": passage.span.end,
        }


RESOURCE = Resource(
    "passages",
    "段落",
    "Passages: the pieces of text that are searched, each with its place and its headings",
    columns=(
        column("iri"),
        *of_report(),
        *map(column, ("kind", "heading_path", "part", "text")),
        column("start", "integer"),
        column("end", "integer"),
    ),
    rows=rows,
    filters=("kind", "part"),
    example={
        "kind": "duty",
        "heading_path": "部门概况 › 主要职责",
        "text": "负责节约用水工作",
        "start": 120,
        "end": 128,
    },
)
