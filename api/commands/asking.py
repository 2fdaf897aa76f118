"""Commands that ask the whole workspace: SPARQL, search, likeness, questions in plain words."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from api import arguments, named, printing
from api.commands.options import HERE, Where, out
from api.commands.writing import write_lines
from kg.errors import JixiaoError
from kg.exports.jsonl import line
from search.collection import open_collection
from search.language.model import configured
from search.results import formats, serialise
from search.similar import by_iri, by_span
from search.similar import compare as contrast
from search.similar import similar as more_like


def query(
    sparql: Annotated[
        str | None,
        typer.Argument(help="SPARQL、存着它的文件，或 - · SPARQL, a file, or - for what comes in"),
    ] = None,
    workspace_folder: Where = HERE,
    format: Annotated[str, typer.Option("--format", "-f", help="table · json · csv · tsv · xml · turtle …")] = "table",
    name: Annotated[str | None, typer.Option("--name", help="有名字的查询 · a query of the catalogue")] = None,
    values: Annotated[list[str] | None, typer.Option("--set", help="参数，如 year=2024 · its parameters")] = None,
) -> None:
    """SPARQL 1.1 查询，可在其中检索；都不写则列出有名字的查询。SPARQL 1.1, search inside; alone, lists the named."""
    if sparql is None and name is None:
        printing.catalogue(out, named.catalogue().values())
        return
    asked = (
        named.bound(named.one(name), arguments.pairs(values or ())) if name else arguments.text_or_file(sparql or "")
    )
    collection = open_collection(workspace_folder)
    result = collection.query(asked)
    if format == "table":
        printing.result(out, result)
    elif format in formats(result):
        sys.stdout.buffer.write(serialise(result, [format], sys.maxsize)[1])
    else:
        known = "、".join(("table", *formats(result)))
        raise JixiaoError("unknown-format", f"这种结果没有 {format} 格式；可用的有：{known}")


def search(
    words: Annotated[str | None, typer.Argument(help="要找的话 · what to look for")] = None,
    workspace_folder: Where = HERE,
    kind: Annotated[str | None, typer.Option("--kind", help="duty · problem · indicator …")] = None,
    department: Annotated[str | None, typer.Option("--department", help="部门 · department")] = None,
    year: Annotated[int | None, typer.Option("--year", help="年度 · fiscal year")] = None,
    k: Annotated[int, typer.Option("-k", min=1, max=1000, help="几条 · how many")] = 10,
    mode: Annotated[str, typer.Option("--mode", help="hybrid · lexical · dense")] = "hybrid",
    as_json: Annotated[bool, typer.Option("--json")] = False,
    batch: Annotated[Path | None, typer.Option("--batch", help="一行一个查询的 jsonl · queries, one a line")] = None,
    output: Annotated[Path | None, typer.Option("--out", "-o", help="批量结果 · results of a batch")] = None,
) -> None:
    """按意思和字词检索原文。Search the passages by meaning and by words."""
    collection = open_collection(workspace_folder)
    if batch:
        lines = [
            {
                "id": q["id"],
                "results": [h.to_json() for h in collection.search(q["query"], k=k, kind=_duty(q), mode=mode)],
            }
            for q in arguments.lines(batch)
        ]
        write_lines(lines, output)
    elif not (words or "").strip():
        raise JixiaoError("no-words", "要检索什么？给出几个词，或用 --batch 给出文件")
    else:
        hits = collection.search(words or "", k=k, kind=kind, department=department, year=year, mode=mode)
        if as_json:
            sys.stdout.write(line([h.to_json() for h in hits]) + "\n")
        else:
            printing.hits(out, hits)


def similar(
    report: Annotated[str, typer.Argument(help="报告名，或一个段落的 IRI · a report, or the IRI of a passage")],
    place: Annotated[str, typer.Argument(help="报告里的位置，如 120-160 · a place in the report")] = "",
    workspace_folder: Where = HERE,
    kind: Annotated[str | None, typer.Option("--kind", help="duty · problem …，不写就是同类 · the same kind")] = None,
    year: Annotated[int | None, typer.Option("--year", help="年度 · fiscal year")] = None,
    elsewhere: Annotated[bool, typer.Option("--elsewhere", help="不要本部门的 · of other departments only")] = False,
    k: Annotated[int, typer.Option("-k", min=1, max=1000, help="几条 · how many")] = 10,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """找相近的：别的部门、别的年度说的同一件事。More like this, in other departments and years."""
    collection = open_collection(workspace_folder)
    filters = {name: value for name, value in {"kind": kind, "year": year}.items() if value is not None}
    one = by_span(collection.index, collection.entry(report).name, arguments.span(place)) if place else None
    hits = more_like(collection.index, one or by_iri(collection.index, report), k, elsewhere=elsewhere, **filters)
    if as_json:
        sys.stdout.write(line([h.to_json() for h in hits]) + "\n")
    else:
        printing.hits(out, hits)


def compare(
    here: Annotated[str, typer.Argument(help="部门 · a department")],
    there: Annotated[str, typer.Argument(help="另一个部门 · another")],
    workspace_folder: Where = HERE,
    kind: Annotated[str, typer.Option("--kind", help="duty · problem · improvement …")] = "duty",
    year: Annotated[int | None, typer.Option("--year", help="年度 · fiscal year")] = None,
    year_there: Annotated[int | None, typer.Option("--year-there", help="另一方的年度 · that of the other")] = None,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """对照两个部门的职责：共有的、各自独有的。Two departments' duties: shared, only here, only there."""
    collection = open_collection(workspace_folder)
    found = contrast(collection.index, here, there, kind=kind, year=year, year_there=year_there)
    if as_json:
        sys.stdout.write(line({"here": here, "there": there, **found.to_json()}) + "\n")
    else:
        printing.comparison(out, here, there, found)


def ask(
    question: Annotated[str | None, typer.Argument(help="问题，中文或英文 · a question, zh or en")] = None,
    workspace_folder: Where = HERE,
    as_json: Annotated[bool, typer.Option("--json")] = False,
    batch: Annotated[Path | None, typer.Option("--batch", help="一行一个问题的 jsonl · questions, one a line")] = None,
    output: Annotated[Path | None, typer.Option("--out", "-o", help="批量回答 · answers of a batch")] = None,
) -> None:
    """用平常话提问，得到答案、原文和所用的 SPARQL。Ask in plain words; get the answer, its proof and its SPARQL."""
    collection = open_collection(workspace_folder, configured())
    if batch:
        answers = [{"id": q["id"], **collection.ask(q["question"]).to_json()} for q in arguments.lines(batch)]
        write_lines(answers, output)
    elif question is None:
        raise JixiaoError("no-question", "要问什么？给出问题，或用 --batch 给出文件")
    elif as_json:
        sys.stdout.write(line(collection.ask(question).to_json()) + "\n")
    else:
        printing.answer(out, collection.ask(question))


def _duty(query: dict[str, str]) -> str | None:
    """Judged queries of type `duty` are answered with duty statements only."""
    return "duty" if query.get("type") == "duty" else None
