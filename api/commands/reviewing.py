"""Commands about what reports state: facts, findings and decisions on them, what was left unread, texts."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from api import printing
from api.commands.options import HERE, Report, Where, out
from api.commands.writing import export
from kg.checks import to_json as check_to_json
from kg.decisions import STATUSES, decision, decisions
from kg.errors import JixiaoError
from kg.exports import SITE
from kg.exports.jsonl import line
from kg.findings import Filters, one, undone
from kg.review import decide as record
from search.collection import open_collection


def facts(
    report: Report = None,
    workspace_folder: Where = HERE,
    kind: Annotated[str | None, typer.Option("--kind", help="只要这一类事实 · only this kind")] = None,
    format: Annotated[str, typer.Option("--format", "-f", help="jsonl · csv · xlsx · turtle …")] = "jsonl",
    output: Annotated[Path | None, typer.Option("--out", "-o", help="写到文件 · write to a file")] = None,
) -> None:
    """列出全部事实，由图中读回。Every fact, read back from the graph."""
    collection = open_collection(workspace_folder)
    export(format, collection.told(report, kind or ""), collection.digests, output)


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
        checked = collection.checks(report, rule)
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
        export(format, found, collection.digests, output, site)


def ledger(report: Report = None, workspace_folder: Where = HERE) -> None:
    """每份报告读出了多少：没有成为事实的数字和章节。How much was read, and which numbers and sections were not."""
    collection = open_collection(workspace_folder)
    for book in collection.books(report):
        printing.book(out, book, collection.source(book.report))


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


def text(
    report: Annotated[str, typer.Argument(help="报告名 · name of the report")], workspace_folder: Where = HERE
) -> None:
    """打印一份报告的原文：所有位置都按它计数。The source text that all offsets count in."""
    sys.stdout.write(open_collection(workspace_folder).source(report).text)
