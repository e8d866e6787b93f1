"""The page *Samples*: what the runs were on, and the history of one."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from labctl.i18n import _
from labctl.report.wording import plain
from labctl.samples.history import history, samples
from labctl.web.pages import shell

if TYPE_CHECKING:
    from labctl.web.pages.visit import Visit


async def show(visit: Visit) -> None:
    """Draw the table of all samples."""
    from labctl.cli.sample import summary

    known = await asyncio.to_thread(samples, visit.house.settings.runs)
    rows = [summary(id, entries) for id, entries in known.items()]
    with shell.frame(visit, _("Samples"), "/samples"):
        shell.html("heading.html.j2", text=_("Samples"))
        shell.html("samples.html.j2", rows=rows)


async def show_one(visit: Visit, id: str) -> None:
    """Draw the history of the sample `id`."""
    entries = await asyncio.to_thread(history, visit.house.settings.runs, id)
    with shell.frame(visit, id, "/samples"):
        if not entries:
            text = _("No run was on the sample {id}.").format(id=id)
            shell.html("missing.html.j2", text=text, back="/samples")
            return
        newest = entries[-1].sample
        parts = (id, plain(newest.kind), newest.lot)
        shell.html("heading.html.j2", text=" · ".join(part for part in parts if part))
        shell.html("sample.html.j2", entries=list(reversed(entries)))
