"""What many commands take, and where they print."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

Where = Annotated[
    Path, typer.Option("--workspace", "-w", envvar="JIXIAO_WORKSPACE", help="工作区文件夹 · the workspace folder")
]
Report = Annotated[str | None, typer.Option("--report", help="只看这一份报告 · only this report")]
HERE = Path("workspace")
WIDE = 200  # columns of a table in a pipe or a file, where nothing tells how wide it will be read


def _console(*, stderr: bool) -> Console:
    """Sentences are broken by the terminal alone, so that a query or an address can be copied whole."""
    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() or "COLUMNS" in os.environ else WIDE
    return Console(stderr=stderr, highlight=False, soft_wrap=True, width=width)


out = _console(stderr=False)
err = _console(stderr=True)
