"""The report of a run, in the language of whoever reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from labctl.i18n import Language, using
from labctl.report.page import page
from labctl.runfile import open_run
from labctl.web.pages.run import folder_of
from labctl.web.sessions import who

if TYPE_CHECKING:
    from pathlib import Path

    from fastapi import FastAPI

    from labctl.web.house import House


def add(app: FastAPI, house: House) -> None:
    """Let `app` show reports to those who are logged in."""

    async def show(request: Request) -> Response:
        user = who(request)
        if user is None:
            return RedirectResponse(f"/login?next={request.url.path}", 303)
        path = folder_of(house.settings.runs, request.path_params["run"])
        if path is None:
            return RedirectResponse("/runs", 303)
        return HTMLResponse(await run_in_threadpool(report, path, user.language))

    app.add_route("/reports/{run}", show, methods=["GET"], include_in_schema=False)


def report(path: Path, language: Language) -> str:
    """The report of the run in the folder `path`."""
    with using(language):
        return page(open_run(path))
