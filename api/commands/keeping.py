"""Commands that keep a workspace: reports in and out, backups, verifying, tidying."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api import arguments, printing
from api.commands.options import HERE, Where, err, out
from kg import build as building
from kg import workspace
from kg.backup import backup as back_up
from kg.backup import compact as compact_workspace
from kg.backup import restore as restore_workspace
from kg.verify import verify as verify_workspace
from search.indexer import SearchIndexer


def build(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="文件或文件夹；不写就只换新旧索引 · files or folders; none only renews old indexes"),
    ] = None,
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
    place = workspace.create(workspace_folder) if paths else workspace.existing(workspace_folder)
    with printing.build_progress(err) as progress:
        indexer = SearchIndexer(arguments.model(model), progress.embedded, progress.notice)
        summary = building.build(place, paths or (), indexer, again=again, jobs=jobs, progress=progress.read)
    printing.summary(out, summary)
    if summary.trouble:
        raise typer.Exit(1)


def remove(
    names: Annotated[list[str], typer.Argument(help="报告名 · names of reports")], workspace_folder: Where = HERE
) -> None:
    """移除报告和由它得知的一切。Take reports out, with all that is known from them."""
    summary = building.remove(workspace.existing(workspace_folder), names, SearchIndexer())
    printing.summary(out, summary)
    if summary.trouble:
        raise typer.Exit(1)


def verify(workspace_folder: Where = HERE) -> None:
    """查验工作区：每个位置、每条索引、每个校验和。Is the workspace whole?"""
    problems = verify_workspace(workspace.existing(workspace_folder), SearchIndexer())
    printing.problems(out, problems)
    if problems:
        raise typer.Exit(1)


def backup(
    file: Annotated[Path, typer.Argument(help="备份文件 · the backup file (.tar)")], workspace_folder: Where = HERE
) -> None:
    """把当前一代完整备份成一个文件。Copy the live generation into one file."""
    number = back_up(workspace.existing(workspace_folder), file)
    out.print(f"已备份第 {number} 代到 {file} · generation {number} saved")


def restore(
    file: Annotated[Path, typer.Argument(help="备份文件 · the backup file")], workspace_folder: Where = HERE
) -> None:
    """从备份恢复，校验后换入。Bring a backup back; it is checked before it goes live."""
    generation = restore_workspace(workspace.create(workspace_folder), file)
    out.print(f"已恢复为第 {generation.number} 代 · restored as generation {generation.number}")


def compact(workspace_folder: Where = HERE) -> None:
    """整理存储，丢掉没有报告在用的文件。Tidy the store and drop files that no report uses."""
    freed = compact_workspace(workspace.existing(workspace_folder))
    out.print(f"腾出 {freed / 2**20:.1f} MB · freed")
