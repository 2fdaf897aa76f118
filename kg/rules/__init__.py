"""Rules: what must hold within a report (a drop-in folder).

A file offers `check(facts: Sequence[Fact]) -> Iterator[Finding]`, `SEVERITY`, `TYPE` and a
module docstring: its first line is the Chinese sentence that users read, its second the
English twin, the rest the legal or arithmetic basis.
"""
