"""The command line: every act of Jixiao as one command, errors as sentences, exit status for scripts."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape

from api import arguments, keycommands, named, printing
from api.running import run, serve_agents, with_settings
from api.settings import Settings, load
from kg import build as building
from kg import exports, workspace
from kg.backup import backup as back_up
from kg.backup import compact as compact_workspace
from kg.backup import restore as restore_workspace
from kg.checks import to_json as check_to_json
from kg.decisions import STATUSES, decision, decisions
from kg.errors import JixiaoError
from kg.exports import SITE
from kg.exports.jsonl import line
from kg.facts import Fact
from kg.findings import Filters, Found, one, undone
from kg.review import decide as record
from kg.verify import verify as verify_workspace
from search.collection import open_collection
from search.indexer import SearchIndexer
from search.language.model import configured
from search.results import formats, serialise
from search.similar import by_iri, by_span
from search.similar import compare as contrast
from search.similar import similar as more_like

app = typer.Typer(
    name="jixiao",
    help="绩效：读政府部门的绩效报告，每个事实都指向证明它的原文。\n\n"
    "Reads performance reports into a knowledge graph whose every fact points to its proof.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
app.add_typer(keycommands.app)
Where = Annotated[
    Path, typer.Option("--workspace", "-w", envvar="JIXIAO_WORKSPACE", help="工作区文件夹 · the workspace folder")
]
Report = Annotated[str | None, typer.Option("--report", help="只看这一份报告 · only this report")]
HERE = Path("workspace")
EXAMPLES = Path(__file__).parent.parent / "examples" / "reports"
out = Console(highlight=False)
err = Console(stderr=True, highlight=False)


@app.command()
def build(
    paths: Annotated[list[Path], typer.Argument(help="报告文件或文件夹 · files or folders")],
    workspace_folder: Where = HERE,
    again: Annotated[bool, typer.Option("--again", help="内容没变也重读 · read unchanged reports again")] = False,
    model: Annotated[
        str | None,
        typer.Option("--model", envvar="JIXIAO_MODEL", help="向量模型：文件夹或名称 · embedding model: folder or name"),
    ] = None,
    jobs: Annotated[
        int | None, typer.Option("--jobs", min=1, help="用几个进程读报告 · how many processes read reports")
    ] = None,
) -> None:
    """把报告读进工作区，可以反复运行。Read reports into the workspace; safe to repeat."""
    place = workspace.create(workspace_folder)
    with printing.build_progress(err) as progress:
        indexer = SearchIndexer(arguments.model(model), progress.embedded, progress.notice)
        summary = building.build(place, paths, indexer, again=again, jobs=jobs, progress=progress.read)
    printing.summary(out, summary)
    if summary.trouble:
        raise typer.Exit(1)


@app.command()
def remove(
    names: Annotated[list[str], typer.Argument(help="报告名 · names of reports")], workspace_folder: Where = HERE
) -> None:
    """移除报告和由它得知的一切。Take reports out, with all that is known from them."""
    summary = building.remove(workspace.existing(workspace_folder), names, SearchIndexer())
    printing.summary(out, summary)
    if summary.trouble:
        raise typer.Exit(1)


@app.command()
def facts(
    report: Report = None,
    workspace_folder: Where = HERE,
    kind: Annotated[str | None, typer.Option("--kind", help="只要这一类事实 · only this kind")] = None,
    format: Annotated[str, typer.Option("--format", "-f", help="jsonl · csv · xlsx · turtle …")] = "jsonl",
    output: Annotated[Path | None, typer.Option("--out", "-o", help="写到文件 · write to a file")] = None,
) -> None:
    """列出全部事实，由图中读回。Every fact, read back from the graph."""
    collection = open_collection(workspace_folder)
    _export(format, collection.told(report, kind or ""), collection.digests, output)


@app.command()
def check(
    report: Report = None,
    workspace_folder: Where = HERE,
    rule: Annotated[str | None, typer.Option("--rule", help="只要这条规则的 · of this rule")] = None,
    severity: Annotated[str | None, typer.Option("--severity", help="error · warning · info")] = None,
    department: Annotated[str | None, typer.Option("--department", help="部门 · department")] = None,
    year: Annotated[int | None, typer.Option("--year", help="年度 · fiscal year")] = None,
    status: Annotated[str | None, typer.Option("--status", help=" · ".join(STATUSES))] = None,
    format: Annotated[str, typer.Option("--format", "-f", help="table · jsonl · csv · xlsx …")] = "table",
    output: Annotated[Path | None, typer.Option("--out", "-o", help="写到文件 · write to a file")] = None,
    site: Annotated[
        str, typer.Option("--site", envvar="JIXIAO_SITE", help="表格里的链接指向哪个服务 · where links in tables lead")
    ] = SITE,
    everything: Annotated[
        bool, typer.Option("--all", help="也列出核对过、没有问题和无法核对的 · also what holds or cannot be told")
    ] = False,
) -> None:
    """报告之内、报告之间是否一致：每条发现附两边原文。Do reports hold together? Findings with both sides."""
    collection = open_collection(workspace_folder)
    if report:
        collection.entry(report)
    if everything:
        checked = [c for c in collection.checks(report) if rule in (None, c.rule)]
        if format == "table":
            printing.checks(out, checked)
        else:
            lines = "".join(f"{line(check_to_json(check))}\n" for check in checked)
            output.write_text(lines, "utf-8") if output else sys.stdout.write(lines)
        return
    wanted = Filters(report=report, rule=rule, severity=severity, department=department, year=year, status=status)
    found = collection.findings(wanted)
    if format == "table":
        printing.findings(out, found)
    else:
        _export(format, found, collection.digests, output, site)


@app.command()
def ledger(report: Report = None, workspace_folder: Where = HERE) -> None:
    """每份报告读出了多少：没有成为事实的数字和章节。How much was read, and which numbers and sections were not."""
    collection = open_collection(workspace_folder)
    for book in collection.books(report):
        printing.book(out, book, collection.source(book.report))


@app.command()
def decide(
    finding: Annotated[list[str] | None, typer.Argument(help="发现编号，或其开头 · keys or how they begin")] = None,
    workspace_folder: Where = HERE,
    confirm: Annotated[bool, typer.Option("--confirm", help="属实 · it is so")] = False,
    dismiss: Annotated[str | None, typer.Option("--dismiss", help="不予采纳，写明理由 · it is not, and why")] = None,
    fixed: Annotated[bool, typer.Option("--fixed", help="已改正 · it was put right")] = False,
    reopen: Annotated[bool, typer.Option("--reopen", help="收回决定 · take the decision back")] = False,
    reason: Annotated[str, typer.Option("--reason", help="理由 · why")] = "",
    by: Annotated[str, typer.Option("--by", envvar="JIXIAO_BY", help="谁决定的 · who decides")] = "",
    listed: Annotated[bool, typer.Option("--list", help="列出已有的决定 · list the decisions")] = False,
    status: Annotated[str | None, typer.Option("--status", help="只列这一种 · list only these")] = None,
) -> None:
    """对发现作决定：属实、不予采纳、已改正。Confirm findings, dismiss them with a reason, or mark them fixed."""
    collection = open_collection(workspace_folder)
    if listed:
        found = collection.findings()
        printing.decisions(out, found, undone(found, decisions(collection.place)), status)
        return
    asked = {"open": reopen, "confirmed": confirm, "dismissed": dismiss is not None, "fixed": fixed}
    chosen = [name for name, given in asked.items() if given]
    if not finding or len(chosen) != 1:
        raise JixiaoError("no-decision", "写明发现的编号，再加 --confirm、--dismiss 理由、--fixed 或 --reopen 之一")
    found = collection.read(one(collection.briefs(), name) for name in finding)
    new = [decision(each.finding, chosen[0], by, dismiss or reason) for each in found]
    printing.decided(out, new, in_graph=record(collection.place, new))


@app.command()
def query(
    sparql: Annotated[str | None, typer.Argument(help="SPARQL 查询，或查询文件 · a query or a file with one")] = None,
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


@app.command()
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
        _write_lines(lines, output)
    elif words is None:
        raise JixiaoError("no-words", "要检索什么？给出几个词，或用 --batch 给出文件")
    else:
        hits = collection.search(words, k=k, kind=kind, department=department, year=year, mode=mode)
        if as_json:
            sys.stdout.write(line([h.to_json() for h in hits]) + "\n")
        else:
            printing.hits(out, hits)


@app.command()
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


@app.command()
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


@app.command()
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
        _write_lines(answers, output)
    elif question is None:
        raise JixiaoError("no-question", "要问什么？给出问题，或用 --batch 给出文件")
    elif as_json:
        sys.stdout.write(line(collection.ask(question).to_json()) + "\n")
    else:
        printing.answer(out, collection.ask(question))


@app.command()
def text(
    report: Annotated[str, typer.Argument(help="报告名 · name of the report")], workspace_folder: Where = HERE
) -> None:
    """打印一份报告的原文：所有位置都按它计数。The source text that all offsets count in."""
    sys.stdout.write(open_collection(workspace_folder).source(report).text)


@app.command()
def verify(workspace_folder: Where = HERE) -> None:
    """查验工作区：每个位置、每条索引、每个校验和。Is the workspace whole?"""
    problems = verify_workspace(workspace.existing(workspace_folder), SearchIndexer())
    printing.problems(out, problems)
    if problems:
        raise typer.Exit(1)


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(help="备份文件 · the backup file (.tar)")], workspace_folder: Where = HERE
) -> None:
    """把当前一代完整备份成一个文件。Copy the live generation into one file."""
    number = back_up(workspace.existing(workspace_folder), file)
    out.print(f"已备份第 {number} 代到 {file} · generation {number} saved")


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="备份文件 · the backup file")], workspace_folder: Where = HERE
) -> None:
    """从备份恢复，校验后换入。Bring a backup back; it is checked before it goes live."""
    generation = restore_workspace(workspace.create(workspace_folder), file)
    out.print(f"已恢复为第 {generation.number} 代 · restored as generation {generation.number}")


@app.command()
def compact(workspace_folder: Where = HERE) -> None:
    """整理存储，丢掉没有报告在用的文件。Tidy the store and drop files that no report uses."""
    freed = compact_workspace(workspace.existing(workspace_folder))
    out.print(f"腾出 {freed / 2**20:.1f} MB · freed")


@app.command()
@with_settings
def serve(settings: Settings) -> None:
    """启动网页与 HTTP 接口。Serve the pages and the HTTP API."""
    workspace.existing(settings.workspace)
    run(settings)


@app.command()
def mcp(workspace_folder: Where = HERE) -> None:
    """供智能体使用：标准输入输出上的 MCP，只读。Tools for agents over standard streams; they only read."""
    workspace.existing(workspace_folder)
    serve_agents(workspace_folder)


@app.command()
def demo(
    workspace_folder: Annotated[Path, typer.Option("--workspace", "-w")] = Path("build/demo"),
    host: Annotated[str, typer.Option(help="监听地址 · address to listen on")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="端口 · port")] = 8000,
) -> None:
    """建好示例报告并打开服务。Build the example reports and serve them."""
    place = workspace.create(workspace_folder)
    with printing.build_progress(err) as progress:
        indexer = SearchIndexer(None, progress.embedded, progress.notice)
        summary = building.build(place, [EXAMPLES], indexer, progress=progress.read)
    printing.summary(out, summary)
    printing.three_things(out, f"http://{host}:{port}")
    run(load(workspace=workspace_folder, host=host, port=port))


def _export(
    format: str, chosen: Iterable[Fact | Found], digests: Mapping[str, str], output: Path | None, site: str = SITE
) -> None:
    if output:
        with output.open("wb") as stream:
            exports.write(format, chosen, stream, digests, site)
    else:
        exports.write(format, chosen, sys.stdout.buffer, digests, site)
        sys.stdout.buffer.flush()


def _duty(query: dict[str, str]) -> str | None:
    """Judged queries of type `duty` are answered with duty statements only."""
    return "duty" if query.get("type") == "duty" else None


def _write_lines(objects: list[dict[str, Any]], output: Path | None) -> None:
    text = "".join(line(o) + "\n" for o in objects)
    if output:
        output.write_text(text, "utf-8")
    else:
        sys.stdout.write(text)


def main() -> None:
    """The console script. Exit status 0 done, 1 something was refused or failed, 2 wrong usage."""
    try:
        app()
    except JixiaoError as error:
        err.print(f"[red]错误[/red] {escape(str(error))}")
        sys.exit(1)


if __name__ == "__main__":
    main()
