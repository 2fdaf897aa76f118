"""What stands behind an ordinal: the passages of an index in one SQLite file.

Retrievers know passages by ordinal only. The catalogue turns ordinals into passages, and what
a user filters by into ordinals.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import closing
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from kg.text import Span
from search.passage import Passage
from search.retrievers import Ordinals

FILE = "passages.sqlite"

_FIELDS = (
    "iri, report, sha256, start, end, text, sentence, kind, headings, part, department, region, fiscal_year, places"
)
_SCHEMA = f"""
CREATE TABLE passage (ordinal INTEGER PRIMARY KEY AUTOINCREMENT, {_FIELDS});
CREATE UNIQUE INDEX by_iri ON passage (iri);
CREATE INDEX by_report ON passage (report);
CREATE INDEX by_filter ON passage (kind, department, region, fiscal_year);
"""  # the last one covers every filter, so that filtering never reads the texts


class Catalogue:
    """The catalogue in `folder`, for reading. Any thread may use it."""

    def __init__(self, folder: Path) -> None:
        address = f"file:{(folder / FILE).resolve().as_posix()}?mode=ro&immutable=1"
        self._file = sqlite3.connect(address, uri=True, check_same_thread=False)
        self.allowed = lru_cache(maxsize=64)(self._allowed)

    def __len__(self) -> int:
        count: int = self._file.execute("SELECT count(*) FROM passage").fetchone()[0]
        return count

    def passages(self, ordinals: Sequence[int]) -> dict[int, tuple[str, Passage]]:
        """IRI and passage of each of `ordinals`, by ordinal."""
        rows = self._chosen(f"ordinal, {_FIELDS}", "ordinal", ordinals)
        return {row[0]: (row[1], _passage(row[1:])) for row in rows}

    def ordinals(self, iris: Collection[str]) -> Ordinals:
        """The ordinals of the passages with these IRIs, ascending; unknown IRIs are passed over."""
        return np.sort(np.array([row[0] for row in self._chosen("ordinal", "iri", list(iris))], dtype=np.int64))

    def reports(self) -> dict[str, int]:
        """How many passages each report has, by its name."""
        return dict(self._file.execute("SELECT report, count(*) FROM passage GROUP BY report"))

    def of(self, report: str) -> list[tuple[str, Passage]]:
        """IRI and passage of each passage of a report."""
        rows = self._chosen(_FIELDS, "report", [report])
        return [(row[0], _passage(row)) for row in rows]

    def iris(self) -> Iterator[str]:
        """The IRIs of all passages."""
        return (row[0] for row in self._file.execute("SELECT iri FROM passage ORDER BY ordinal"))

    def _allowed(self, kind: str | None, department: str | None, region: str | None, year: int | None) -> Ordinals:
        """Ordinals of the passages that fit, ascending; None leaves a field free. Departments and
        regions fit where their name holds the words given."""
        tests = {
            "kind = ?": kind,
            "instr(department, ?)": department,
            "instr(region, ?)": region,
            "fiscal_year = ?": year,
        }
        given = {test: value for test, value in tests.items() if value is not None}
        where = " AND ".join(given) or "true"
        rows = self._file.execute(f"SELECT ordinal FROM passage WHERE {where}", tuple(given.values()))  # noqa: S608
        return np.sort(np.fromiter((row[0] for row in rows), dtype=np.int64))

    def _chosen(self, columns: str, key: str, values: Sequence[Any]) -> Iterator[tuple[Any, ...]]:
        # json_each takes any number of values as one parameter.
        query = f"SELECT {columns} FROM passage WHERE {key} IN (SELECT value FROM json_each(?))"  # noqa: S608
        yield from self._file.execute(query, (json.dumps([*values], default=int),))


class Draft:
    """The catalogue in `folder`, for writing: made where there is none."""

    def __init__(self, folder: Path) -> None:
        fresh = not (folder / FILE).exists()
        self._file = sqlite3.connect(folder / FILE)
        self._file.execute("PRAGMA journal_mode = MEMORY")  # no journal beside a file that is synced as a whole
        self._file.execute("PRAGMA synchronous = OFF")
        if fresh:
            self._file.executescript(_SCHEMA)

    def remove(self, reports: Collection[str]) -> Ordinals:
        """Take out all passages of these reports; their ordinals, which are never used again."""
        rows = [
            row
            for report in reports
            for row in self._file.execute("DELETE FROM passage WHERE report = ? RETURNING ordinal", (report,))
        ]
        return np.array([row[0] for row in rows], dtype=np.int64)

    def add(self, passages: Iterable[Passage], name: Callable[[Passage], str]) -> Ordinals:
        """Put `passages` in, `name` giving their IRIs; their ordinals, in the same order."""
        marks = ", ".join("?" * (_FIELDS.count(",") + 1))
        insert = f"INSERT INTO passage ({_FIELDS}) VALUES ({marks})"  # noqa: S608
        ordinals = [self._file.execute(insert, _row(name(p), p)).lastrowid for p in passages]
        return np.array(ordinals, dtype=np.int64)

    def all(self, size: int) -> Iterator[tuple[Ordinals, list[Passage]]]:
        """Every passage with its ordinal, in batches of `size`."""
        rows = self._file.execute(f"SELECT ordinal, {_FIELDS} FROM passage ORDER BY ordinal")  # noqa: S608
        while batch := rows.fetchmany(size):
            yield np.array([row[0] for row in batch], dtype=np.int64), [_passage(row[1:]) for row in batch]

    def close(self) -> None:
        with closing(self._file):
            self._file.commit()


def _row(iri: str, passage: Passage) -> tuple[Any, ...]:
    return (
        iri,
        passage.report,
        passage.sha256,
        passage.span.start,
        passage.span.end,
        passage.text,
        passage.sentence,
        passage.kind,
        json.dumps(passage.headings, ensure_ascii=False),
        passage.part,
        passage.department,
        passage.region,
        passage.fiscal_year,
        json.dumps([(span.start, span.end) for span in passage.places]),
    )


def _passage(row: Sequence[Any]) -> Passage:
    """The passage of a row, without the indexes of its facts, which meant something only to its builder."""
    _, report, sha256, start, end, text, sentence, kind, headings, part, department, region, year, places = row
    return Passage(
        report=report,
        sha256=sha256,
        span=Span(start, end),
        text=text,
        sentence=sentence,
        kind=kind,
        headings=tuple(json.loads(headings)),
        part=part,
        department=department,
        region=region,
        fiscal_year=year,
        places=tuple(Span(*place) for place in json.loads(places)),
    )
