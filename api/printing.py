"""What the command line shows to people: tables and sentences, Chinese first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from rdflib.query import Result
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeElapsedColumn
from rich.table import Table

from api.named import Named
from kg.build import TROUBLE, Outcome, Summary
from kg.checks import OUTCOMES, Check
from kg.decisions import Decision
from kg.findings import Found
from kg.graph.books import Book
from kg.text import Source
from kg.verify import Damage
from search.answer import Answer
from search.index import Hit
from search.passage import Passage
from search.similar import Comparison

FIRST_QUERY = "SELECT ?d ?r { ?d jx:executionRate ?r FILTER(?r < 100) }"
STATUS = {
    "added": "[green]新增 added[/green]",
    "removed": "移除 removed",
    "changed": "[green]已更新 changed[/green]",
    "unchanged": "[dim]未变 unchanged[/dim]",
    "duplicate": "[dim]重复 duplicate[/dim]",
    "refused": "[red]拒收 refused[/red]",
    "failed": "[red]出错 failed[/red]",
}
SEVERITY = {
    "error": "[red]错误 error[/red]",
    "warning": "[yellow]警告 warning[/yellow]",
    "info": "[dim]提示 info[/dim]",
}


DECIDED = {
    "open": "[dim]待定 open[/dim]",
    "confirmed": "[red]属实 confirmed[/red]",
    "dismissed": "[dim]不予采纳 dismissed[/dim]",
    "fixed": "[green]已改正 fixed[/green]",
    "stale": "[yellow]数字已变，要重新看 stale[/yellow]",
}
NEAR = 20  # characters shown around a number that was not read
SHORT = 8  # digits of a key that are shown; as many name a finding among tens of thousands


@dataclass(frozen=True, slots=True)
class BuildProgress:
    """What a build tells: each report read (and how many there are), how many more passages are
    embedded, and sentences."""

    read: Callable[[Outcome, int], None]
    embedded: Callable[[int], None]
    notice: Callable[[str], None]


class _Rate(ProgressColumn):
    """How many a second."""

    def render(self, task: Task) -> str:
        return f"{task.finished_speed or task.speed or 0:,.0f}/s"


@contextmanager
def build_progress(console: Console) -> Iterator[BuildProgress]:
    """A bar that names the report just finished, and one for the passages embedded, with counts and rates."""
    columns = (
        TextColumn("{task.fields[act]}"),
        BarColumn(),
        MofNCompleteColumn(),
        _Rate(),
        TimeElapsedColumn(),
        TextColumn("{task.description}"),
    )
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        reading = bar.add_task("", act="读取 reading", total=None)
        embedding = bar.add_task("", act="向量 embedding", total=None, visible=False)

        def read(outcome: Outcome, total: int) -> None:
            bar.update(reading, total=total, advance=1, description=escape(outcome.name))

        def embedded(done: int) -> None:
            bar.update(embedding, advance=done, visible=True)

        yield BuildProgress(read, embedded, lambda sentence: console.print(escape(sentence)))


def summary(console: Console, done: Summary) -> None:
    """One row a file, then what changed as a sentence."""
    table = Table(box=None, pad_edge=False)
    for title in ("报告 report", "结果 outcome", "事实 facts", "发现 findings", "读出 read", "说明 note"):
        number = title.startswith(("事实", "发现", "读出"))
        table.add_column(title, justify="right" if number else "left", overflow="fold")
    for outcome in done.outcomes:
        if outcome.status != "unchanged" or len(done.outcomes) <= 20:
            table.add_row(*_row(outcome))
    if done.outcomes:
        console.print(table)
    counts = Counter(outcome.status for outcome in done.outcomes)
    told = "，".join(f"{STATUS[status]} {counts[status]}" for status in STATUS if counts[status])
    total = len(done.generation.entries) if done.generation else 0
    if done.across:
        console.print(f"与相邻报告比对，有 {done.across} 条发现 · {done.across} findings between reports")
    if not done.outcomes:
        told = "索引已换新 · indexes renewed" if done.published else "没有要读的文件 · no files to read"
    if not done.published:
        told = f"{told}；工作区没有变化 · nothing changed"
    console.print(f"{told}；工作区现有 {total} 份报告 · {total} reports in the workspace")


def _row(outcome: Outcome) -> tuple[str, ...]:
    counted = outcome.status not in TROUBLE and outcome.status != "duplicate"
    note = " ".join(filter(None, (outcome.message, outcome.place, *outcome.notes)))
    if outcome.code:
        note = f"{note} [{outcome.code}]"
    share = f"{outcome.numbers.share:.1%}" if outcome.numbers else ""
    figures = (str(outcome.facts), str(outcome.findings), share) if counted else ("", "", "")
    return (escape(outcome.name), STATUS[outcome.status], *figures, escape(note))


def book(console: Console, ledger: Book, source: Source) -> None:
    """What part of a report was read, then each number that was not, in its line, and each section."""
    numbers, sections = ledger.numbers, ledger.sections
    console.print(
        f"[bold]{escape(ledger.report)}[/bold] 数字读出 {numbers.share:.1%}（{numbers.read} 个，"
        f"未读 {numbers.unread} 个，不计 {numbers.aside} 个）；章节 {sections.read}/{sections.read + sections.unread} "
        f"· {numbers.read} numbers read, {numbers.unread} unread, {numbers.aside} set aside"
    )
    for place in ledger.unread:
        before, after = context(source.text, place.start, place.end)
        words = f"{escape(before)}[yellow]{escape(place.quote)}[/yellow]{escape(after)}"
        console.print(f"   [dim]{place.start}[/dim] …{words}…")
    for place in ledger.unread_sections:
        console.print(f"   [dim]{place.start} 章节 section[/dim] {escape(' '.join(place.quote.split()))}")


def context(text: str, start: int, end: int) -> tuple[str, str]:
    """A few words before and after a place, on one line."""
    before, after = text[max(0, start - NEAR) : start], text[end : end + NEAR]
    return " ".join(before.split()), " ".join(after.split())


def findings(console: Console, found: Sequence[Found]) -> None:
    """Each finding with its key and status, the words on both sides and the sum that anyone can redo."""
    for one in found:
        finding = one.finding
        grave = SEVERITY.get(finding.severity, finding.severity)
        console.print(f"{grave} [dim]{one.key[:SHORT]}[/dim] [bold]{escape(finding.explanation)}[/bold]")
        if finding.recomputation:
            console.print(f"   复算 recomputed: {escape(finding.recomputation)}")
        for place in one.places:
            words = " ".join(place.quote.split())
            console.print(f"   [dim]{escape(place.report)} {place.start}–{place.end}[/dim] 「{escape(words)}」")
        if one.decision:
            console.print(f"   {DECIDED[one.status]} {_who(one.decision)}")
    counts = Counter(one.finding.severity for one in found)
    told = "，".join(f"{SEVERITY.get(s, s)} {n}" for s, n in counts.items())
    console.print(told or "没有发现矛盾 · nothing found")


def decisions(console: Console, found: Sequence[Found], gone: Sequence[Decision], status: str | None = None) -> None:
    """What people decided, by finding; then about findings that are no longer there."""
    held = [(one.key, one.status, one.decision, "") for one in found if one.decision]
    held += [(one.key, one.status, one, "发现已不在 · no longer there") for one in gone]
    wanted = [row for row in held if status in (None, row[1])]
    for key, state, decision, note in wanted:
        console.print(f"{DECIDED[state]} [dim]{key[:SHORT]}[/dim] [bold]{escape(decision.explanation)}[/bold] {note}")
        console.print(f"   {_who(decision)} [dim]{escape('、'.join(decision.reports))}[/dim]")
    if not wanted:
        console.print("还没有决定 · no decisions")


def decided(console: Console, new: Sequence[Decision], *, in_graph: bool) -> None:
    """What was just decided."""
    for one in new:
        console.print(f"{DECIDED[one.status]} [dim]{one.key[:SHORT]}[/dim] {escape(one.explanation)}")
    if not in_graph:
        console.print("已记下；正在收入报告，图里要等这次完成后才有 · saved, in the graph after the running build")


def _who(decision: Decision) -> str:
    when = decision.at[:16].replace("T", " ")
    return f"{escape(decision.by)} {when} UTC {escape(decision.reason)}".rstrip()


OUTCOME = {
    "holds": "[green]一致 holds[/green]",
    "within_rounding": "[green]舍入范围内一致 within rounding[/green]",
    "contradicts": "[red]不一致 contradicts[/red]",
    "not_computable": "[yellow]无法核对 not computable[/yellow]",
}


def checks(console: Console, checked: Sequence[Check]) -> None:
    """Everything that the rules looked at, a line each, and how often each rule ended in which way."""
    for check in checked:
        place, said = check.places[0], " · ".join(filter(None, (check.recomputation, check.reason)))
        where = f"{place.report} {place.start}–{place.end}"
        console.print(f"{OUTCOME[check.outcome]} [bold]{check.rule}[/bold] {escape(said)} [dim]{escape(where)}[/dim]")
    counts = Counter((check.rule, check.outcome) for check in checked)
    table = Table(box=None, pad_edge=False)
    table.add_column("规则 rule")
    for outcome in OUTCOMES:
        table.add_column(OUTCOME[outcome], justify="right")
    for rule in sorted({rule for rule, _ in counts}):
        table.add_row(rule, *(str(counts[rule, outcome] or "") for outcome in OUTCOMES))
    console.print(table if checked else "没有可以核对的 · nothing to check")


def hits(console: Console, found: Sequence[Hit]) -> None:
    """Passages, best first, with their heading path, their place and why they are there."""
    for rank, hit in enumerate(found, 1):
        shown = hit.to_json()
        path = " › ".join(shown.get("heading_path") or ())
        console.print(f"[bold]{rank:>2}[/bold] {escape(' '.join(shown['text'].split()))}")
        where = f"{shown['report']} {shown['start']}–{shown['end']}"
        why = f"{where} {path} · {shown['score']:.3f} {hit.reason}"
        console.print(f"   [dim]{escape(why)}[/dim]")
    if not found:
        console.print("没有合适的段落 · nothing fits")


def comparison(console: Console, here: str, there: str, found: Comparison) -> None:
    """What two departments share, side by side, then what only one of them states."""
    console.print(f"[bold]共有 shared[/bold] {len(found.shared)}")
    for pair in found.shared:
        for mark, (_, passage) in (("＝", pair.here), ("  ", pair.there)):
            told = f"{mark} {_line(passage.text)}"
            console.print(f"{escape(told)} [dim]{_place(passage)}[/dim]")
    for name, only in ((here, found.only_here), (there, found.only_there)):
        console.print(f"[bold]只有{escape(name)} only[/bold] {len(only)}")
        for _, passage in only:
            console.print(f" - {escape(_line(passage.text))} [dim]{_place(passage)}[/dim]")


def _line(text: str) -> str:
    return " ".join(text.split())


def _place(passage: Passage) -> str:
    return escape(f"{passage.report} {passage.span.start}–{passage.span.end}")


def answer(console: Console, given: Answer) -> None:
    """The sentence, the rows, the SPARQL that was run and the words that prove it."""
    console.print(f"[bold]{escape(given.text)}[/bold]")
    if given.note:
        console.print(f"[dim]{escape(given.note)}[/dim]")
    if given.rows:
        table = Table()
        for column in given.columns:
            table.add_column(escape(column), overflow="fold")
        for row in given.rows:
            table.add_row(*("" if cell is None else escape(str(cell)) for cell in row))
        console.print(table)
    for evidence in given.evidence:
        words = " ".join(evidence.quote.split())
        console.print(f"   [dim]{escape(evidence.report)} {evidence.start}–{evidence.end}[/dim] 「{escape(words)}」")
    if given.sparql:
        console.print(f"[dim]{escape(given.sparql)}[/dim]")


def result(console: Console, found: Result) -> None:
    """A query's result: a table, a yes or no, or Turtle."""
    if found.type == "ASK":
        console.print("是 true" if found.askAnswer else "否 false")
    elif found.graph is not None:
        console.print(found.graph.serialize(format="turtle"), markup=False)
    else:
        table = Table()
        for variable in found.vars or ():
            table.add_column(escape(str(variable)), overflow="fold")
        rows = [[escape(str(row.get(name, ""))) for name in found.vars or ()] for row in found.bindings]
        for row in rows:
            table.add_row(*row)
        console.print(table)
        console.print(f"{len(rows)} 行 · rows")


