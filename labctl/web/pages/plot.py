"""The live plot of a run: chosen channels in a window of time, drawn by ECharts in the browser.

A reading is sent once. What is sent at once, and in a second, has an end: of more readings than can
be seen the extremes go out.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nicegui import ui
from nicegui.element import Element
from nicegui.elements.echart.echart import EChart

from labctl.i18n import _
from labctl.report.notation import unit_text
from labctl.report.wording import path
from labctl.web.pages import shell
from labctl.web.view.envelope import Points
from labctl.web.view.tail import Channel

if TYPE_CHECKING:
    from labctl.web.pages.lines import RunLine
    from labctl.web.pages.visit import Visit

WHOLE, EACH = 3600, 1600
"""Points that are sent of all channels together, and of one, when a window is drawn anew."""

LIVE = 300
"""Points that are sent of all channels together at one tick, of what came since the last."""

FIRST = 4
"""Channels that are drawn before anybody chose."""

MOST = 8
"""Channels that are drawn at once."""

LATELY = 600.0
"""Seconds of the window that follows the run."""


class PlotElement(Element, component="plot.js"):
    """The plot in the browser; it has ECharts from NiceGUI's own bundle."""

    # The class of the bundle is what registers it with the page.
    bundle = EChart

    def __init__(self, label: str) -> None:
        super().__init__()
        self._props["label"] = label


@dataclass
class Window:
    """What is seen, in s since the item began: all of it, the last `LATELY` s, or from `begin` to
    `end`."""

    kind: str = "whole"
    begin: float = 0.0
    end: float = 1.0

    def of(self, span: tuple[float, float]) -> tuple[float, float]:
        """Begin and end, where the item has the readings of `span`."""
        if self.kind == "fixed":
            return self.begin, self.end
        end = max(span[1], span[0] + 1.0)
        return (span[0] if self.kind == "whole" else max(span[0], end - LATELY)), end


