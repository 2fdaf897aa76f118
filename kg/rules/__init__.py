"""Rules: what must hold within a report (a drop-in folder).

A file offers `check(facts: Sequence[Fact]) -> Iterator[Verdict]`, `SEVERITY`, `TYPE` and a module
docstring: its first line is the Chinese sentence that users read, its second the English twin, the
rest the legal or arithmetic basis. A rule about words that are no fact offers in its place
`review(readings: Sequence[Reading], facts: Sequence[Fact]) -> Iterator[Verdict]`.

For each thing it looked at a rule ends in one of four ways (kg.checks): a `Finding` contradicts; a
`Check` holds, holds within the digits that were written, or is not computable and says why.
"""
