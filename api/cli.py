"""The command line: every act of Jixiao as one command (`api/commands/`), errors as sentences, exit status
for scripts."""

from __future__ import annotations

import sys
from typing import NoReturn

import typer
from rich.markup import escape

from api.commands import keys
from api.commands.asking import ask, compare, query, search, similar
from api.commands.keeping import backup, build, compact, remove, restore, verify
from api.commands.options import err
from api.commands.reviewing import check, decide, facts, ledger, text
from api.commands.starting import demo, mcp, serve
from kg.errors import JixiaoError

app = typer.Typer(
    name="jixiao",
    help="绩效：读政府部门的绩效报告，每个事实都指向证明它的原文。\n\n"
    "Reads performance reports into a knowledge graph whose every fact points to its proof.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
app.add_typer(keys.app)
COMMANDS = (  # in the order of the help
    build, remove, facts, check, ledger, decide, query, search, similar, compare, ask, text,
    verify, backup, restore, compact, serve, mcp, demo,
)  # fmt: skip
for command in COMMANDS:
    app.command()(command)


def main() -> None:
    """The console script. Exit status 0 done, 1 something was refused or failed, 2 wrong usage."""
    try:
        app()
    except JixiaoError as error:
        _fail(error)
    except OSError as error:  # a file or folder that the command names
        reason = error.strerror or type(error).__name__
        _fail(JixiaoError("unreadable", f"打不开或写不进：{reason}", file=str(error.filename or "")))


def _fail(error: JixiaoError) -> NoReturn:
    err.print(f"[red]错误[/red] {escape(str(error))}")
    sys.exit(1)


if __name__ == "__main__":
    main()
