"""Extractors, one per kind of fact (a drop-in folder).

A file offers `extract(reading: Reading) -> Iterator[Fact]`: the facts of its kind that stand
in one part, in reading order, each cut from the source. It knows no other extractor.
"""
