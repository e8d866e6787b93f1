"""Runs: the list, one of them, its items, and readings for a plot."""

from __future__ import annotations

from typing import Annotated, Any

import numpy as np
from fastapi import APIRouter, Depends, Query

from labctl.runfile import list_runs, open_run
from labctl.web import live
from labctl.web.access import TheHouse, allowed
from labctl.web.accounts import User
from labctl.web.api.shapes import BenchRow, Readings, RunRow, Runs, RunState
from labctl.web.decimate import min_max
from labctl.web.documents import board_document, item_document, run_document
from labctl.web.holding import holders
from labctl.web.problems import unknown
from labctl.web.roles import Verb
from labctl.web.shelf import benches, item_of, journal_of, run_folder

router = APIRouter(tags=["runs"])

Seer = Annotated[User, Depends(allowed(Verb.SEE))]
Words = Annotated[str, Query(max_length=200)]


@router.get("/benches")
def all_benches(house: TheHouse, user: Seer) -> list[BenchRow]:
    """Benches that runs may be started on, and who holds each."""
    held = holders(house)
    return [
        BenchRow(
            name=one.name,
            simulated=one.simulated,
            rig=one.rig,
            roles=one.roles,
            sha256=one.sha256,
            error=one.error,
            held_by=held.get(one.path.resolve(), []),
        )
        for one in benches(house)
    ]


@router.get("/leases")
def leases(user: Seer) -> list[dict[str, Any]]:
    """Instruments that runs hold, and leases that dead processes left."""
    from labctl.cli.leases import as_row
    from labctl.config import leases_folder
    from labctl.leases import standing

    return [as_row(one) for one in standing(leases_folder())]


@router.get("/runs")
def runs(
    house: TheHouse,
    user: Seer,
    q: Words = "",
    state: RunState | None = None,
    offset: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
    limit: Annotated[int, Query(ge=1, le=1000)] = 50,
) -> Runs:
    """Runs whose id or targets hold the words `q`, newest first."""
    words = q.casefold().split()
    found = [
        one
        for one in reversed(list_runs(house.settings.runs))
        if state in (None, one.state)
        and all(word in " ".join((one.run, *one.targets)).casefold() for word in words)
    ]
    rows = [
        RunRow(run=one.path.name, started=one.started, state=one.state, targets=list(one.targets))
        for one in found[offset : offset + limit]
    ]
    return Runs(count=len(found), runs=rows)


@router.get("/runs/{run}")
def one_run(run: str, house: TheHouse, user: Seer) -> dict[str, Any]:
    """A run with its items in short."""
    return run_document(open_run(run_folder(house, run)))


@router.get("/runs/{run}/live")
async def how_it_stands(run: str, house: TheHouse, user: Seer) -> dict[str, Any]:
    """Phase, progress, open prompts and newest notices of a run under way; 409 for any other."""
    folder = run_folder(house, run)
    return board_document(folder, await live.board(folder, user.shown))


@router.get("/runs/{run}/items/{number}")
def one_item(run: str, number: int, house: TheHouse, user: Seer) -> dict[str, Any]:
    """All of an item but its readings; items are numbered from 1."""
    found = open_run(run_folder(house, run)).items
    if not 1 <= number <= len(found):
        raise unknown(f"item of {run}", str(number))
    return item_document(number, found[number - 1])


@router.get("/runs/{run}/items/{number}/readings")
def readings(
    run: str,
    number: int,
    channel: Words,
    house: TheHouse,
    user: Seer,
    since: Annotated[float, Query(alias="from")] = -np.inf,
    until: Annotated[float, Query(alias="to")] = np.inf,
    points: Annotated[int, Query(ge=4, le=20_000)] = 1000,
) -> Readings:
    """Readings of a channel between run times `from` and `to` in s, at most `points` of them."""
    folder = run_folder(house, run)
    with journal_of(folder) as reader:
        number, _id = item_of(reader, run, number)
        sql = "SELECT unit FROM channels WHERE item = ? AND name = ? ORDER BY rowid DESC LIMIT 1"
        units = [unit for (unit,) in reader.rows(sql, number, channel)]
    if not units:
        raise unknown(f"channel of item {number} of {run}", channel)
    t, values = house.columns.readings(folder, number, channel)
    inside = (t >= since) & (t <= until)
    t, values = t[inside], values[inside]
    few_t, few = min_max(t, values, points)
    return Readings(
        channel=channel,
        unit=units[0],
        count=int(values.size),
        decimated=few.size < values.size,
        t=few_t.tolist(),
        values=[float(value) if np.isfinite(value) else None for value in few],
    )
