"""Exports: facts to a file in one format (a drop-in folder).

A file offers `MEDIA_TYPE`, `EXTENSION` and `write(facts: Iterable[Fact], out: BinaryIO) -> None`.
Formats that name things by IRI (turtle, jsonld) take one thing more, `digests`: the SHA-256 of each
report's file by name, without which a report is named by its file name.
"""
