"""What stands behind an ordinal: the passages of an index, in segments of one SQLite file each.

Retrievers know passages by ordinal only. The catalogue turns ordinals into passages, and what
a user filters by into ordinals.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import closing
from functools import cached_property, lru_cache, partial
from operator import eq
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kg.text import Span
from search import segments
from search.passage import Passage
from search.segments import Ordinals, Segment

FOLDER = "catalogue"
_FILE = "passages.sqlite"
_FILTERS = ("kind", "department", "region", "fiscal_year")
_VALUES, _NUMBERS = "values.json", "numbers.npy"  # what is filtered by, beside the file: the values, and whose is which
_MAPPED = 1 << 32  # bytes that are read in place, without a copy and a call for every page
_NEXT = "next"  # ordinals are never used again

_FIELDS = (
    "iri, report, sha256, start, end, text, sentence, kind, headings, part, department, region, fiscal_year, places"
)
_SCHEMA = f"CREATE TABLE passage (ordinal INTEGER PRIMARY KEY, {_FIELDS});"
_INDEXES = """
CREATE UNIQUE INDEX by_iri ON passage (iri);
CREATE INDEX by_report ON passage (report);
"""
_INSERT = f"INSERT INTO passage (ordinal, {_FIELDS}) VALUES ({', '.join('?' * (_FIELDS.count(',') + 2))})"  # noqa: S608
_NOBODY = np.zeros(0, np.int64)


class Catalogue:
    """The catalogue in `folder`, for reading. Any thread may use it."""

    def __init__(self, folder: Path) -> None:
        self._segments = segments.opened(folder / FOLDER)
        self._files = [_opened(part) for part in self._segments.parts]
        self.allowed = lru_cache(maxsize=64)(self._allowed)

    def __len__(self) -> int:
        return len(self._segments)

    def passages(self, ordinals: Iterable[int]) -> dict[int, tuple[str, Passage]]:
        """IRI and passage of each of `ordinals`, by ordinal."""
        known: dict[int, tuple[str, Passage]] = {}
        for number, _, rows in self._segments.rows(np.unique(np.fromiter(ordinals, np.int64))):
            wanted = self._segments.parts[number].ordinals[rows].tolist()
            for ordinal, *row in _chosen(self._files[number], f"ordinal, {_FIELDS}", "ordinal", wanted):
                known[ordinal] = (row[0], _passage(row))
        return known

    def ordinals(self, iris: Collection[str]) -> Ordinals:
        """The ordinals of the passages with these IRIs, ascending; unknown IRIs are passed over."""
        wanted = list(iris)
        return self._living(lambda file: (row[0] for row in _chosen(file, "ordinal", "iri", wanted)))

    def reports(self) -> dict[str, int]:
        """How many passages each report has, by its name."""
        counts: dict[str, int] = {}
        for _, row in self._rows("report"):
            counts[row[0]] = counts.get(row[0], 0) + 1
        return counts

    def of(self, report: str) -> list[tuple[str, Passage]]:
        """IRI and passage of each passage of a report."""
        return list(self.passages(self.of_reports([report])).values())

    def of_reports(self, reports: Collection[str]) -> Ordinals:
        """The ordinals of all passages of these reports, ascending."""
        wanted = list(reports)
        return self._living(lambda file: (row[0] for row in _chosen(file, "ordinal", "report", wanted)))

    def iris(self) -> Iterator[str]:
        """The IRIs of all passages."""
        return (row[0] for _, row in self._rows("iri"))

    def all(self, size: int) -> Iterator[tuple[Ordinals, list[Passage]]]:
        """Every passage with its ordinal, in batches of `size`."""
        batch: list[tuple[int, Passage]] = []
        for ordinal, row in self._rows(_FIELDS):
            batch.append((ordinal, _passage(row)))
            if len(batch) == size:
                yield _split(batch)
                batch = []
        if batch:
            yield _split(batch)

    def close(self) -> None:
        for file in self._files:
            file.close()

    def _allowed(self, kind: str | None, department: str | None, region: str | None, year: int | None) -> Ordinals:
        """Ordinals of the passages that fit, ascending; None leaves a field free. Departments and
        regions fit where their name holds the words given."""
        same = {"kind": kind, "fiscal_year": year}.items()
        tests = [(name, partial(eq, value)) for name, value in same if value is not None]
        named = {"department": department, "region": region}.items()
        tests += [(name, partial(_is_in, words)) for name, words in named if words is not None]
        found = [_NOBODY]
        for part, columns in zip(self._segments.parts, self._columns, strict=True):
            rows = np.ones(len(part.ordinals), bool)
            for name, test in tests:
                rows &= columns[name].those(test)
            mine = part.ordinals[rows]
            found.append(np.setdiff1d(mine, part.removed, assume_unique=True) if len(part.removed) else mine)
        return np.concatenate(found)

    @cached_property
    def _columns(self) -> list[dict[str, _Column]]:
        """What is filtered by, a segment each: read when somebody filters."""
        return [_columns(part.folder, file) for part, file in zip(self._segments.parts, self._files, strict=True)]

    def _living(self, find: Callable[[sqlite3.Connection], Iterable[int]]) -> Ordinals:
        """What `find` finds in every segment, without what was removed since, ascending."""
        found = [_NOBODY]
        for part, file in zip(self._segments.parts, self._files, strict=True):
            mine = np.sort(np.fromiter(find(file), np.int64))
            found.append(np.setdiff1d(mine, part.removed, assume_unique=True) if len(part.removed) else mine)
        return np.concatenate(found)

    def _rows(self, columns: str) -> Iterator[tuple[int, tuple[Any, ...]]]:
        """These columns of every passage, with its ordinal, in the order of the ordinals."""
        for part, file in zip(self._segments.parts, self._files, strict=True):
            gone = set(part.removed.tolist())
            rows = file.execute(f"SELECT ordinal, {columns} FROM passage ORDER BY ordinal")  # noqa: S608
            yield from ((row[0], row[1:]) for row in rows if row[0] not in gone)


class _Column(NamedTuple):
    """One field of every row of a segment: which of the `values` that there are, by number."""

    values: Sequence[Any]
    numbers: NDArray[np.int32]

    def those(self, fits: Callable[[Any], bool]) -> NDArray[np.bool_]:
        """Which rows have a value that fits."""
        chosen: NDArray[np.bool_] = np.array([fits(value) for value in self.values], bool)[self.numbers]
        return chosen


class Draft:
    """The catalogue in `folder`, for writing: made where there is none."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / FOLDER
        self._folder.mkdir(exist_ok=True)
        self._before = Catalogue(folder)
        self._next = int(segments.opened(self._folder).about.get(_NEXT, 0))
        self._gone: list[Ordinals] = []
        # SQLite keeps on disk what would not fit into memory, and forgets it when it is closed.
        self._fresh = sqlite3.connect("")
        self._fresh.execute("PRAGMA synchronous = OFF")
        self._fresh.executescript(_SCHEMA + "CREATE INDEX by_report ON passage (report)")

    def remove(self, reports: Collection[str]) -> Ordinals:
        """Take out all passages of these reports; their ordinals, which are never used again."""
        old = self._before.of_reports(reports)
        fresh = [row[0] for row in _chosen(self._fresh, "ordinal", "report", list(reports))]
        self._fresh.executemany("DELETE FROM passage WHERE ordinal = ?", ((ordinal,) for ordinal in fresh))
        self._gone.append(old)
        return np.concatenate([old, np.array(sorted(fresh), np.int64)])

    def add(self, passages: Iterable[Passage], name: Callable[[Passage], str]) -> Ordinals:
        """Put `passages` in, `name` giving their IRIs; their ordinals, in the same order."""
        first = self._next
        for passage in passages:
            self._fresh.execute(_INSERT, (self._next, *_row(name(passage), passage)))
            self._next += 1
        return np.arange(first, self._next)

    def all(self, size: int) -> Iterator[tuple[Ordinals, list[Passage]]]:
        """Every passage that was there before, with its ordinal, in batches of `size`."""
        return self._before.all(size)

    def __len__(self) -> int:
        return len(self._before)

    def close(self) -> None:
        fresh = [row[0] for row in self._fresh.execute("SELECT ordinal FROM passage ORDER BY ordinal")]
        gone = np.concatenate([*self._gone, _NOBODY])
        segments.save(self._folder, {_NEXT: self._next}, np.array(fresh, np.int64), gone, self._write)
        self._fresh.close()
        self._before.close()

    def _write(self, folder: Path, merged: Sequence[Segment]) -> None:
        with closing(sqlite3.connect(folder / _FILE)) as file:
            file.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; " + _SCHEMA)
            for part in merged:
                gone = set(part.removed.tolist())
                with closing(_opened(part)) as old:
                    rows = old.execute(f"SELECT ordinal, {_FIELDS} FROM passage ORDER BY ordinal")  # noqa: S608
                    file.executemany(_INSERT, (row for row in rows if row[0] not in gone))
            file.executemany(_INSERT, self._fresh.execute(f"SELECT ordinal, {_FIELDS} FROM passage ORDER BY ordinal"))  # noqa: S608
            file.executescript(_INDEXES)
            file.commit()
            columns = _columned(file)
        values = {name: column.values for name, column in columns.items()}
        (folder / _VALUES).write_text(json.dumps(values, ensure_ascii=False), "utf-8")
        np.save(folder / _NUMBERS, np.stack([column.numbers for column in columns.values()]))


