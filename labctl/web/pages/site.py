"""All pages of a house, each at its address."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nicegui
from nicegui import ui
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from labctl.web.pages import benches, indicators, login, reports, run, runs, samples
from labctl.web.pages.lines import Lines
from labctl.web.pages.visit import visit_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from fastapi import FastAPI

    from labctl.web.house import House

STATIC = Path(__file__).parent / "static"
RECONNECT = 30.0
"""Seconds for which a browser that lost its line finds its page again as it was."""

PATIENCE = 30.0
"""Seconds that a page may take to be drawn, on a machine that is busy."""


def build(app: FastAPI, house: House) -> None:
    """Build all pages of `house` into `app`."""
    # NiceGUI's own annotations leave parts unknown.
    pages: Any = nicegui.app
    framework: Any = ui
    lines = Lines()
    pages.add_static_files("/console", STATIC)
    pages.on_startup(lambda: _warm(house))
    pages.on_shutdown(lines.close)

    @ui.page("/login", title="labctl")
    async def _login(request: Request) -> None:
        await login.show(house, request)

    def page(path: str, show: Callable[..., object]) -> None:
        """The page at `path` for those who are logged in; others are asked to."""

        async def shown(request: Request) -> Response | None:
            visit = visit_of(house, lines, request)
            if visit is None:
                return RedirectResponse(f"/login?next={request.url.path}", 303)
            await visit.shown(show, **request.path_params)
            return None

        ui.page(path, title="labctl", response_timeout=PATIENCE)(shown)

    page("/", runs.show)
    page("/runs", runs.show)
    page("/runs/{run}", run.show)
    page("/indicators", indicators.show)
    page("/indicators/{id:path}", indicators.show_one)
    page("/benches", benches.show)
    page("/samples", samples.show)
    page("/samples/{id:path}", samples.show_one)
    reports.add(app, house)
    framework.run_with(
        app,
        title="labctl",
        favicon=STATIC / "favicon.svg",
        tailwind=False,
        reconnect_timeout=RECONNECT,
        show_welcome_message=False,
    )


async def _warm(house: House) -> None:
    """Import what the first page would wait for."""
    _warming.append(asyncio.create_task(asyncio.to_thread(indicators.procedures, house)))


_warming: list[asyncio.Task[dict[str, str]]] = []
"""Kept, since the loop itself does not keep a task."""
