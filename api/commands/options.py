"""What many commands take, and where they print."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

Where = Annotated[
    Path, typer.Option("--workspace", "-w", envvar="JIXIAO_WORKSPACE", help="工作区文件夹 · the workspace folder")
]
Report = Annotated[str | None, typer.Option("--report", help="只看这一份报告 · only this report")]
HERE = Path("workspace")
out = Console(highlight=False)
err = Console(stderr=True, highlight=False)
