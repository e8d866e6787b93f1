"""What a person tells a run that is under way: pause, go on, abort, make safe; go on with it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from nicegui import ui

from labctl.control.client import ask
from labctl.control.messages import FromViewer, Give, Safe
from labctl.i18n import N_, _
from labctl.orders import Abort, Continue, Pause
from labctl.web.beginning import can_go_on, gone_on
from labctl.web.pages import shell
from labctl.web.roles import Verb

if TYPE_CHECKING:
    from labctl.web.pages.lines import RunLine
    from labctl.web.pages.visit import Visit

ABORT = N_(
    "Abort the run? The bench is made safe; what was recorded stays, and the run can be resumed."
)
SAFE = N_("Make the bench safe at once? The run is ended without waiting for anything.")


class Orders:
    """The buttons above a run, and the question that goes before what cannot be taken back."""

    def __init__(self, visit: Visit, line: RunLine) -> None:
        self._visit = visit
        self._line = line
        self._drawn: tuple[object, ...] = ()
        self._ends = False
        with ui.element("div").classes("acts run-acts").props('role="group"'):
            self._row = ui.element("div").classes("acts run-acts")
            self._ending = ui.element("div").classes("acts run-acts")
        self._asks = ui.element("div")

    def refresh(self, state: str) -> None:
        """Draw the buttons that fit how the run stands.

        Those that end a run stay as they are while it is under way: a button that is drawn anew
        while it is pressed is not pressed.
        """
        line = self._line
        under_way = line.is_guarded and line.ended is None
        held = line.progress is not None and line.progress.state != "running"
        now = (state, under_way, held)
        if now != self._drawn:
            self._drawn = now
            self._row.clear()
            with self._row:
                self._going(state, under_way, held)
        if under_way != self._ends:
            self._ends = under_way
            self._ending.clear()
            if under_way:
                with self._ending:
                    self._stopping()

    def _going(self, state: str, under_way: bool, held: bool) -> None:
        may = self._visit.may
        if under_way and held and may(Verb.PAUSE):
            self._button(_("Continue"), "▶", self._gives(Verb.PAUSE, "continue", Continue), "main")
        elif under_way and may(Verb.PAUSE):
            self._button(_("Pause"), "‖", self._gives(Verb.PAUSE, "pause", Pause))
        elif not under_way and state == "interrupted" and may(Verb.RESUME):
            self._button(_("Resume"), "▶", self._resume, "main")

    def _stopping(self) -> None:
        may = self._visit.may
        if may(Verb.ABORT):
            abort = self._gives(Verb.ABORT, "abort", Abort)
            self._button(_("Abort"), "■", self._asked(_(ABORT), _("Abort the run"), abort), "stop")
        if may(Verb.SAFE):
            safe = self._says(Verb.SAFE, "safe", Safe)
            asked = self._asked(_(SAFE), _("Make safe at once"), safe)
            self._button(_("Emergency: make safe"), "⚠", asked, "danger")

    def _button(self, text: str, icon: str, pressed: Callable[[], Any], tone: str = "") -> None:
        shell.button(text, icon, self._visit.handler(pressed), tone=tone)

    def _gives(self, verb: Verb, action: str, order: Callable[[str], Any]) -> Callable[[], Any]:
        return self._says(verb, action, lambda who: Give(order(who)))

    def _says(
        self, verb: Verb, action: str, message: Callable[[str], FromViewer]
    ) -> Callable[[], Awaitable[None]]:
        async def press() -> None:
            folder, who = self._line.path, self._visit.user.shown
            await self._visit.act(verb, action, folder.name, lambda: ask(folder, who, message(who)))

        return press

    def _asked(self, question: str, yes: str, work: Callable[[], Any]) -> Callable[[], None]:
        """Ask before `work` is done; the keyboard stands on the harmless answer."""

        async def agreed() -> None:
            self._asks.clear()
            await work()

        def press() -> None:
            self._asks.clear()
            with (
                self._asks,
                ui.element("div").classes("confirm").props('role="alertdialog"') as box,
            ):
                box.props(f'aria-label="{yes}"')
                shell.html("text.html.j2", text=question)
                with ui.element("div").classes("acts run-acts"):
                    no = shell.button(_("No, go on"), "↩", self._visit.handler(self._asks.clear))
                    shell.button(yes, "⚠", self._visit.handler(agreed), tone="danger")
            ui.run_javascript(f"getHtmlElement({no.id}).focus()")

        return press

    async def _resume(self) -> None:
        folder = self._line.path
        can_go_on(folder)

        async def work() -> None:
            await asyncio.to_thread(gone_on, folder, ())

        await self._visit.act(Verb.RESUME, "resume", folder.name, work)
