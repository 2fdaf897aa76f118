"""Starting the service: one process or several, told by the environment what is set."""

from __future__ import annotations

import errno
import inspect
import os
import socket
import tempfile
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Any

import typer
import uvicorn

from api.live import Live
from api.settings import Settings, environment, load
from kg.errors import JixiaoError
from search.language.model import configured


def can_listen(host: str, port: int) -> None:
    """JixiaoError `port` where the address is taken or may not be used: told before anything is opened."""
    try:
        with socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET):
            pass
    except OSError as error:
        why = "已有程序在用" if error.errno == errno.EADDRINUSE else error.strerror
        raise JixiaoError("port", f"不能在 {host}:{port} 上服务：{why}；用 --port 换一个端口") from error


def run(settings: Settings) -> None:
    """Serve until told to stop; requests that have begun are finished. JixiaoError `port`."""
    can_listen(settings.host, settings.port)
    os.environ |= environment(settings)  # uvicorn makes the app itself, in its own processes
    with tempfile.TemporaryDirectory() as counts:
        if settings.processes > 1:
            os.environ["PROMETHEUS_MULTIPROC_DIR"] = counts
        uvicorn.run(
            "api.app:create_app",
            factory=True,
            host=settings.host,
            port=settings.port,
            workers=settings.processes,
            timeout_graceful_shutdown=settings.stop_seconds,
            http="h11",  # the only one that bounds headers while they come in
            h11_max_incomplete_event_size=settings.url_bytes + settings.header_bytes,
            server_header=False,
            access_log=False,  # api/journal.py tells of requests, without what was asked
            log_level="warning",
        )


def serve_agents(folder: Path) -> None:
    """Answer an agent on standard input and output. JixiaoError `missing-extra` without the protocol's SDK."""
    if find_spec("mcp") is None:
        raise JixiaoError("missing-extra", "MCP 需要先安装：pip install 'jixiao[mcp]'")
    live = Live(folder, model=configured())
    with live.watching():
        import_module("api.mcp").server(live).run("stdio")


def with_settings(command: Callable[[Settings], None]) -> Callable[..., None]:
    """`command` as one that takes every setting as an option, so that --help lists them all."""

    def taking(**given: Any) -> None:
        command(load(**given))

    options = []
    for name, field in Settings.model_fields.items():
        names = [f"--{name.replace('_', '-')}", *(["-w"] if name == "workspace" else [])]
        told = f"{field.description} · JIXIAO_{name.upper()} = {field.default}"
        kind: Any = _plain(field.annotation)
        annotation = Annotated[kind | None, typer.Option(*names, help=told, show_default=False)]
        options.append(inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=annotation))
    taking.__signature__ = inspect.Signature(options)  # type: ignore[attr-defined]
    taking.__annotations__ = {option.name: option.annotation for option in options}
    taking.__doc__ = command.__doc__
    taking.__name__ = command.__name__
    return taking


def _plain(annotation: Any) -> Any:
    """The type that a command line can read; what is out of bounds the settings themselves refuse."""
    return annotation if annotation in (int, float, str) or isinstance(annotation, type) else str
