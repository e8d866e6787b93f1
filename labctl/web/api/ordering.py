"""Orders to a run: pause, continue, abort, emergency; a step again, another instrument."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request

from labctl.asking import afterwards
from labctl.asking.amending import Act
from labctl.control.messages import FromViewer, Give, Safe
from labctl.errors import JournalError
from labctl.orders import Abort, Continue, Pause, Redo, Swap
from labctl.runfolder import RunFolder
from labctl.web import live
from labctl.web.access import TheHouse, actor, allowed
from labctl.web.accounts import User
from labctl.web.api.shapes import Done, Redone, Why
from labctl.web.house import House
from labctl.web.roles import Verb
from labctl.web.shelf import run_folder

router = APIRouter(tags=["orders"])

Pauser = Annotated[User, Depends(allowed(Verb.PAUSE))]
Aborter = Annotated[User, Depends(allowed(Verb.ABORT))]
Saver = Annotated[User, Depends(allowed(Verb.SAFE))]


@router.post("/runs/{run}/pause")
async def pause(run: str, request: Request, house: TheHouse, user: Pauser) -> Done:
    """Hold the bench at the next checkpoint."""
    return await _given(house, request, user, run, "pause", Give(Pause(user.shown)))


@router.post("/runs/{run}/continue")
async def go_on(run: str, request: Request, house: TheHouse, user: Pauser) -> Done:
    """Go on after a pause, or after a hold that a person has to release."""
    return await _given(house, request, user, run, "continue", Give(Continue(user.shown)))


@router.post("/runs/{run}/abort")
async def abort(run: str, body: Why, request: Request, house: TheHouse, user: Aborter) -> Done:
    """Leave everything, bench safe; the run can be resumed. The second time it is ended at once."""
    order = Give(Abort(user.shown, body.reason))
    return await _given(house, request, user, run, "abort", order, {"reason": body.reason})


@router.post("/runs/{run}/safe")
async def safe(run: str, request: Request, house: TheHouse, user: Saver) -> Done:
    """Emergency: kill the worker and make the bench safe now.

    It is done even where the audit log cannot be written, which is told then.
    """
    folder = run_folder(house, run)
    try:
        house.audit.note(actor(request, user), "safe", run)
    except JournalError:
        await live.told(folder, user.shown, Safe(user.shown))
        raise
    await live.told(folder, user.shown, Safe(user.shown))
    return Done(run=run, ordered=True)


@router.post("/runs/{run}/redo")
async def redo(
    run: str,
    body: Redone,
    request: Request,
    house: TheHouse,
    user: Annotated[User, Depends(allowed(Verb.REDO))],
) -> Done:
    """Let a step, or all in a scope, be done again; the result before is kept."""
    folder = run_folder(house, run)
    order = Redo(body.item, body.subject, body.reason, user.shown)
    with house.acting(actor(request, user), "redo", run, body.model_dump()):
        return await superseded(
            folder, user, order_of=Give(order), do=lambda: afterwards.redo(folder, _act(body, user))
        )


@router.post("/runs/{run}/swap")
async def swap(
    run: str,
    body: Redone,
    request: Request,
    house: TheHouse,
    user: Annotated[User, Depends(allowed(Verb.SWAP))],
) -> Done:
    """Let another instrument of the same driver take a role at the next resume."""
    folder = run_folder(house, run)
    order = Swap(body.item, body.subject, body.reason, user.shown)
    with house.acting(actor(request, user), "swap", run, body.model_dump()):
        return await superseded(
            folder, user, order_of=Give(order), do=lambda: afterwards.swap(folder, _act(body, user))
        )


async def superseded(
    folder: Path, user: User, *, order_of: FromViewer, do: Callable[[], afterwards.Outcome]
) -> Done:
    """Hand the order to the run under way; `do` it in the journal where nobody runs it."""
    if RunFolder(folder).is_running:
        await live.told(folder, user.shown, order_of)
        return Done(run=folder.name, ordered=True)
    outcome = await asyncio.to_thread(do)
    return Done(run=folder.name, ordered=False, detail=_document(folder, outcome))


def _document(folder: Path, outcome: afterwards.Outcome) -> dict[str, Any]:
    from labctl.cli.superseding import as_document
    from labctl.jsontext import finite

    found = as_document(folder, outcome)
    return finite({key: value for key, value in found.items() if key != "path"})


def _act(body: Redone, user: User) -> Act:
    return Act(body.item, body.subject, body.reason, user.shown)


async def _given(
    house: House,
    request: Request,
    user: User,
    run: str,
    action: str,
    message: FromViewer,
    detail: dict[str, Any] | None = None,
) -> Done:
    folder = run_folder(house, run)
    with house.acting(actor(request, user), action, run, detail):
        await live.told(folder, user.shown, message)
    return Done(run=run, ordered=True)
