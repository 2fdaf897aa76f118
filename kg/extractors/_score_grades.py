"""Grades in sentences, joined to the scores that stand before them: …得分98分，等级为优秀."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from kg.extractors._score_dimensions import About, Passage, clause_start, dimension_above, score_at, unnumbered
from kg.facts import Score, cut
from kg.grammar import dimensions
from kg.grammar.dimensions import WHOLE
from kg.grammar.lexicon import either, folded
from kg.text import Span
from ontology.loader import spellings

_CLAUSE = re.compile(r"[^,:]+")


def graded(passage: Passage, start: int, end: int, made: list[Score]) -> Iterator[Score]:
    """The sentence's scores, with the grade that follows joined to them; a grade that no score
    goes with is a fact of its own."""
    seen = passage.seen
    valued = any(score.value is not None for score in made)
    for clause in _CLAUSE.finditer(seen.text, start, end):
        match = _grade().search(clause.group().rstrip('")”'))
        if not match or clause.group()[match.start("grade") - 1 :].startswith("价中"):
            continue  # 绩效评价中，… is no grade
        first, last = clause.start() + match.start("grade"), clause.start() + match.end("grade")
        word = seen.source.plain(seen.span(first, last))
        if valued and not _SOME.match(clause.group()):
            made = _joined(passage, made, seen.span(first, last), word, clause.group())
        elif valued:
            continue
        else:
            phrase = clause.group()[: match.end("noun")]
            about = _graded_about(passage, start, clause.start(), phrase)
            if about:
                made.append(score_at(passage, about.start, last, about.dimension, grade=word))
    yield from made


# 前两个项目等级为优: nobody can say of whom but by counting.
_SOME = re.compile(r"(?:前|后|另|其余|其他)[一二两三四五六七八九十\d]{0,2}[个项]")


@cache
def _grade() -> re.Pattern[str]:
    return re.compile(
        r"(?P<noun>等级|等次|结果|结论|评级|评定|评为|自评|评价)[均都全部]{0,2}(?:达到|达|评定为|确定为|认定为|为|是|:)?"
        rf"[“\"]?(?P<grade>{either(spellings('grades'))})[”\"]?(?:等级|等次|级|档)?$"
    )


def _joined(passage: Passage, made: list[Score], grade: Span, word: str, clause: str) -> list[Score]:
    """The scores, with the grade added to the whole that stands before it, else to the last score;
    scores told together (93分和92分) share it, unless the clause names whose it is."""
    open_ = [s for s in made if s.value is not None and not s.grade and s.evidence.end <= grade.start]
    open_ = [s for s in open_ if s.subject and folded(s.subject) in clause] or open_
    last = next((s for s in reversed(open_) if s.dimension == WHOLE), open_[-1] if open_ else None)
    if last is None:
        return made
    start = last.evidence.start
    return [
        replace(s, grade=word, evidence=cut(passage.seen.source, Span(start, grade.end)))
        if s in open_ and s.evidence.start == start and s.dimension == last.dimension
        else s
        for s in made
    ]


def _graded_about(passage: Passage, start: int, clause: int, phrase: str) -> About | None:
    """What a grade is about: under a heading like 满意度 a plain 评价结果 is about that level, and the
    clause before it says so (群众满意度100%，评价结果为优). 工程质量评定合格 is no grade of ours."""
    project = passage.project(passage.seen.span(clause, clause + 1))
    told = unnumbered(phrase.replace(folded(project.name), "") if project else phrase)
    dimension = dimensions.dimension(told, of_project=project is not None)
    headed = dimension_above(passage, clause)
    if dimension == WHOLE and headed and dimensions.is_known(headed.dimension):
        begin = clause_start(passage.seen.text, start, clause - 1) if clause > start else clause
        return About(headed.dimension, begin)
    ours = dimension == WHOLE or dimensions.is_known(dimension) or dimensions.is_generic(dimension)
    return About(dimension, clause) if ours else None
