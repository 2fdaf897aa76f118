"""Is the workspace whole: every checksum, every text, every offset, every index entry."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from kg import dropin, stores, workspace
from kg.decisions import decisions
from kg.errors import JixiaoError, WorkspaceError
from kg.findings import findings
from kg.graph.dataset import facts_from, report_iris
from kg.workspace import Entry, Generation, Workspace


@dataclass(frozen=True, slots=True)
class Damage:
    """One thing that is not as it must be: `code`, a sentence, the file and the place in it."""

    code: str
    message: str
    file: str = ""
    place: str = ""


class IndexCheck(Protocol):
    def damage(self, generation: Generation, dataset: Any) -> Iterator[Damage]:
        """What the index has and the graph has not, and the other way round."""


def verify(place: Workspace, index: IndexCheck) -> list[Damage]:
    """Everything wrong with the live generation; nothing where all is well."""
    try:
        generation = workspace.live(place)
    except WorkspaceError as error:
        return [Damage(error.code, error.message, error.file)]
    undecided = list(_decisions(place))
    if generation is None:
        return undecided
    broken = [*undecided, *_files(generation)]
    if broken:  # an engine is not asked to open what is known to be damaged
        return broken
    try:
        dataset = dropin.one(stores, "oxigraph").open_store(str(generation.graph), read_only=True)
        return [
            *_reports(place, generation, dataset),
            *_between(place, generation, dataset),
            *index.damage(generation, dataset),
        ]
    except (JixiaoError, OSError) as error:
        return [Damage("damaged", str(error), str(generation.folder))]


def _decisions(place: Workspace) -> Iterator[Damage]:
    """Whether every decision is there as it was taken."""
    try:
        decisions(place)
    except WorkspaceError as error:
        yield Damage(error.code, error.message, error.file, error.place)


def _between(place: Workspace, generation: Generation, dataset: Any) -> Iterator[Damage]:
    """Every quote of the findings between reports, again at its own offsets in its own report."""
    texts: dict[str, str] = {}
    for found in findings(dataset, generation.entries, ()):
        for evidence in found.places if found.between else ():
            if evidence.report not in texts:
                texts[evidence.report] = _text(place, generation, evidence.report)
            if texts[evidence.report][evidence.start : evidence.end] != evidence.quote:
                where = f"{evidence.start}–{evidence.end}"
                yield Damage("moved-evidence", "报告之间的发现所引的话不在此处", evidence.report, where)


def _text(place: Workspace, generation: Generation, report: str) -> str:
    entry = generation.entries.get(report)
    try:
        return workspace.source(place, entry).text if entry else ""
    except WorkspaceError:  # said of the report itself
        return ""


def _files(generation: Generation) -> Iterator[Damage]:
    there = {p.relative_to(generation.folder).as_posix(): p for p in generation.folder.rglob("*") if p.is_file()}
    for name, checksum in generation.checksums.items():
        if name not in there:
            yield Damage("missing-file", "文件缺失", name)
        elif workspace.file_digest(there[name]) != checksum:
            yield Damage("changed-file", "文件内容与校验和不符", name)


def _reports(place: Workspace, generation: Generation, dataset: Any) -> Iterator[Damage]:
    known = {entry.iri for entry in generation.entries.values()}
    for iri in report_iris(dataset):
        if iri not in known:
            yield Damage("stray-graph", "图中有清单之外的报告", iri)
    for entry in generation.entries.values():
        original = place.folder / "files" / entry.sha256
        if not original.is_file() or workspace.file_digest(original) != entry.sha256:
            yield Damage("changed-original", "报告原件缺失或已被改动", entry.name)
        yield from _facts(place, entry, dataset)


def _facts(place: Workspace, entry: Entry, dataset: Any) -> Iterator[Damage]:
    """Every quote again at its own offsets, and as many facts as the build wrote."""
    try:
        source = workspace.source(place, entry)
    except WorkspaceError as error:
        yield Damage(error.code, error.message, entry.name)
        return
    facts = list(facts_from(dataset, entry.name))
    for fact in facts:
        for evidence in (fact.evidence, *getattr(fact, "others", ())):
            where = f"{evidence.start}–{evidence.end}"
            if source.quote(evidence.span) != evidence.quote:
                yield Damage("moved-evidence", "原文此处不是所引的话", entry.name, where)
            if {*evidence.boxes, *evidence.cells} != {*source.boxes(evidence.span), *source.cells(evidence.span)}:
                yield Damage("moved-boxes", "图中所记的页面方框或单元格与文件的版面不符", entry.name, where)
    if len(facts) != entry.facts:
        yield Damage("lost-facts", f"应有 {entry.facts} 条事实，图中有 {len(facts)} 条", entry.name)
