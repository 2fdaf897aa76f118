"""An agent walks through the tools, over HTTP and over standard streams, with the protocol's own client."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("mcp")
from mcp import Client, StdioServerParameters

TOOLS = {"schema", "examples", "search", "ask", "sparql", "queries", "named_query", "facts", "evidence"}
Walk = Callable[[Client], Awaitable[None]]


def walked(target: Any, walk: Walk) -> None:
    async def run() -> None:
        async with Client(target) as client:
            await walk(client)

    asyncio.run(run())


async def said(client: Client, tool: str, **arguments: object) -> str:
    result = await client.call_tool(tool, dict(arguments))
    assert not result.is_error, result.content
    return "".join(part.text for part in result.content if part.type == "text")


async def whole_walk(client: Client) -> None:
    listed = await client.list_tools()
    assert {tool.name for tool in listed.tools} == TOOLS
    assert all(tool.annotations and tool.annotations.read_only_hint for tool in listed.tools)
    assert "executionRate" in await said(client, "schema")
    assert "SELECT" in await said(client, "examples")
    assert "execution-rate-below" in await said(client, "queries")
    rows = await said(client, "named_query", name="execution-rate-below", parameters={"below": "99.9"})
    assert rows.startswith("name,year,rate")
    rows = await said(client, "sparql", query="SELECT ?d ?r { ?d jx:executionRate ?r FILTER(?r < 100) }")
    assert rows.startswith("d,r")
    answer = json.loads(await said(client, "ask", question="执行率低于100%的部门有哪些"))
    assert answer["answerable"]
    hits = json.loads(await said(client, "search", query="外商来投诉找谁", kind="duty"))
    assert "投诉" in hits[0]["text"]
    found = json.loads(await said(client, "facts", list="duties", filters={"department": "水利局"}, limit=1))
    row = found["rows"][0]
    assert found["truncated"]
    shown = json.loads(await said(client, "evidence", report=row["report"], start=row["start"], end=row["end"]))
    assert shown["quote"] == row["quote"]
    assert shown["verified"]


async def refused(client: Client) -> None:
    asks: list[tuple[str, dict[str, Any]]] = [
        ("sparql", {"query": "DELETE WHERE { ?s ?p ?o }"}),
        ("sparql", {"query": "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"}),
        ("facts", {"list": "secrets"}),
        ("facts", {"list": "amounts", "filters": {"nothing": "x"}}),
        ("evidence", {"report": "../../etc/passwd", "start": 0, "end": 5}),
    ]
    for tool, arguments in asks:
        assert (await client.call_tool(tool, arguments)).is_error, tool


def test_an_agent_walks_through_every_tool_over_http(server: str) -> None:
    walked(f"{server}/mcp", whole_walk)


def test_what_may_not_be_done_is_told_as_an_error_of_the_tool(server: str) -> None:
    walked(f"{server}/mcp", refused)


def test_an_agent_walks_through_every_tool_over_standard_streams(demo: Path) -> None:
    command = StdioServerParameters(command=sys.executable, args=["-m", "api.cli", "mcp", "-w", str(demo)])
    walked(command, whole_walk)
