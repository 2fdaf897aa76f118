"""Exports: facts to a file in one format (a drop-in folder).

A file offers `MEDIA_TYPE`, `EXTENSION` and `write(facts: Iterable[Fact], out: BinaryIO) -> None`.
"""
