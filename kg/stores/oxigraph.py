"""On disk, embedded, safe against crashes: Oxigraph seen through rdflib. The default.

One process writes at a time; a read-only process sees what was there when it opened the store.
"""

from __future__ import annotations

from pyoxigraph import Store
from rdflib import Dataset

from kg.errors import WorkspaceError
from kg.stores._oxigraph import dataset


def open_store(location: str, *, read_only: bool = False) -> Dataset:
    """The dataset in the folder `location`, made where there is none. WorkspaceError `store` where it
    cannot be opened: another process writes it, or it is damaged."""
    try:
        store = Store.read_only(location) if read_only else Store(location)
    except OSError as error:
        raise WorkspaceError("store", f"打不开图存储：{error}", file=location) from error
    return dataset(store, "" if read_only else location)