class RunPlot:
    """The plot of the item `item` of a run on one page; `begun` is the item's run time in s."""

    def __init__(self, visit: Visit, line: RunLine) -> None:
        self._visit = visit
        self._line = line
        self._item = 0
        self._begun = 0.0
        self._chosen: list[Channel] = []
        self._listed: list[Channel] = []
        self._own_choice = False
        self._sent: dict[int, int] = {}
        self._count = 0
        self._generation = -1
        self._window = Window()
        self._draw()

    def follow(self, item: int, begun: float) -> None:
        """Draw another item."""
        if item != self._item:
            self._item, self._begun, self._own_choice = item, begun, False
            self._chosen, self._listed, self._window = [], [], Window()
            self._generation = -1

    async def tick(self) -> None:
        """Send what is new; nothing where nothing is."""
        self._list()
        if not self._chosen:
            return
        if self._generation != self._line.tail.generation or self._count > 2 * WHOLE:
            await self.reset()
        elif self._window.kind != "fixed":
            await self._push()

    async def reset(self) -> None:
        """Send the window anew."""
        self._generation, self._count = self._line.tail.generation, 0
        span = self._span()
        begin, end = self._window.of(span)
        most = min(EACH, WHOLE // max(1, len(self._chosen)))
        series: list[dict[str, Any]] = []
        for channel in self._chosen:
            newest = channel.envelope.newest
            found = await asyncio.to_thread(
                self._line.tail.window, channel, begin + self._begun, end + self._begun, most
            )
            self._sent[id(channel)] = newest[0] if newest else 0
            series.append(self._series(channel, found, named=True))
        sent = {"series": series, "span": span, "window": (begin, end)}
        self._element.run_method("reset", sent)

    async def _push(self) -> None:
        """Send the readings behind those that were sent."""
        most = max(4, LIVE // len(self._chosen))
        series: list[dict[str, Any]] = []
        for channel in self._chosen:
            newest = channel.envelope.newest
            last = self._sent.get(id(channel), 0)
            if newest is None or newest[0] <= last:
                continue
            found = await asyncio.to_thread(self._line.tail.after, channel, last, most)
            if found.size:
                self._sent[id(channel)] = int(found.row[-1])
                series.append(self._series(channel, found, named=False))
        if series:
            span = self._span()
            sent = {"series": series, "span": span, "window": self._window.of(span)}
            self._element.run_method("push", sent)

    def _series(self, channel: Channel, found: Points, *, named: bool) -> dict[str, Any]:
        self._count += found.size
        sent: dict[str, Any] = {
            "key": str(channel.numbers[0]),
            "t": [float(f"{t - self._begun:.9g}") for t in found.t],
            "v": [float(f"{value:.6g}") for value in found.value],
        }
        if named:
            sent |= {"name": path(channel.name), "unit": unit_text(channel.unit)}
        return sent

    def _span(self) -> tuple[float, float]:
        found = [one.envelope.span for one in self._chosen]
        spans = [one for one in found if one is not None]
        if not spans:
            return 0.0, 1.0
        begin = min(one[0] for one in spans) - self._begun
        return begin, max(max(one[1] for one in spans) - self._begun, begin + 1e-3)

    def _draw(self) -> None:
        self._none = shell.html("text.html.j2", text=_("No reading yet."), classes="dim")
        self._chips = ui.element("div").classes("chips").props('role="group"')
        self._acts = ui.element("div").classes("plot-acts")
        with self._acts:
            self._button(_("Whole"), "↔", lambda: self._look(Window("whole")))
            self._button(_("Last 10 min"), "⇥", lambda: self._look(Window("last")))
            self._button(_("Closer"), "+", lambda: self._scale(0.5))
            self._button(_("Wider"), "−", lambda: self._scale(2.0))
            self._button(_("Earlier"), "◀", lambda: self._shift(-0.5))
            self._button(_("Later"), "▶", lambda: self._shift(0.5))
        self._element = PlotElement(_("Readings of the run over time"))
        self._show(False)
        self._element.on("zoom", self._visit.handler(self._zoomed))

    def _show(self, there: bool) -> None:
        """Show the plot, or that there is nothing to be drawn."""
        self._none.set_visibility(not there)
        for part in (self._chips, self._acts, self._element):
            part.set_visibility(there)

    def _button(self, text: str, icon: str, pressed: Callable[[], Any]) -> None:
        shell.button(text, icon, self._visit.handler(pressed)).classes("small")

    async def _zoomed(self, event: Any) -> None:
        begin, end = (float(one) for one in event.args)
        await self._look(Window("fixed", begin, end))

    async def _look(self, window: Window) -> None:
        span = self._span()
        if window.kind == "fixed":
            begin, end = max(span[0], window.begin), min(span[1], window.end)
            whole = end - begin >= 0.999 * (span[1] - span[0])
            window = Window("whole") if whole else Window("fixed", begin, max(end, begin + 1e-6))
        self._window = window
        await self.reset()

    async def _scale(self, by: float) -> None:
        begin, end = self._window.of(self._span())
        middle, half = (begin + end) / 2, (end - begin) / 2 * by
        await self._look(Window("fixed", middle - half, middle + half))

    async def _shift(self, by: float) -> None:
        begin, end = self._window.of(self._span())
        span, step = self._span(), (end - begin) * by
        step = max(span[0] - begin, min(span[1] - end, step))
        await self._look(Window("fixed", begin + step, end + step))

    def _list(self) -> None:
        """The channels that can be chosen, as they appear."""
        known = [
            one
            for one in self._line.tail.channels.values()
            if one.item == self._item and one.envelope.count
        ]
        if [id(one) for one in known] == [id(one) for one in self._listed]:
            return
        self._listed = known
        self._show(bool(known))
        if not self._own_choice and len(self._chosen) < FIRST:
            self._chosen, self._generation = known[:FIRST], -1
        self._show_chips()

    def _show_chips(self) -> None:
        self._chips.clear()
        self._chips.props(f'aria-label="{_("Channels")}"')
        with self._chips:
            for channel in self._listed:
                is_on = channel in self._chosen
                unit = unit_text(channel.unit)
                text = path(channel.name) + (f" ({unit})" if unit else "")
                chip = shell.button(
                    text, "☑" if is_on else "☐", self._visit.handler(self._chooser(channel))
                )
                chip.classes("small").props(f'aria-pressed="{"true" if is_on else "false"}"')

    def _chooser(self, channel: Channel) -> Callable[[], Any]:
        async def choose() -> None:
            self._own_choice = True
            chosen = [one for one in self._chosen if one is not channel]
            if channel not in self._chosen:
                chosen = [*chosen, channel][-MOST:]
            self._chosen = chosen
            self._show_chips()
            await self.reset()

        return choose
