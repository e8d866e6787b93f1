"""Watching a run by server-sent events."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Header, Query, Request
from fastapi.responses import StreamingResponse

from labctl.i18n import _
from labctl.web.access import TheHouse, allowed
from labctl.web.accounts import User
from labctl.web.feeds import Tells
from labctl.web.journalfeed import START, place_of
from labctl.web.problems import Problem
from labctl.web.roles import Verb, may
from labctl.web.sessions import who
from labctl.web.shelf import journal_of, run_folder

router = APIRouter(tags=["watching"])


@router.get(
    "/runs/{run}/watch",
    response_class=StreamingResponse,
    responses={200: {"content": {"text/event-stream": {"schema": {"type": "string"}}}}},
)
async def watch(
    run: str,
    request: Request,
    house: TheHouse,
    user: Annotated[User, Depends(allowed(Verb.SEE))],
    last: Annotated[str, Header(alias="Last-Event-ID", max_length=200)] = "",
    since: Annotated[str, Query(alias="from", max_length=200)] = "",
) -> StreamingResponse:
    """Events `journal` (rows since the last one), `live` (phase, progress, prompts) and `ended`.

    It goes on behind `Last-Event-ID`, else behind `from` (`start`: from the beginning), else from
    now.
    """
    folder = run_folder(house, run)
    journal_of(folder).close()
    text = last or since
    place = START if text == "start" else place_of(text) if text else None
    if text and place is None:
        raise Problem(422, _("{id!r} is no place in a run").format(id=text[:100]))
    frames = house.feeds.watch(folder, place, _Watcher(request))
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(frames, media_type="text/event-stream", headers=headers)


class _Watcher(Tells):
    def __init__(self, request: Request) -> None:
        self._request = request

    def may(self) -> bool:
        user = who(self._request)
        return user is not None and may(user.role, Verb.SEE)
