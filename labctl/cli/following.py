"""Following a guarded run: its progress, its notices, its prompts, and Ctrl-C."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from labctl.asking.prompts import Answer, Prompt
from labctl.cli.streams import note
from labctl.control.client import Viewer, find
from labctl.control.messages import (
    Answered,
    Asked,
    Board,
    Ended,
    Follow,
    FromViewer,
    Give,
    Noticed,
    Refused,
    Reply,
    Safe,
    Told,
    ToViewer,
    Withdrawn,
)
from labctl.errors import LinkError, OperatorError
from labctl.i18n import _
from labctl.orders import Abort, Continue, Pause
from labctl.platform.terminals import let_go, listening
from labctl.requests import Progress
from labctl.words import said

ORDERS: dict[str, Callable[[str], FromViewer]] = {
    "pause": lambda who: Give(Pause(who)),
    "continue": lambda who: Give(Continue(who)),
    "abort": lambda who: Give(Abort(who)),
    "safe": Safe,
}
"""What a person types, and what it asks of the guardian."""


class Asks(Protocol):
    """Who asks the person at this terminal."""

    async def ask(self, prompt: Prompt) -> Answer:
        """What the person answers; `OperatorError` where nobody is there."""
        ...


class Follower:
    """Follows the run in `folder` for the person `who`.

    `show` draws progress; `person` is asked what the run asks, one question after the other.
    Ctrl-C of its `owner` aborts the run.
    """

    def __init__(
        self,
        folder: Path,
        who: str,
        show: Callable[[Progress], None] | None,
        person: Asks,
        *,
        owner: bool,
    ) -> None:
        self.is_detached = False
        self._folder = folder
        self._who = who
        self._show = show
        self._person = person
        self._owner = owner
        self._viewer: Viewer | None = None
        self._open: dict[int, Prompt] = {}
        self._asking: tuple[int, asyncio.Task[None]] | None = None
        self._aborts = 0
        self._greeted = False
        self._task: asyncio.Task[Ended | None] | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    async def follow(self) -> Ended | None:
        """How the run ended. None where this viewer left it (`is_detached`: the terminal was
        closed), or where its guardian is lost and no other one comes."""
        loop = self._loop = asyncio.get_running_loop()
        self._task = asyncio.create_task(self._follow())

        def interrupted() -> None:
            loop.call_soon_threadsafe(self._abort)

        def closed() -> None:
            let_go()
            loop.call_soon_threadsafe(self._detach)

        with listening(interrupted, closed):
            try:
                return await self._task
            except asyncio.CancelledError:
                if not self.is_detached:
                    raise
                return None

    def typed(self, line: str) -> None:
        """A person typed a line that answers no question; called in any thread."""
        make = ORDERS.get(line.strip().casefold())
        if make is not None and self._loop is not None:
            with suppress(RuntimeError):  # the run has ended, and with it the loop
                self._loop.call_soon_threadsafe(self._say, make(self._who))
        elif line.strip():
            note(_("not understood: {line}").format(line=line.strip()))

    async def _follow(self) -> Ended | None:
        while True:
            found = await find(self._folder, self._who)
            if not isinstance(found, Viewer):
                return found
            self._viewer = found
            try:
                return await self._through(found)
            except LinkError as error:
                if self._greeted:
                    note(error.message)
            finally:
                self._viewer, self._greeted = None, False
                self._withdraw()
                await found.close()

    async def _through(self, viewer: Viewer) -> Ended:
        """What comes from one guardian until the run has ended."""
        viewer.say(Follow())
        for _again in range(self._aborts):
            viewer.say(Give(Abort(self._who)))
        while True:
            message = await viewer.next()
            if isinstance(message, Board) and message.ended is not None:
                return message.ended
            if isinstance(message, Ended):
                return message
            self._take(message)

    def _take(self, message: ToViewer) -> None:
        match message:
            case Board():
                self._greeted = True
                self._open = {one.number: one.prompt for one in message.asked}
                self._draw(message.progress)
            case Told(progress):
                self._draw(progress)
            case Noticed(notice) if notice.kind != "prompt":  # that is asked here as well
                note(f"{notice.item} {said(notice.text, _)}".strip())
            case Asked(number, prompt):
                self._open[number] = prompt
            case Answered(number, answer):
                self._settled(number, _("answered by {who}").format(who=answer.who))
            case Withdrawn(number):
                self._settled(number, _("an answer is no longer wanted"))
            case Refused(why):
                note(why)
            case _:
                return
        self._ask_next()

    def _draw(self, progress: Progress | None) -> None:
        if progress is not None and self._show is not None:
            self._show(progress)

    def _settled(self, number: int, why: str) -> None:
        """A question is over; who was being asked it here is told why."""
        self._open.pop(number, None)
        if self._asking is not None and self._asking[0] == number:
            if not self._asking[1].done():
                note(why)
            self._withdraw()

    def _withdraw(self) -> None:
        if self._asking is not None:
            self._asking[1].cancel()
            self._asking = None

    def _ask_next(self) -> None:
        if self._asking is None and self._open:
            number = min(self._open)
            task = asyncio.create_task(self._ask(number, self._open[number]))
            self._asking = (number, task)

    async def _ask(self, number: int, prompt: Prompt) -> None:
        try:
            answer = await self._person.ask(prompt)
        except OperatorError as error:
            note(f"{prompt.item} {said(prompt.text, _)}: {error}".strip())
            return
        self._say(Reply(number, answer))

    def _say(self, message: FromViewer) -> None:
        if self._viewer is not None:
            self._viewer.say(message)

    def _abort(self) -> None:
        """The person wants the run to end; asked twice, at once. Without a line it goes on."""
        if not self._owner:
            self._detach()
            return
        self._aborts += 1
        if self._aborts == 1:
            note(_("aborting; once more ends it at once"))
        self._say(Give(Abort(self._who)))
        if self._viewer is None and self._aborts > 1 and self._task is not None:
            self._task.cancel()

    def _detach(self) -> None:
        self.is_detached = True
        if self._task is not None:
            self._task.cancel()
