"""Changing the collection: reports in, replaced and out, as jobs that tell how far they are."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, File, Form, Request, Response, UploadFile
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse, StreamingResponse

from api.carrying import Carrier
from api.jobs import Job, Jobs, Upload, clean
from api.keys import Key
from api.schema import JobList, JobShown
from api.serving import MayWrite
from kg.errors import BadQuery

router = APIRouter(prefix="/api/v1", tags=["jobs"])
PIECE = 1024 * 1024  # bytes read at a time
LOOK = 0.2  # seconds between looks at a job that somebody follows
STREAM = "text/event-stream"
ACCEPTED: dict[int | str, dict[str, Any]] = {202: {"model": JobShown, "description": "任务已记下 · the job is noted"}}
EVENTS: dict[int | str, dict[str, Any]] = {
    200: {"content": {STREAM: {"schema": {"type": "string"}}}, "description": "progress, then end"}
}


def shown(job: Job) -> JobShown:
    """A job as JSON and pages show it."""
    return JobShown.model_validate(asdict(job) | {"done": len(job.outcomes), "ended": job.ended})


@router.post("/reports", operation_id="add_reports", status_code=202, responses=ACCEPTED)
async def add_reports(
    request: Request,
    key: MayWrite,
    files: Annotated[list[UploadFile], File(description="报告，可多份，可为 zip · reports, many or zipped")],
    again: Annotated[bool, Form(description="内容没变也重读 · read unchanged ones again")] = False,
) -> Response:
    """上传报告，读入工作区；同名的被替换。Send reports to be read; one of a known name is replaced."""
    return _accepted(request, await taken_in(request, key, files, again))


async def taken_in(request: Request, key: Key, files: Sequence[UploadFile], again: bool = False) -> Job:
    """Keep the files and begin to read them: what the JSON route and the page both do."""
    jobs: Jobs = request.app.state.jobs
    named = [(clean(file.filename or ""), file) for file in files]
    kept = [await jobs.receive(name, _pieces(file)) for name, file in named]
    return await _begun(request, "add", key.id, files=tuple(kept), again=again)


@router.put("/reports/{name:path}", operation_id="put_report", status_code=202, responses=ACCEPTED)
async def put_report(request: Request, key: MayWrite, name: str) -> Response:
    """放入或替换一份报告，正文就是文件。Put one report in place; the body is the file."""
    jobs: Jobs = request.app.state.jobs
    kept: Upload = await jobs.receive(clean(name), request.stream())
    return _accepted(request, await _begun(request, "add", key.id, files=(kept,)))


@router.delete("/reports/{name:path}", operation_id="remove_report", status_code=202, responses=ACCEPTED)
async def remove_report(request: Request, key: MayWrite, name: str) -> Response:
    """移除一份报告和由它得知的一切。Take a report out, with all that is known from it."""
    if len(name) > 1000:
        raise BadQuery("no-such-report", "没有这份报告")
    return _accepted(request, await _begun(request, "remove", key.id, names=(name,)))


@router.get("/jobs", operation_id="list_jobs")
def list_jobs(request: Request, key: MayWrite) -> JobList:
    """全部任务，新的在前。Every job, the newest first."""
    items = [shown(job) for job in request.app.state.jobs.all()]
    return JobList(items=items, count=len(items))


@router.get("/jobs/{id}", operation_id="get_job")
def get_job(request: Request, key: MayWrite, id: str) -> JobShown:
    """一个任务：进度和每份文件的结果。How far a job is, and what became of each file."""
    return shown(request.app.state.jobs.get(id))


@router.delete("/jobs/{id}", operation_id="cancel_job", status_code=202, responses=ACCEPTED)
def cancel_job(request: Request, key: MayWrite, id: str) -> Response:
    """取消：已有内容不变。Stop a job; what was there stays as it was."""
    return _accepted(request, request.app.state.jobs.cancel(id))


@router.get("/jobs/{id}/events", operation_id="follow_job", response_class=StreamingResponse, responses=EVENTS)
async def follow_job(request: Request, key: MayWrite, id: str) -> Response:
    """进度（server-sent events）。Progress as server-sent events, until the job has ended."""
    jobs: Jobs = request.app.state.jobs
    first = await run_in_threadpool(jobs.get, id)
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(_told(jobs, first), media_type=STREAM, headers=headers)


async def _told(jobs: Jobs, job: Job) -> AsyncIterator[str]:
    said = ""
    while True:
        state = {"state": job.state, "done": len(job.outcomes), "total": job.total, "id": job.id}
        data = json.dumps(state | {"last": job.outcomes[-1] if job.outcomes else None}, ensure_ascii=False)
        if data != said:
            yield f"event: {'end' if job.ended else 'progress'}\ndata: {data}\n\n"
            said = data
        if job.ended:
            return
        await asyncio.sleep(LOOK)
        job = await run_in_threadpool(jobs.get, job.id)


async def _begun(request: Request, act: str, by: str, **asked: Any) -> Job:
    jobs: Jobs = request.app.state.jobs
    carrier: Carrier = request.app.state.carrier
    job = await run_in_threadpool(jobs.add, act, by, **asked)
    carrier.begin(job)
    return job


def _accepted(request: Request, job: Job) -> Response:
    location = {"Location": f"/api/v1/jobs/{job.id}"}
    return JSONResponse(shown(job).model_dump(mode="json"), 202, headers=location)


async def _pieces(file: UploadFile) -> AsyncIterator[bytes]:
    while piece := await file.read(PIECE):
        yield piece
