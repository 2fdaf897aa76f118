"""Reports in: files are sent with a key, read as a job, and shown with what was found in each."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, File, Request, Response, UploadFile
from fastapi.responses import HTMLResponse, RedirectResponse

from api.pages.rendering import page
from api.routes.jobs import shown, taken_in
from api.serving import MayWrite
from kg import dropin, reader

router = APIRouter()


@router.get("/upload")
def upload(request: Request) -> HTMLResponse:
    suffixes = sorted({suffix for one in dropin.every(reader).values() for suffix in one.SUFFIXES} | {".zip"})
    return page(request, "upload.html", suffixes=suffixes)


@router.post("/upload")
async def take(request: Request, key: MayWrite, files: Annotated[list[UploadFile], File()]) -> Response:
    job = await taken_in(request, key, files)
    return RedirectResponse(f"/upload/{job.id}", status_code=303)


@router.get("/upload/{id}")
def job(request: Request, key: MayWrite, id: str) -> HTMLResponse:
    """How far the job is; without scripts the page comes again until it has ended."""
    found = request.app.state.jobs.get(id)
    return page(request, "job.html", job=shown(found), files=[file.name for file in found.files])