def catalogue(console: Console, queries: Iterable[Named]) -> None:
    """The queries with a name, each with its parameters."""
    for one in queries:
        console.print(f"[bold]{one.name}[/bold]  {escape(one.title)} · {escape(one.title_en)}")
        for p in one.parameters:
            given = f"={p.default}" if p.default else "" if p.optional else f"={p.example} 必填 required"
            console.print(
                f"    --set {p.name}{escape(given)}  [dim]{p.type} {escape(p.label)} · {escape(p.label_en)}[/dim]"
            )


def problems(console: Console, damage: Sequence[Damage]) -> None:
    for item in damage:
        console.print(
            f"[red]{escape(item.message)}[/red] {escape(item.file)} {escape(item.place)} [dim]{item.code}[/dim]"
        )
    console.print("有损坏 · damaged" if damage else "完好 · whole")


def three_things(console: Console, address: str) -> None:
    """What to try once the service runs."""
    console.print(f"\n[bold]绩效 Jixiao[/bold] {address}")
    console.print(f"  1. 网页 page      {address}/?q=外商来投诉找谁")
    console.print(
        f"  2. 提问 ask       curl -G {address}/api/v1/ask --data-urlencode 'question=执行率低于100%的部门有哪些'"
    )
    console.print(f"  3. 查询 SPARQL    curl -G {address}/sparql --data-urlencode 'query={FIRST_QUERY}'\n")
