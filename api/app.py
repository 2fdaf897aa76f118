"""The service as a list of its parts."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version
from pathlib import Path

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from api import problems
from api.live import Live
from api.pages import site
from api.routes import ask, departments, evidence, health, lists, reports, search, sparql, suggest
from api.workers import Limits, Workers
from search.language.model import configured

HERE = Path(__file__).parent


def create_app(workspace: Path | None = None, limits: Limits | None = None) -> FastAPI:
    """The service over `workspace`, else over the one that JIXIAO_WORKSPACE names."""
    folder = workspace or Path(os.environ.get("JIXIAO_WORKSPACE", "workspace"))
    workers = Workers(folder, limits=limits or Limits())
    live = Live(folder, configured(), workers.result)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        yield
        workers.close()

    app = FastAPI(
        title="绩效 Jixiao",
        version=version("jixiao"),
        description="政府部门绩效报告的知识图谱：每个事实都指向证明它的原文。Every fact points to its proof.",
        lifespan=lifespan,
        docs_url=None,  # its page fetches scripts from elsewhere; ours is plain and works offline
        redoc_url=None,
    )
    app.state.live = live
    app.state.workers = workers
    problems.install(app)
    for routes in (health, sparql, search, ask, suggest, lists, reports, departments, evidence):
        app.include_router(routes.router)
    app.include_router(site.router)
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")
    return app
