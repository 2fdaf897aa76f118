"""The statements of one sort in a part, out of its prose and its tables of money."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.grammar.moneytables import tabled
from kg.grammar.prose import prose
from kg.grammar.sentences import statements
from kg.grammar.statements import Sort, Statement
from kg.once import once
from kg.reading import Reading

# Roles of sections that state nothing of the year: what the department is for, what words mean.
# … what is still to be done.
SILENT = frozenset({"duties", "glossary", "contents", "people", "improvements"})
# … and of sections whose counts are no results of the work: what is wrong, what was mended, who works there.
UNDONE = frozenset({"problems", "follow_up", "staffing"})
# 机构设置及人员情况 counts offices too: 内设4个股室.
_OFFICES = re.compile(r"(?:机构|单位|[科股处]室)$")


def stated(reading: Reading, sort: Sort) -> Iterator[Statement]:
    """The statements of `sort` in the part: those in its text, then those in its tables."""
    silent = SILENT | UNDONE if sort is Sort.QUANTITY else SILENT
    prose_said, tables_said = _everything(reading)
    yield from (said for said in prose_said if said.sort is sort and (said.role not in silent or _of_offices(said)))
    yield from (said for said in tables_said if said.sort is sort)


def _of_offices(said: Statement) -> bool:
    return said.role == "staffing" and bool(_OFFICES.search(said.name.measure))


@once  # amounts, rates and quantities are read in one go
def _everything(reading: Reading) -> tuple[tuple[Statement, ...], tuple[Statement, ...]]:
    header = reading.header
    owners = [name for name in (header.department, *header.aliases, header.region) if name]
    told = (paragraph for paragraph in prose(reading) if paragraph.role not in SILENT)
    return tuple(statements(told, year=header.fiscal_year, owners=owners)), tuple(tabled(reading))
