"""The page *Runs*: all runs of the folder, newest first."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from nicegui import ui

from labctl.i18n import _, current, using
from labctl.web.pages import shell
from labctl.web.view.runs import RunRow, run_rows

if TYPE_CHECKING:
    from labctl.web.pages.visit import Visit

MOST = 200
"""Rows that are shown: older runs are found by words."""

AGAIN = 5.0
"""Seconds between two looks at the folder."""


async def show(visit: Visit) -> None:
    """Draw it; what is looked for stands in the address, so that it is there after a reload."""
    query = visit.request.query_params.get("q", "")
    language = current()
    with shell.frame(visit, _("Runs"), "/runs"):
        shell.html("heading.html.j2", text=_("Runs"))
        search = ui.element("div").classes("filters")
        rows = await asyncio.to_thread(_rows, visit, query)
        table = shell.html("runs.html.j2", **_shown(rows, query))

    async def refresh() -> None:
        with using(language):
            found = await asyncio.to_thread(_rows, visit, query)
            table.set_content(shell.rendered("runs.html.j2", **_shown(found, query)))

    async def looked_for(event: Any) -> None:
        nonlocal query
        query = str(event.args or "")
        ui.run_javascript(shell.address({"q": query}))
        await refresh()

    with search:
        shell.search(
            _("Look for a run, an indicator, a sample, a verdict"), query, visit.handler(looked_for)
        )
    ui.timer(AGAIN, refresh)


def _rows(visit: Visit, query: str) -> list[RunRow]:
    return run_rows(visit.house.settings.runs, query)


def _shown(rows: list[RunRow], query: str) -> dict[str, Any]:
    return {"rows": rows[:MOST], "count": len(rows), "query": query}
