"""From files to a new generation: the only module that knows the order of the stages.

intake → harvest (reader → layouts → extractors → derived → rules → shapes → graph and passages), of
several reports at once → store and index, one report after another, into a draft that is published
at the end.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from rdflib import Dataset, URIRef

from kg import dropin, intake, stores, workspace
from kg.decisions import decisions
from kg.errors import JixiaoError, UnreadableFile, WorkspaceError
from kg.graph import across
from kg.graph import dataset as graph
from kg.graph.decided import decide
from kg.graph.iris import passage_iri, report_iri
from kg.harvest import VERSION, Harvest, Passages, harvest
from kg.intake import Intake
from kg.ledger import Tally
from kg.memory import give_back
from kg.workers import Crew, WorkerLost, ahead
from kg.workspace import Entry, Generation, Workspace, digest

log = logging.getLogger(__name__)
HEAP = 8 * 2**20  # bytes of statements that are written to the store together: about twenty reports
TROUBLE = frozenset({"refused", "failed"})


class IndexDraft(Protocol):
    """An index being written."""

    def remove(self, reports: Collection[str]) -> None: ...

    def add(self, passages: Sequence[Any], name: Callable[[Any], str]) -> None: ...


class Indexer(Protocol):
    """What a build asks of the search package, which lies above this one."""

    @property
    def passages(self) -> Passages:
        """A function that other processes can import."""

    def drafting(self, folder: Path) -> AbstractContextManager[IndexDraft]:
        """The index in `folder` for writing; it is whole when this is left."""

    def is_current(self, folder: Path) -> bool:
        """Whether the index in `folder` is as it would be made now; drafting makes another one so."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: `status` is added, changed, unchanged, duplicate, removed, refused or failed;
    `code`, `message` and `place` say why; `notes` name single facts that were not let in."""

    name: str
    status: str
    code: str = ""
    message: str = ""
    place: str = ""
    facts: int = 0
    findings: int = 0
    notes: tuple[str, ...] = ()
    numbers: Tally | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    """`generation` is the live one after the build; `published` says whether this build made it;
    `across` counts the findings between the reports that were read and their neighbours."""

    outcomes: tuple[Outcome, ...]
    generation: Generation | None
    published: bool
    across: int = 0

    @property
    def trouble(self) -> bool:
        return any(outcome.status in TROUBLE for outcome in self.outcomes)


Progress = Callable[[Outcome, int], None]
"""Is told what became of a file, and how many files there are."""


def _silent(outcome: Outcome, total: int) -> None:
    """Progress that nobody watches."""


def build(
    place: Workspace,
    paths: Sequence[Path | Intake],
    indexer: Indexer,
    *,
    again: bool = False,
    skip: Collection[str] = (),
    jobs: int | None = None,
    progress: Progress = _silent,
) -> Summary:
    """Read `paths` into the workspace. A report already there with the same content is left as it
    is, unless `again`; one whose content changed is replaced; a bad file stops no other, those called
    as in `skip` are not looked at. `jobs` is how many processes read reports, as many as suit if not
    said; the result is the same. `progress` is told each outcome and how many files there are.
    WorkspaceError where the workspace cannot be written: the live generation then stays as it was."""
    give_back()
    with workspace.writing(place), ExitStack() as opened:
        before = workspace.live(place)
        found, missing = intake.collect(paths)
        files = [item for item in found if item.name not in skip]
        outcomes: list[Outcome] = []

        def tell(outcome: Outcome) -> None:
            outcomes.append(outcome)
            progress(outcome, len(files) + len(missing))

        for error in missing:
            tell(_refusal(error.file, error))
        draft: _Draft | None = None
        for read, data in _harvests(_chosen(files, before, again), indexer, jobs):
            if isinstance(read, Outcome):
                tell(read)
            else:
                draft = draft or _begin(place, before, indexer, opened)
                tell(_land(draft, read, data))
        if draft is None and before and not indexer.is_current(before.search):
            draft = _begin(place, before, indexer, opened)
        return _published(draft, before, outcomes, opened)


def remove(place: Workspace, names: Sequence[str], indexer: Indexer, *, progress: Progress = _silent) -> Summary:
    """Take the reports of these names out, with all that is known from them; a name that no report has
    is told and stops no other. WorkspaceError as for `build`."""
    with workspace.writing(place), ExitStack() as opened:
        before = workspace.live(place)
        outcomes: list[Outcome] = []
        draft: _Draft | None = None
        for name in dict.fromkeys(names):
            if before and name in before.entries:
                draft = draft or _begin(place, before, indexer, opened)
                _forget(draft, name)
                outcomes.append(Outcome(name, "removed"))
            else:
                outcomes.append(Outcome(name, "refused", "no-such-report", "没有这份报告。No such report."))
            progress(outcomes[-1], len(names))
        return _published(draft, before, outcomes, opened)


def _published(
    draft: _Draft | None, before: Generation | None, outcomes: Sequence[Outcome], opened: ExitStack
) -> Summary:
    """The draft as the live generation, its engines closed before; where there is none, nothing changes."""
    if draft is None:
        return Summary(tuple(outcomes), before, published=False)
    between = _compare(draft)
    opened.close()
    generation = workspace.publish(draft.place, draft.folder, draft.entries)
    return Summary(tuple(outcomes), generation, published=True, across=between)


@dataclass(frozen=True, slots=True)
class _Chosen:
    """A file that is new or changed."""

    name: str
    data: bytes


def _chosen(files: Sequence[Intake], before: Generation | None, again: bool) -> Iterator[_Chosen | Outcome]:
    """The files that are to be read, with their bytes; of the others what becomes of them."""
    entries = before.entries if before else {}
    names = {entry.sha256: entry.name for entry in entries.values()}
    taken: dict[str, Path] = {}
    for item in files:
        try:
            data = intake.load(item)
        except UnreadableFile as error:
            yield _refusal(item.name, error)
            continue
        sha, entry = digest(data), entries.get(item.name)
        twin = names.setdefault(sha, item.name)
        if twin != item.name:
            yield Outcome(item.name, "duplicate", "same-content", f"与 {twin} 内容相同，不再重复收入")
        elif item.name in taken:
            message = f"同名文件 {taken[item.name]} 已在本次收入；请改名"
            yield Outcome(item.name, "refused", "name-taken", message, str(item.path))
        elif entry and not again and (entry.sha256, entry.version) == (sha, VERSION):
            yield Outcome(item.name, "unchanged", facts=entry.facts, findings=entry.findings)
        else:
            yield _Chosen(item.name, data)
        taken.setdefault(item.name, item.path)


def _harvests(
    files: Iterator[_Chosen | Outcome], indexer: Indexer, jobs: int | None
) -> Iterator[tuple[Harvest | Outcome, bytes]]:
    """What each file gives, in the order of the files, with its bytes; or what became of it instead."""
    with Crew(partial(_read, indexer.passages), jobs) as crew:
        begun = (file if isinstance(file, Outcome) else (file, crew.begin(file)) for file in files)
        for step in ahead(begun, 2 * crew.count):
            if isinstance(step, Outcome):
                yield step, b""
                continue
            file, ended = step
            try:
                read = ended()
            except WorkerLost as error:
                read = Outcome(file.name, "failed", error.code, error.message)
            yield read, file.data


def _read(passages: Passages, file: _Chosen) -> Harvest | Outcome:
    """The report read whole. An error in one report is its outcome, and the others go on."""
    try:
        return harvest(file.data, file.name, passages)
    except JixiaoError as error:
        return _refusal(file.name, error)
    except MemoryError:
        message = "读它要用的内存超过限度，没有读。It takes more memory to read than there may be."
        return Outcome(file.name, "refused", "too-large", message)
    except Exception as error:
        log.exception("cannot examine %s", file.name)
        message = f"程序出错（{type(error).__name__}: {error}），请报告这个问题"
        return Outcome(file.name, "failed", "internal", message)


def _refusal(name: str, error: JixiaoError) -> Outcome:
    return Outcome(name, "refused", error.code, error.message, error.place)


@dataclass(frozen=True, slots=True)
class _Draft:
    """The generation in the making: `entries` say what it holds so far, `touched` which departments'
    years are to be compared anew; `heap` is what the store has still to be given, by report."""

    place: Workspace
    folder: Path
    dataset: Dataset
    index: IndexDraft
    entries: dict[str, Entry]
    touched: set[across.Year] = field(default_factory=set)
    heap: dict[URIRef, bytes] = field(default_factory=dict)


def _begin(place: Workspace, before: Generation | None, indexer: Indexer, opened: ExitStack) -> _Draft:
    folder = workspace.branch(place, before)
    dataset = dropin.one(stores, "oxigraph").open_store(str(folder / "graph"))
    opened.callback(dataset.close)
    if before is None or any(entry.version != VERSION for entry in before.entries.values()):
        graph.ground(dataset)
    index = opened.enter_context(indexer.drafting(folder / "search"))
    return _Draft(place, folder, dataset, index, dict(before.entries) if before else {})


def _land(draft: _Draft, read: Harvest, data: bytes) -> Outcome:
    """Write one report into graph and index, in place of what was there of it."""
    name = read.source.name
    old = draft.entries.get(name)
    if old:
        _forget(draft, name)
    draft.entries[name] = entry = _entry(draft.place, read, data)
    report = URIRef(entry.iri)
    draft.heap[report] = read.statements
    if sum(map(len, draft.heap.values())) > HEAP:
        _unload(draft)
    draft.index.add(read.passages, lambda passage: passage_iri(report, passage.span))
    status = "changed" if old else "added"
    return Outcome(name, status, facts=read.facts, findings=read.findings, notes=read.notes, numbers=read.numbers)


def _unload(draft: _Draft) -> None:
    """Give the heap to the store."""
    graph.load(draft.dataset, draft.heap)
    draft.touched.update(across.touched(draft.dataset, draft.heap))
    draft.heap.clear()


def _forget(draft: _Draft, name: str) -> None:
    """Take one report out of graph and index."""
    old = draft.entries.pop(name)
    draft.touched.update(across.touched(draft.dataset, [old.iri]))
    graph.remove(draft.dataset, old.iri)
    draft.index.remove([name])


def _compare(draft: _Draft) -> int:
    """Hold the reports that were read against their neighbours, and say in the graph what people decided
    about the findings that there are now; how many findings between reports."""
    _unload(draft)
    digests = {name: entry.sha256 for name, entry in draft.entries.items()}
    found = across.settle(draft.dataset, draft.touched, digests)
    try:
        decide(draft.dataset, decisions(draft.place))
    except WorkspaceError:  # reports can be read all the same; `jixiao verify` says what is wrong
        log.exception("the graph keeps the decisions that it has")
    return found


def _entry(place: Workspace, read: Harvest, data: bytes) -> Entry:
    source, header = read.source, read.header
    sha, text, imprint = workspace.keep(place, data, source)
    return Entry(
        name=source.name,
        sha256=sha,
        text=text,
        imprint=imprint,
        media_type=source.media_type,
        encoding=source.encoding,
        version=VERSION,
        iri=str(report_iri(sha)),
        title=header.title,
        department=header.department or "",
        fiscal_year=header.fiscal_year,
        report_type=header.report_type or "",
        facts=read.facts,
        findings=read.findings,
        gaps=read.gaps,
    )
