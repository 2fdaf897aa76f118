"""In memory, gone with the process: for tests and for looking at a few reports."""

from __future__ import annotations

from pyoxigraph import Store
from rdflib import Dataset

from kg.stores._oxigraph import dataset


def open_store(location: str = "", *, read_only: bool = False) -> Dataset:
    """An empty dataset; `location` and `read_only` mean nothing here."""
    return dataset(Store())
