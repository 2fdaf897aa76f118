"""`jixiao key`: who may ask and write."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.table import Table

from api.commands.options import HERE, Where, out
from api.keys import opened
from kg import workspace

app = typer.Typer(name="key", help="密钥：谁可以读、写。Keys: who may read and write.", no_args_is_help=True)


@app.command()
def add(
    name: Annotated[str, typer.Argument(help="给谁用 · whose it is")],
    workspace_folder: Where = HERE,
    role: Annotated[str, typer.Option(help="read · write")] = "read",
    per_minute: Annotated[int, typer.Option(min=0, help="每分钟几次请求，0 不限 · requests a minute, 0 for any")] = 600,
) -> None:
    """新建密钥；只显示这一次。Make a key; it is shown this once."""
    token = opened(workspace.create(workspace_folder).folder).add(name, role, per_minute)
    out.print(token)


@app.command("list")
def show(workspace_folder: Where = HERE) -> None:
    """列出全部密钥（不含密钥本身）。Every key, without its secret."""
    table = Table("编号 id", "名称 name", "角色 role", "每分钟 a minute", "新建 made")
    for key in opened(workspace.existing(workspace_folder).folder).all():
        table.add_row(key.id, key.name, key.role, str(key.per_minute or "∞"), key.made)
    out.print(table)


@app.command()
def remove(key: Annotated[str, typer.Argument(help="编号 · its id")], workspace_folder: Where = HERE) -> None:
    """作废一个密钥，立即生效。Take a key back, from now on."""
    removed = opened(workspace.existing(workspace_folder).folder).remove(key)
    out.print(f"已作废 {removed.name}（{removed.id}）· removed")
