"""How much of made-up reports is read back, by layout and format.

    python benchmarks/reading_back.py [REPORTS] [FIRST_SEED]

For each layout and format: the share of stated facts that are read with every field right, facts
read that nothing states, reports without either, the share of numbers that the ledger has as read,
and errors or warnings found where everything fits. Then the first misses, to be looked at.
"""

from __future__ import annotations

import sys
from itertools import islice

from generator import LAYOUTS, generate
from generator.matching import lines, missed, surplus

from kg.examine import examine
from kg.facts import to_json
from kg.ledger import ledger, tally

SHOWN = 20


def main(reports: int = 20, first: int = 0) -> None:
    wrong: list[str] = []
    print(f"{'layout':16}{'format':8}{'whole':>8}{'found':>8}{'made up':>9}{'read':>8}{'alarms':>8}")
    for layout, written in LAYOUTS.items():
        for kind in written.FORMATS:
            whole = stated = lost = more = alarms = 0
            shares = []
            for seed in range(first, first + reports):
                made = generate(seed, layout, kind)
                examined = examine(made.data, made.name)
                found = [to_json(fact) for fact in examined.facts]
                misses, extras = missed(made.facts, found), surplus(made.facts, found)
                whole += not misses and not extras
                stated, lost, more = stated + len(made.facts), lost + len(misses), more + len(extras)
                alarms += sum(finding.severity in ("error", "warning") for finding in examined.findings)
                shares.append(tally(ledger(examined.readings, examined.facts).numbers).share)
                wrong += (f"- {made.name} {line}" for line in lines(misses))
                wrong += (f"+ {made.name} {line}" for line in lines(extras))
            share = sum(shares) / reports
            print(
                f"{layout:16}{kind:8}{whole:5}/{reports:<3}{1 - lost / stated:7.1%}{more:9}{share:8.1%}{alarms:8}",
                flush=True,
            )
    for line in islice(wrong, SHOWN):
        print(line)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
