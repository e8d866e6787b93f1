"""Files that people hand in: kept under a name of our own until the run has taken them in."""

from __future__ import annotations

import re
import secrets
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from labctl.web.roles import Verb, may
from labctl.web.sessions import who

if TYPE_CHECKING:
    from fastapi import FastAPI

    from labctl.web.house import House

FOLDER = "uploads"
ADDRESS = "/console/files"


def add(app: FastAPI, house: House) -> None:
    """Let `app` take files in from those who may answer prompts."""

    async def take(request: Request) -> Response:
        user = who(request)
        if user is None or not may(user.role, Verb.ANSWER):
            return JSONResponse({"detail": "not allowed"}, 403)
        data = await request.body()
        name = request.headers.get("x-file-name", "")
        kept = await run_in_threadpool(keep, house.settings.folder, name, data)
        return JSONResponse({"file": kept})

    app.add_route(ADDRESS, take, methods=["POST"], include_in_schema=False)


def keep(folder: Path, name: str, data: bytes) -> str:
    """Keep `data`; the name that it is handed in by. Of the browser's `name` the ending counts."""
    ending = re.fullmatch(r".*?(\.[A-Za-z0-9]{1,8})?", name, re.DOTALL)
    where = folder / FOLDER
    where.mkdir(parents=True, exist_ok=True)
    own = secrets.token_hex(16) + ((ending[1] or "") if ending else "").lower()
    (where / own).write_bytes(data)
    return own


def path_of(folder: Path, own: str) -> Path | None:
    """The file that was handed in as `own`; None where there is none, whatever is written there."""
    if re.fullmatch(r"[0-9a-f]{32}(\.[a-z0-9]{1,8})?", own) is None:
        return None
    path = folder / FOLDER / own
    return path if path.is_file() else None
