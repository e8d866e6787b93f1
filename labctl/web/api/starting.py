"""Starting a run and going on with one: the same job that the command line starts detached."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from labctl.control.job import is_guarded, job_of
from labctl.control.launch import begun, bench_in_journal, go_on, new_run
from labctl.errors import LabError
from labctl.i18n import _
from labctl.requests import RunRequest
from labctl.runfolder import RunFolder
from labctl.web.access import TheHouse, actor, allowed, require
from labctl.web.accounts import User
from labctl.web.api.shapes import Resumed, Start, Started
from labctl.web.house import House
from labctl.web.problems import Problem
from labctl.web.roles import Verb
from labctl.web.shelf import agreement, bench, run_folder

router = APIRouter(tags=["starting"])

SAMPLE = re.compile(r"[^/\\\x00-\x1f\x7f]+")
"""An id of a sample: no path, since that would be read as a sheet."""


@router.post("/runs", status_code=201)
def start(
    body: Start,
    request: Request,
    response: Response,
    house: TheHouse,
    user: Annotated[User, Depends(allowed(Verb.START))],
) -> Started:
    """Begin a run under a guardian, which goes on whatever becomes of this server."""
    if body.override is not None:
        require(user, Verb.OVERRIDE)
    job = job_of(_request(house, user, body))
    with house.acting(actor(request, user), "start", " ".join(body.targets), body.model_dump()):
        folder = new_run(house.settings.runs, job)
        _wait(folder)
    house.audit.note(actor(request, user), "started", folder.name)
    response.headers["Location"] = f"/api/v1/runs/{folder.name}"
    return Started(run=folder.name)


@router.post("/runs/{run}/resume")
def resume(
    run: str,
    body: Resumed,
    request: Request,
    house: TheHouse,
    user: Annotated[User, Depends(allowed(Verb.RESUME))],
) -> Started:
    """Go on with an interrupted run under a guardian."""
    if body.accept:
        require(user, Verb.ACCEPT)
    folder = run_folder(house, run)
    if not is_guarded(folder) and not _on_real_bench(folder):
        raise Problem(
            409,
            _("{run} keeps virtual time, which no guardian does").format(run=run),
            remedy=f"labctl resume {run}",
        )
    with house.acting(actor(request, user), "resume", run, body.model_dump()):
        go_on(folder, tuple(body.accept))
        _wait(folder)
    return Started(run=run)


def _request(house: House, user: User, body: Start) -> RunRequest:
    from labctl.agreement import default, load
    from labctl.sheet import is_sheet
    from labctl.traceable import Override

    chosen = None if body.bench is None else bench(house, body.bench)
    if chosen is not None and chosen.error:
        raise Problem(409, chosen.error, remedy=_("correct the bench file"), kind="bench")
    sample = body.sample
    if sample is not None and (SAMPLE.fullmatch(sample) is None or is_sheet(sample)):
        raise Problem(422, _("{id!r} is no id of a sample").format(id=sample))
    try:
        items = house.catalogue.select(*body.targets)
    except LabError as error:
        raise Problem(422, error.message, remedy=error.remedy) from error
    stated = default() if body.agreement is None else load(agreement(house, body.agreement))
    return RunRequest(
        targets=tuple(body.targets),
        items=items,
        agreement=stated,
        runs=house.settings.runs,
        bench=None if chosen is None else chosen.path,
        dut=body.dut,
        seed=body.seed,
        sample=sample,
        virtual=False,
        operator=user.shown,
        trace=body.trace,
        overrides=() if body.override is None else (Override(user.shown, body.override),),
    )


def _wait(folder: Path) -> None:
    """Return when the run has begun; 409 with what was wrong where it could not."""
    ended = begun(folder)
    if ended is not None and ended.error is not None:
        row = ended.error
        kind, remedy = row.get("kind", ""), row.get("remedy", "")
        raise Problem(409, row.get("message", ""), remedy=remedy, kind=kind)


def _on_real_bench(folder: Path) -> bool:
    from labctl.cli.perform import real_bench

    return RunFolder(folder).journal.is_file() and real_bench(bench_in_journal(folder))
