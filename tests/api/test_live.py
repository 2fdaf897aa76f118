"""A generation is answered from whole, until the next one is warm."""

from __future__ import annotations

from pathlib import Path

from api.live import Live
from kg import workspace
from kg.build import build
from search.collection import Collection
from search.indexer import SearchIndexer

COUNT = "SELECT (COUNT(DISTINCT ?r) AS ?n) { ?r a jx:Report }"


def counted(live: Live) -> int:
    return int(next(live.workers().rows(COUNT))[0])


def test_who_began_with_a_generation_ends_with_it(tmp_path: Path, examples: Path) -> None:
    first, second = sorted(examples.glob("*水利局*"))
    place = workspace.create(tmp_path / "workspace")
    build(place, [first], SearchIndexer())
    warmed: list[int] = []

    def warm(collection: Collection) -> None:
        warmed.append(len(collection.generation.entries))
        assert len(live.collection().generation.entries) == max(1, len(warmed) - 1)  # not yet answered from

    live = Live(place.folder, 1, warming=(warm,))
    live.renew()
    assert live.warm
    before = live.opened()
    build(place, [second], SearchIndexer())
    assert live.opened() is before
    live.renew()
    assert live.opened() is not before
    assert counted(live) == len(live.collection().generation.entries) == 2
    assert [row[0] for row in before.workers.rows(COUNT)] == ["1"]
    before.workers.close()
    assert [row[0] for row in before.workers.rows(COUNT)] == ["1"]  # who still asks is answered
    assert warmed == [1, 2]
    live.renew()
    assert warmed == [1, 2]
    before.workers.close()
    live.workers().close()
