"""Comparisons: what must hold between reports (a drop-in folder).

A file offers `compare(neighbours: Neighbours) -> Iterator[Verdict]`, `TYPE`, `SEVERITY` and a module
docstring as a rule has. It is given the reports of one department for one year with what they are to
be held against (kg.neighbours), and says of each thing how it ended: a `Finding`, whose evidence names
the report of each place, or a `Check` (kg.checks).
"""