def _opened(part: Segment) -> sqlite3.Connection:
    address = f"file:{(part.folder / _FILE).resolve().as_posix()}?mode=ro&immutable=1"
    file = sqlite3.connect(address, uri=True, check_same_thread=False)
    file.execute(f"PRAGMA mmap_size = {_MAPPED}")
    return file


def _is_in(words: str, name: str) -> bool:
    return words in name


def _columns(folder: Path, file: sqlite3.Connection) -> dict[str, _Column]:
    """What is filtered by, from beside the file or, where an older writer left nothing there, out of it."""
    if not (folder / _VALUES).is_file():
        return _columned(file)
    values, numbers = json.loads((folder / _VALUES).read_text("utf-8")), np.asarray(np.load(folder / _NUMBERS, "r"))
    return {name: _Column(values[name], row) for name, row in zip(_FILTERS, numbers, strict=True)}


def _columned(file: sqlite3.Connection) -> dict[str, _Column]:
    rows = file.execute(f"SELECT {', '.join(_FILTERS)} FROM passage ORDER BY ordinal")  # noqa: S608
    known: list[dict[Any, int]] = [{} for _ in _FILTERS]
    cells = (values.setdefault(v, len(values)) for row in rows for values, v in zip(known, row, strict=True))
    numbers = np.fromiter(cells, np.int32).reshape(-1, len(_FILTERS)).T
    return {name: _Column(list(v), row) for name, v, row in zip(_FILTERS, known, numbers, strict=True)}


def _chosen(file: sqlite3.Connection, columns: str, key: str, values: Sequence[Any]) -> Iterator[tuple[Any, ...]]:
    # json_each takes any number of values as one parameter.
    query = f"SELECT {columns} FROM passage WHERE {key} IN (SELECT value FROM json_each(?))"  # noqa: S608
    yield from file.execute(query, (json.dumps(values),))


def _split(batch: Sequence[tuple[int, Passage]]) -> tuple[Ordinals, list[Passage]]:
    return np.array([ordinal for ordinal, _ in batch], np.int64), [passage for _, passage in batch]


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
        headings=_headings(headings),
        part=part,
        department=department,
        region=region,
        fiscal_year=year,
        places=tuple(Span(*place) for place in json.loads(places)) if places != "[]" else (),
    )


@lru_cache(maxsize=1 << 12)
def _headings(said: str) -> tuple[str, ...]:
    """Headings stand over many passages."""
    return tuple(json.loads(said))
