"""Starting a run and going on with one: the same job that the command line starts detached."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from labctl.control.job import job_of
from labctl.errors import LabError
from labctl.requests import RunRequest
from labctl.web.access import TheHouse, actor, allowed, require
from labctl.web.accounts import User
from labctl.web.api.shapes import Resumed, Start, Started
from labctl.web.beginning import begun_run, bench_path, can_go_on, gone_on, sample_id
from labctl.web.house import House
from labctl.web.problems import Problem
from labctl.web.roles import Verb
from labctl.web.shelf import agreement, run_folder

router = APIRouter(tags=["starting"])


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
        folder = begun_run(house, job)
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
    can_go_on(folder)
    with house.acting(actor(request, user), "resume", run, body.model_dump()):
        gone_on(folder, tuple(body.accept))
    return Started(run=run)


def _request(house: House, user: User, body: Start) -> RunRequest:
    from labctl.agreement import default, load
    from labctl.traceable import Override

    chosen = None if body.bench is None else bench_path(house, body.bench)
    sample = None if body.sample is None else sample_id(body.sample)
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
        bench=chosen,
        dut=body.dut,
        seed=body.seed,
        sample=sample,
        virtual=False,
        operator=user.shown,
        trace=body.trace,
        overrides=() if body.override is None else (Override(user.shown, body.override),),
    )
