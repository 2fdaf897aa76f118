"""Commands that start something others talk to: the service, tools for agents, the demonstration."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api import printing
from api.commands.options import HERE, Where, err, out
from api.running import can_listen, run, serve_agents, with_settings
from api.settings import Settings, load
from kg import build as building
from kg import workspace
from search.indexer import SearchIndexer

EXAMPLES = Path(__file__).parents[2] / "examples" / "reports"


@with_settings
def serve(settings: Settings) -> None:
    """启动网页与 HTTP 接口。Serve the pages and the HTTP API."""
    workspace.existing(settings.workspace)
    run(settings)


def mcp(workspace_folder: Where = HERE) -> None:
    """供智能体使用：标准输入输出上的 MCP，只读。Tools for agents over standard streams; they only read."""
    workspace.existing(workspace_folder)
    serve_agents(workspace_folder)


def demo(
    workspace_folder: Annotated[Path, typer.Option("--workspace", "-w")] = Path("build/demo"),
    host: Annotated[str, typer.Option(help="监听地址 · address to listen on")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="端口 · port")] = 8000,
) -> None:
    """建好示例报告并打开服务。Build the example reports and serve them."""
    can_listen(host, port)
    place = workspace.create(workspace_folder)
    with printing.build_progress(err) as progress:
        indexer = SearchIndexer(None, progress.embedded, progress.notice)
        summary = building.build(place, [EXAMPLES], indexer, progress=progress.read)
    printing.summary(out, summary)
    printing.three_things(out, f"http://{host}:{port}")
    run(load(workspace=workspace_folder, host=host, port=port))
