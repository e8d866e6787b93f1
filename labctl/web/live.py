"""Talking to the guardian of a run for a user of the web server."""

from __future__ import annotations

from pathlib import Path

from labctl.control.client import ask
from labctl.control.messages import Board, FromViewer, Status
from labctl.errors import LinkError, UsageError
from labctl.i18n import _
from labctl.web.problems import Problem


async def board(folder: Path, who: str) -> Board:
    """How the run in `folder` stands; 409 where nobody guards it."""
    found = await told(folder, who, Status())
    if not isinstance(found, Board):
        raise _none(folder, _("its guardian says nothing of it"))
    return found


async def told(folder: Path, who: str, message: FromViewer) -> object:
    """The guardian's answer to `message` of `who`; 409 where it refuses, or nobody guards."""
    try:
        return await ask(folder, who, message)
    except (UsageError, LinkError) as error:
        raise _none(folder, error.message) from error


def _none(folder: Path, why: str) -> Problem:
    remedy = _("see how {run} stands; resume it where it is interrupted").format(run=folder.name)
    return Problem(409, why, remedy=remedy)
