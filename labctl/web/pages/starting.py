"""Starting a run from the page of an indicator."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nicegui import ui

from labctl.i18n import _
from labctl.web.beginning import begun_run, bench_path, sample_id
from labctl.web.pages import shell
from labctl.web.roles import Verb
from labctl.web.shelf import benches as shelved

if TYPE_CHECKING:
    from labctl.web.pages.visit import Visit
    from labctl.web.view.indicators import IndicatorRow

SIMULATED = ""
"""The value that stands for the rig's own simulated bench."""


def draw(visit: Visit, row: IndicatorRow) -> None:
    """The form that starts a run of the indicator `row`."""
    chosen = {"bench": SIMULATED, "sample": ""}
    whole = (one.name for one in shelved(visit.house) if not one.error)
    benches = {SIMULATED: _("simulated bench"), **{name: name for name in whole}}

    def changes(name: str) -> Any:
        def changed(event: Any) -> None:
            chosen[name] = str(event.args or "")

        return visit.handler(changed)

    async def pressed() -> None:
        async def work() -> Path:
            return await asyncio.to_thread(start, visit, row.id, chosen["bench"], chosen["sample"])

        begun = await visit.act(
            Verb.START, "start", row.id, work, bench=chosen["bench"], sample=chosen["sample"]
        )
        ui.navigate.to(f"/runs/{begun.name}")

    with ui.element("section").classes("card").props(f'aria-label="{_("Start the run")}"'):
        with ui.element("div").classes("filters"):
            shell.select(_("Bench"), benches, SIMULATED, changes("bench"))
            shell.search(_("Sample: id or barcode"), "", changes("sample"))
            shell.button(_("Start the run"), "▶", visit.handler(pressed), tone="main")
        hint = _("On a simulated bench the run keeps real time, asks you, and is no acceptance.")
        shell.html("text.html.j2", text=hint, classes="dim")


def start(visit: Visit, id: str, bench: str, sample: str) -> Path:
    """Begin a guarded run of the indicator `id`; its folder, once it has begun.

    `Problem` where there is no such bench, the sample is no id, and where it could not begin.
    """
    from labctl.agreement import default
    from labctl.control.job import job_of
    from labctl.requests import RunRequest

    house, named = visit.house, sample.strip()
    request = RunRequest(
        targets=(id,),
        items=house.catalogue.select(id),
        agreement=default(),
        runs=house.settings.runs,
        bench=bench_path(house, bench) if bench else None,
        sample=sample_id(named) if named else None,
        virtual=False,
        operator=visit.user.shown,
    )
    return begun_run(house, job_of(request))
