"""The page *Benches*: who holds each, its instruments, and the button that makes it safe."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from nicegui import ui

from labctl import clock
from labctl.config import leases_folder
from labctl.control.client import ask
from labctl.control.messages import Safe
from labctl.errors import BenchError
from labctl.i18n import _, current, using
from labctl.leases import standing, taken
from labctl.web.pages import shell
from labctl.web.roles import Verb
from labctl.web.shelf import bench_files
from labctl.web.view.benches import BenchRow, bench_rows, rescue_of

if TYPE_CHECKING:
    from labctl.rescuing import RescueReport
    from labctl.web.pages.visit import Visit

AGAIN = 3.0
"""Seconds between two looks at the leases."""


async def show(visit: Visit) -> None:
    """Draw all benches that runs may be started on."""
    language, tables = current(), dict[Path, ui.html]()
    with shell.frame(visit, _("Benches"), "/benches"):
        shell.html("heading.html.j2", text=_("Benches"))
        place = ui.element("div")
        with place:
            shell.html("loading.html.j2")

    async def refresh() -> None:
        with using(language):
            rows = await asyncio.to_thread(_rows, visit)
            if list(tables) != [row.path for row in rows] or not rows:
                place.clear()
                tables.clear()
                with place:
                    tables.update((row.path, _bench(visit, row)) for row in rows)
                    if not rows:
                        shell.html("benches_none.html.j2")
            for row in rows:
                tables[row.path].set_content(shell.rendered("bench.html.j2", bench=row))

    ui.timer(AGAIN, refresh)


def _bench(visit: Visit, row: BenchRow) -> ui.html:
    card = ui.element("section").classes("card")
    card.props["aria-label"] = row.name
    with card:
        table = shell.html("bench.html.j2", bench=row)
        if visit.may(Verb.SAFE) and not row.simulated:
            with ui.element("div"):
                _safe_button(visit, row)
    return table


def _safe_button(visit: Visit, row: BenchRow) -> None:
    """The button, and the question before it."""
    place = ui.element("div").classes("acts run-acts").style("margin-top: .6rem")

    async def agreed() -> None:
        draw()
        said = await visit.act(Verb.SAFE, "safe", row.name, lambda: make_safe(visit, row))
        ui.notify(said, multi_line=True, timeout=15_000, close_button=_("Close"))

    def asked() -> None:
        place.clear()
        with place:
            text = _("Make {bench} safe at once? A run on it is ended.").format(bench=row.name)
            shell.html("text.html.j2", text=text)
            shell.button(_("No, go on"), "↩", visit.handler(draw))
            shell.button(_("Make safe at once"), "⚠", visit.handler(agreed), tone="danger")

    def draw() -> None:
        place.clear()
        with place:
            shell.button(_("Make safe"), "⚠", visit.handler(asked), tone="stop")

    draw()


async def make_safe(visit: Visit, row: BenchRow) -> str:
    """Make a bench safe: by the guardian of the run that holds it, else from here; what became of
    it in a line. `LabError` where it is not known to be safe."""
    fresh = {one.path: one for one in await asyncio.to_thread(_rows, visit)}.get(row.path, row)
    if fresh.holder:
        folder = visit.house.settings.runs / fresh.holder
        await ask(folder, visit.user.shown, Safe(visit.user.shown))
        return _("The guardian of {run} makes it safe.").format(run=fresh.holder)
    report = await asyncio.to_thread(_rescued, visit, row)
    if not report.is_safe:
        raise BenchError(report.told(), remedy=_("switch off by hand what is not safe"))
    return report.told()


def _rescued(visit: Visit, row: BenchRow) -> RescueReport:
    """Make a bench safe that nobody uses: its instruments are taken for as long as it lasts."""
    rescue = rescue_of(row.path, visit.house.labs)
    with taken(rescue.addresses, f"safe by {visit.user.name}", leases_folder()):
        return clock.run(rescue.safe(), virtual=False)


def _rows(visit: Visit) -> list[BenchRow]:
    house = visit.house
    leases = standing(leases_folder())
    today = house.settings.wall().date()
    return bench_rows(list(bench_files(house)), house.labs, leases, house.settings.runs, today)
