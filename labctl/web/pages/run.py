"""The page *Run*: what a run does now, what it asks, and what people may tell it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nicegui import ui

from labctl.asking.prompts import Answer
from labctl.control.messages import Asked
from labctl.errors import JournalError
from labctl.i18n import Language, _, current, using
from labctl.web.pages import shell
from labctl.web.pages.orders import Orders
from labctl.web.pages.plot import RunPlot
from labctl.web.pages.prompt import Prompts
from labctl.web.view.progress import progress_view
from labctl.words import said

if TYPE_CHECKING:
    from labctl.web.pages.lines import RunLine
    from labctl.web.pages.visit import Visit

TICK = 0.25
"""Seconds between two looks at what the line has."""

PATIENCE = 15.0
"""Seconds that a new run has to write its journal, before the page says that there is none."""

NAMES = ("progress", "results", "readings", "conditions", "steps", "gaps", "events")
"""Parts of the page, each a template, each sent again where it has changed."""


async def show(visit: Visit, run: str) -> None:
    """Draw the run `run`, and keep what is drawn up to date."""
    path = folder_of(visit.house.settings.runs, run)
    if path is None:
        with shell.frame(visit, _("Runs"), "/runs"):
            text = _("There is no run {run}.").format(run=run)
            shell.html("missing.html.j2", text=text, back="/runs")
        return
    line = visit.lines.line(path)
    client: Any = ui.context.client
    client.on_delete(lambda: visit.lines.leave(line))
    with shell.frame(visit, path.name, "/runs"):
        page = RunPage(visit, line)
    ui.timer(TICK, page.tick)


def folder_of(runs: Path, run: str) -> Path | None:
    """The folder of the run named `run` in `runs`; None for anything else that is written there.

    The name is looked for among those that are there, never made a path of. A run that has just
    been started has a folder before it has a journal.
    """
    if not runs.is_dir():
        return None
    with os.scandir(runs) as entries:
        return next((Path(one.path) for one in entries if one.name == run and one.is_dir()), None)


class RunPage:
    """What one browser sees of a run."""

    def __init__(self, visit: Visit, line: RunLine) -> None:
        self._visit = visit
        self._line = line
        self._language: Language = current()
        asked = visit.request.query_params.get("item", "")
        self._item = int(asked) if asked.isdecimal() else 0
        self._ticks = 0
        self._seen: tuple[object, ...] = ()
        self._texts: dict[str, str] = {}
        self._head = shell.html("waiting.html.j2")
        self._orders = Orders(visit, line)
        self._news = ui.element("div").props('role="status"')
        prompts = ui.element("div")
        with ui.element("div").classes("run"):
            with ui.element("div"):
                self._parts = {name: ui.html("", sanitize=False) for name in NAMES[:2]}
                with ui.element("section").classes("card").props(f'aria-label="{_("Plot")}"'):
                    self._plot = RunPlot(visit, line)
            with ui.element("div").classes("side"):
                self._parts |= {name: ui.html("", sanitize=False) for name in NAMES[2:]}
        self._prompts = Prompts(visit, line, prompts)

    async def tick(self) -> None:
        """Bring the page up to what the line knows."""
        with using(self._language):
            try:
                await self._refresh()
            except JournalError as error:
                self._set("head", self._head, shell.rendered("text.html.j2", text=error.message))

    async def _refresh(self) -> None:
        line = self._line
        now = (line.journal, line.told, self._item)
        if now != self._seen and line.looked:
            self._seen = now
            await self._redraw()
        self._ticks += 1
        if not line.looked and line.error and self._ticks > PATIENCE / TICK:
            text = shell.rendered("failed.html.j2", text=line.error)
            self._set("head", self._head, text)
        await self._plot.tick()

    async def _redraw(self) -> None:
        line = self._line
        stands = await line.standing(self._item)
        self._plot.follow(stands.item, stands.begun)
        self._set("head", self._head, shell.rendered("run_head.html.j2", stands=stands, line=line))
        self._orders.refresh(stands.summary.state)
        self._prompts.refresh(self._somebody_answered)
        view = progress_view(stands, line.progress, line.phase)
        held = [said(one.text, _) for one in line.notices if one.kind != "prompt"][-5:]
        for name, element in self._parts.items():
            text = shell.rendered(
                f"run_{name}.html.j2", stands=stands, view=view, ended=line.ended, notices=held
            )
            self._set(name, element, text)

    def _set(self, name: str, element: Any, text: str) -> None:
        """Send a part again where it has changed."""
        if self._texts.get(name) != text:
            self._texts[name] = text
            element.set_content(text)

    def _somebody_answered(self, asked: Asked, answer: Answer) -> None:
        """Say who answered what this browser was showing too."""
        question = said(asked.prompt.text, _)
        text = _("{who} has answered: {question}").format(who=answer.who, question=question)
        self._news.clear()
        with self._news:
            shell.html("news.html.j2", text=text)
