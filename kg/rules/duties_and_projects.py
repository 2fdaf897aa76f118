"""列出的项目没有一个与列出的职责有共同的词。
Not one of the projects shares a word with one of the duties.

依据：《项目支出绩效评价管理办法》（财预〔2020〕10号）：项目立项应与部门职责范围相符，属于部门履职所需。只按用词比：
全部项目都没有共同的词，职责或项目可能抄自别处，列为提示；只有一部分没有，说法不同也会这样，无法核对。
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from kg.checks import Verdict
from kg.facts import Department, Duty, Fact, Indicator, Project
from kg.gathered import of
from kg.rules._proof import finding, held, unsure

RULE = "duties_and_projects"
TYPE = "contradiction"
SEVERITY = "info"
LEAST = 3  # duties, and projects; of fewer one cannot tell what is left out
MANY = 4  # projects; that all of them have no word in common with the duties is no chance
_HAN = re.compile(r"[一-鿿]+")


def check(facts: Sequence[Fact]) -> Iterator[Verdict]:
    duties = {_words(f.text): f for f in of(facts, Duty)}
    projects = {f.name: f for f in of(facts, Project)}
    if len(duties) < LEAST or len(projects) < LEAST:
        return
    spoken = {project: _spoken(project, facts) for project in projects.values()}
    own = frozenset[str]().union(*duties, *(_words(f.name) for f in of(facts, Department)))
    apart = [project for project, words in spoken.items() if own.isdisjoint(words)]
    if len(apart) == len(projects) >= MANY:
        yield _told(apart, list(duties.values()))
    else:
        yield _shared(spoken, apart, _unspoken(duties, spoken.values()))


def _spoken(project: Project, facts: Sequence[Fact]) -> frozenset[str]:
    """The words of a project: of its name and of what its indicators are named."""
    named = (f.level3 for f in of(facts, Indicator) if f.subject == project.name and f.level3)
    return frozenset[str]().union(_words(project.name), *map(_words, named))


def _unspoken(duties: Mapping[frozenset[str], Duty], spoken: Iterable[frozenset[str]]) -> list[Duty]:
    said = frozenset[str]().union(*spoken)
    return [duty for words, duty in duties.items() if said.isdisjoint(words)]


def _shared(spoken: Iterable[Project], apart: Sequence[Project], unspoken: Sequence[Duty]) -> Verdict:
    if not apart and not unspoken:
        projects = list(spoken)
        return held(RULE, projects, f"{len(projects)}个项目与各项职责都有共同的词")
    return unsure(
        RULE,
        (*apart, *unspoken),
        f"按用词看，{len(unspoken)}项职责没有项目或指标提到、{len(apart)}个项目没有职责提到；说法可能不同",
        f"By their words {len(unspoken)} duties have no project and {len(apart)} projects no duty; words may differ",
    )


def _told(projects: Sequence[Project], duties: Sequence[Duty]) -> Verdict:
    names = "、".join(project.name for project in projects)
    return finding(
        RULE,
        TYPE,
        SEVERITY,
        (*projects, *duties),
        f"{len(projects)}个项目（{names}）与{len(duties)}项职责没有一个共同的词",
        f"None of the {len(projects)} projects shares a word with the {len(duties)} duties",
        f"{len(projects)}个项目中0个有共同的词",
        projects[0].department,
    )


def _words(text: str) -> frozenset[str]:
    """Every two Chinese characters that stand together: Chinese has no blanks between words."""
    return frozenset(a + b for run in _HAN.findall(text) for a, b in pairwise(run))
