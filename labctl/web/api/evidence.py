"""Evidence of a run: report, readings, bundle, attachments."""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Literal
from urllib.parse import quote

from fastapi import APIRouter, Depends
from starlette.background import BackgroundTask
from starlette.responses import FileResponse

from labctl.errors import JournalError
from labctl.runfolder import RunFolder, file_sha256
from labctl.web.access import TheHouse, allowed
from labctl.web.accounts import User
from labctl.web.problems import unknown
from labctl.web.roles import Verb
from labctl.web.shelf import journal_of, run_folder

router = APIRouter(tags=["evidence"])

Seer = Annotated[User, Depends(allowed(Verb.SEE))]
SHOWN = ("image/png", "image/jpeg", "image/webp", "image/gif")
"""Kinds of attachments that a browser shows; others it saves."""

PAGE = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:"
"""A report is a page of its own without scripts."""

FILES: dict[int | str, dict[str, object]] = {
    200: {"content": {"application/octet-stream": {"schema": {"type": "string"}}}}
}


@router.get("/runs/{run}/report", response_class=FileResponse, responses=FILES)
def report(run: str, house: TheHouse, user: Seer) -> FileResponse:
    """The report of a run as it stands, in the language of whoever asks."""
    from labctl.report.write import write_report

    folder = run_folder(house, run)
    journal_of(folder).close()
    keep = TemporaryDirectory(prefix="labctl-")
    path = write_report(folder, Path(keep.name) / "report.html")
    headers = {"Content-Security-Policy": PAGE}
    return FileResponse(
        path, media_type="text/html", headers=headers, background=BackgroundTask(keep.cleanup)
    )


@router.get("/runs/{run}/readings.{format}", response_class=FileResponse, responses=FILES)
def all_readings(
    run: str, format: Literal["csv", "parquet"], house: TheHouse, user: Seer
) -> FileResponse:
    """Every reading of a run."""
    from labctl.bundle.table import write_parquet
    from labctl.report.export import write_readings

    folder = run_folder(house, run)
    journal_of(folder).close()
    keep = TemporaryDirectory(prefix="labctl-")
    writer = write_readings if format == "csv" else write_parquet
    path = writer(folder, Path(keep.name) / f"readings.{format}")
    return _saved(path, f"{folder.name}.{format}", keep)


@router.get("/runs/{run}/crate", response_class=FileResponse, responses=FILES)
def crate(run: str, house: TheHouse, user: Seer) -> FileResponse:
    """The bundle of a run, which nobody has signed: keys are people's own, not the server's."""
    from labctl.bundle.make import write_crate

    folder = run_folder(house, run)
    journal_of(folder).close()
    keep = TemporaryDirectory(prefix="labctl-")
    made = write_crate(folder, Path(keep.name) / folder.name, None)
    return _saved(made.archive, made.archive.name, keep)


@router.get("/runs/{run}/attachments/{sha256}", response_class=FileResponse, responses=FILES)
def attachment(run: str, sha256: str, house: TheHouse, user: Seer) -> FileResponse:
    """An attachment by its SHA-256."""
    folder = run_folder(house, run)
    with journal_of(folder) as reader:
        known = {one.sha256: one for one in reader.attachments()}
    one = known.get(sha256)
    if one is None:
        raise unknown(f"attachment of {run}", sha256)
    path = RunFolder(folder).attachments / one.sha256
    if not path.is_file() or file_sha256(path) != one.sha256:
        raise JournalError(f"attachment {one.name} is missing or was changed", address=str(path))
    if one.media_type in SHOWN:
        return FileResponse(path, media_type=one.media_type)
    return FileResponse(path, headers=_as_file(one.name), media_type="application/octet-stream")


def _saved(path: Path, name: str, keep: TemporaryDirectory[str]) -> FileResponse:
    return FileResponse(
        path,
        headers=_as_file(name),
        media_type="application/octet-stream",
        background=BackgroundTask(keep.cleanup),
    )


def _as_file(name: str) -> dict[str, str]:
    plain = re.sub(r"[^A-Za-z0-9._-]+", "_", name)[:100] or "file"
    value = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name[:200], safe='')}"
    return {"Content-Disposition": value}
