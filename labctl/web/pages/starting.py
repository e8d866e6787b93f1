"""Starting a run from the page of an indicator."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nicegui import ui

from labctl.errors import UsageError
from labctl.i18n import _
from labctl.web.pages import shell
from labctl.web.roles import Verb

if TYPE_CHECKING:
    from labctl.web.pages.visit import Visit
    from labctl.web.settings import Settings
    from labctl.web.view.indicators import IndicatorRow

SIMULATED = ""
"""The value that stands for the rig's own simulated bench."""


def draw(visit: Visit, row: IndicatorRow) -> None:
    """The form that starts a run of the indicator `row`."""
    chosen = {"bench": SIMULATED, "sample": ""}
    benches = {SIMULATED: _("simulated bench"), **bench_files(visit.house.settings)}

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


def bench_files(settings: Settings) -> dict[str, str]:
    """Bench files that runs may be started with: their path by path, and their name to be read."""
    found = (file for folder in settings.benches for file in sorted(folder.glob("*.toml")))
    return {str(file): file.stem for file in found}


def start(visit: Visit, id: str, bench: str, sample: str) -> Path:
    """Begin a guarded run of the indicator `id`; its folder, once it has begun.

    `UsageError` where the bench is not among those that are offered; what keeps a run from
    beginning is raised as it is.
    """
    from labctl.agreement import default
    from labctl.cli.guarded import as_error
    from labctl.control.job import job_of
    from labctl.control.launch import begun, new_run
    from labctl.requests import RunRequest

    house = visit.house
    if bench and bench not in bench_files(house.settings):
        raise UsageError(_("There is no bench {name!r}.").format(name=bench))
    request = RunRequest(
        targets=(id,),
        items=house.catalogue.select(id),
        agreement=default(),
        runs=house.settings.runs,
        bench=Path(bench) if bench else None,
        sample=sample.strip() or None,
        virtual=False,
        operator=visit.user.shown,
    )
    folder = new_run(house.settings.runs, job_of(request))
    ended = begun(folder)
    if ended is not None and ended.error is not None:
        raise as_error(ended.error)
    return folder
