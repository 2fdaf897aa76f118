"""Reviewing findings: a decision is written down for good, then taken into the graph as a new generation."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kg import dropin, stores, workspace
from kg.decisions import Decision, append, decisions
from kg.errors import WorkspaceError
from kg.graph.decided import decide as write
from kg.workspace import Workspace


def decide(place: Workspace, new: Sequence[Decision]) -> bool:
    """Keep `new`; whether the graph has them already. Where another process is writing the workspace, or the
    disk has no room for a generation, it has not: the next one will. WorkspaceError `disk` where they are
    not kept, `damaged-decisions`."""
    append(place, new)
    try:
        with workspace.writing(place):
            refresh(place)
    except WorkspaceError as error:
        if error.code not in ("locked", "disk"):
            raise
        return False
    return True


def refresh(place: Workspace) -> None:
    """Publish the live generation again with the decisions that there are now. To be called by the one
    who holds the workspace for writing."""
    generation = workspace.live(place)
    if generation is None:
        return
    folder = workspace.branch(place, generation)
    take_decisions(place, folder)
    workspace.publish(place, folder, generation.entries)


def take_decisions(place: Workspace, folder: Path) -> None:
    """Bring the graph of the draft in `folder` up to the decisions that there are."""
    dataset = dropin.one(stores, "oxigraph").open_store(str(folder / "graph"))
    try:
        write(dataset, decisions(place))
    finally:
        dataset.close()
