"""各类人员相加不等于写明的总人数。
The kinds of staff do not add up to the stated total.

编外、聘用、离退休人员有的报告计入总数、有的另列，工勤有的写在行政之内（行政20人（含工勤3人）），
几种算法都对不上才算差错。
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cache
from itertools import accumulate, pairwise

from kg.checks import Verdict
from kg.facts import Fact, Staffing
from kg.gathered import of
from kg.places import distance
from kg.rules._proof import finding, held
from ontology.loader import scheme

RULE = "headcount"
TYPE = "sum-mismatch"
SEVERITY = "error"
TOTAL = "总计"
AT_WORK = "在职"  # with who no longer works it is all: 实有40人，其中在职30人（行政12人、事业18人），退休10人
TITLE = "职称"  # parts cut anew by title: 在职30人，其中中级职称12人
ESTABLISHED = ("行政", "事业", "工勤")
WORKERS = "工勤"
PAST = ("退休", "离退休", "离休", "遗属")  # who no longer works is beside the total: 在职19人，退休43人
CLOSE = 60  # characters between one number of a list and the next


def check(facts: Sequence[Fact]) -> Iterator[Verdict]:
    staff = of(facts, Staffing)
    for at, total in enumerate(staff):
        if total.category == TOTAL:
            kinds = _kinds(_listed(total, staff[at + 1 :]))
            established = sum((k.value for k in kinds if k.category in ESTABLISHED), Decimal(0))
            everybody = sum((k.value for k in kinds), Decimal(0))
            within = [k.value for before, k in pairwise(kinds) if k.category == WORKERS and k.value <= before.value]
            sums = {added - part for added in (established, everybody) for part in (Decimal(0), *within)}
            sums |= set(accumulate(k.value for k in kinds[:-1]))  # 在编30人，聘用10人；专业技术人员28人 cuts them anew
            if len(kinds) > 1 and total.value in sums:
                yield held(RULE, (total, *kinds), _sum(kinds, everybody))
            elif len(kinds) > 1:
                yield _finding(total, kinds, everybody)


def _kinds(listed: Iterable[Staffing]) -> list[Staffing]:
    """Those that the total is made of."""
    found = [kind for kind in listed if kind.category not in _titles()]
    at_work = any(kind.category == AT_WORK for kind in found)
    return [k for k in found if (k.category in (AT_WORK, *PAST) if at_work else k.category not in PAST)]


@cache
def _titles() -> tuple[str, ...]:
    kinds = scheme("staffing-categories")
    return tuple(kind.label for kind in kinds.values() if kind.broader == kinds[TITLE].iri)


def _listed(total: Staffing, following: Sequence[Staffing]) -> Iterator[Staffing]:
    """The kinds of staff told right after their total, up to the next total or subject."""
    last = total
    seen: set[str] = set()
    for fact in following:
        one = (fact.subject, fact.measure, fact.part, fact.as_of) == (
            total.subject,
            total.measure,
            total.part,
            total.as_of,
        )
        if not one or fact.category in (TOTAL, *seen) or distance(fact.evidence, last.evidence) > CLOSE:
            return
        seen.add(fact.category)
        yield fact
        last = fact


def _finding(total: Staffing, kinds: Sequence[Staffing], added: Decimal) -> Verdict:
    unit = total.unit or "人"
    return finding(
        RULE,
        TYPE,
        SEVERITY,
        (total, *kinds),
        f"{total.measure}总数写为{total.value}{unit}，各类相加为{added}{unit}",
        f"The total of staff is stated as {total.value}, the kinds add up to {added}",
        _sum(kinds, added),
    )


def _sum(kinds: Sequence[Staffing], added: Decimal) -> str:
    return f"{' + '.join(f'{k.category}{k.value}' for k in kinds)} = {added}"
