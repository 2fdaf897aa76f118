"""The service as a list of its parts."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from starlette.middleware.cors import CORSMiddleware

from api import keys, names, problems
from api.carrying import Carrier
from api.document import describe
from api.etags import ETags
from api.guard import Guard, origins
from api.jobs import Jobs
from api.journal import Journal
from api.live import Live
from api.pages import home, site
from api.routes import (
    ask,
    departments,
    docs,
    evidence,
    findings,
    health,
    jobs,
    linked,
    lists,
    queries,
    reconcile,
    reports,
    search,
    sparql,
    suggest,
)
from api.settings import Settings, load
from api.workers import Limits
from search.collection import Collection
from search.language.model import configured

HERE = Path(__file__).parent


def create_app(
    workspace: Path | None = None, limits: Limits | None = None, settings: Settings | None = None
) -> FastAPI:
    """The service as `settings` say, else as environment and file say; `workspace` and `limits` go
    before them."""
    settings = settings or load(workspace=workspace)
    limits = limits or Limits(settings.query_seconds, settings.query_bytes)
    warming = names.known, Collection.briefs, home.ready
    live = Live(settings.workspace, settings.query_processes, limits, configured(), warming=warming)
    own = Jobs(settings.workspace / "service")
    carrier = Carrier(settings.workspace, own, settings.upload_seconds, settings.upload_memory, live.renew)
    agents = import_module("api.mcp").server(live) if find_spec("mcp") else None

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        carrier.resume()
        async with AsyncExitStack() as running:
            running.enter_context(live.watching())
            if agents:
                await running.enter_async_context(agents.session_manager.run())
            yield
            carrier.stop()

    app = FastAPI(
        title="绩效 Jixiao",
        version=version("jixiao"),
        description="政府部门绩效报告的知识图谱：每个事实都指向证明它的原文。Every fact points to its proof.",
        lifespan=lifespan,
        docs_url=None,  # its page fetches scripts from elsewhere; routes/docs.py has one that works offline
        redoc_url=None,
    )
    app.state.settings = settings
    app.state.live = live
    app.state.jobs = own
    app.state.carrier = carrier
    app.state.journal = Journal(settings.log, settings.workspace / "service" / "audit.jsonl")
    problems.install(app)
    for routes in (
        health,
        sparql,
        queries,
        search,
        ask,
        suggest,
        lists,
        reports,
        departments,
        evidence,
        findings,
        jobs,
        linked,
        reconcile,
        docs,
    ):
        app.include_router(routes.router)
    app.include_router(site.router)
    app.router.routes.append(docs.ASSETS)
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")
    if agents:
        app.router.routes += agents.streamable_http_app(
            stateless_http=True, json_response=True, max_request_body_size=settings.body_bytes, host=settings.host
        ).routes
    describe(app)
    app.add_middleware(ETags)
    if settings.origins:
        app.add_middleware(CORSMiddleware, allow_origins=origins(settings), allow_methods=["GET", "POST"])
    app.add_middleware(Guard, settings=settings, keys=keys.opened(settings.workspace), journal=app.state.journal)
    return app
