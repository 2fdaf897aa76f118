"""Retrievers: passages ranked for a query (a drop-in folder; files do not know each other).

A file offers `build(passages, folder)`, which writes its index into an empty folder, and
`load(folder) -> Retriever`, whose `search(query, k, allowed=None)` gives (ordinal, score), best first.
"""
