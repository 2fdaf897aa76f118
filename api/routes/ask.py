"""Ask in plain words."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api.remembered import remembered
from api.schema import AnswerResult
from api.serving import Live
from search.collection import Collection

router = APIRouter(prefix="/api/v1", tags=["ask"])
ANSWERS = 32  # that are remembered
Question = Annotated[str, Query(min_length=1, max_length=10_000, description="问题，中文或英文 · zh or en")]


def answered(collection: Collection, question: str) -> AnswerResult:
    """The answer as the JSON route and the page both show it. The last ones are remembered as long as their
    generation is asked: who narrows down or turns the pages of what was found asks the same again."""
    known: dict[str, AnswerResult] = remembered(collection, "answers", dict)
    given = known.get(question)
    if given is None:
        given = AnswerResult.model_validate({"question": question, **collection.ask(question).to_json()})
        if given.answerable:
            while len(known) >= ANSWERS:
                known.pop(next(iter(known)), None)
            known[question] = given
    return given


@router.get("/ask", operation_id="ask_question")
def ask(collection: Live, question: Question) -> AnswerResult:
    """回答问题，附原文与所用的 SPARQL。The answer with its evidence and the SPARQL that was run."""
    return answered(collection, question)
