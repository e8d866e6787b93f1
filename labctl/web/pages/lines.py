"""Runs that somebody looks at: one line to each guardian and one look at each journal for all.

However many browsers show a run, its guardian has one viewer more and its journal one reader.
"""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from pathlib import Path

from labctl import clock
from labctl.asking.prompts import Answer
from labctl.control.client import Viewer, find
from labctl.control.messages import (
    Answered,
    Asked,
    Board,
    Ended,
    Follow,
    Noticed,
    Told,
    ToViewer,
    Withdrawn,
)
from labctl.desk import Notice
from labctl.errors import LabError, LinkError
from labctl.i18n import Language, current
from labctl.platform.processes import Process
from labctl.requests import Progress
from labctl.runfolder import RunFolder
from labctl.web.view.standing import Standing, standing
from labctl.web.view.tail import Tail

LOOK = 0.25
"""Seconds between two looks at a journal: half of what a reading may take to the page."""

KEPT = 4
"""Journals that nobody looks at any more whose outlines are kept in memory."""

_log = logging.getLogger(__name__)


class RunLine:
    """The run in the folder `path`, as its guardian and its journal tell it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.tail = Tail(path)
        self.looked = False
        self.journal = 0
        self.told = 0
        self.is_guarded = False
        self.phase = ""
        self.progress: Progress | None = None
        self.asked: dict[int, Asked] = {}
        self.answered: dict[int, tuple[Asked, Answer]] = {}
        self.notices: tuple[Notice, ...] = ()
        self.ended: Ended | None = None
        self.error = ""
        self.lookers = 0
        self._worker: Process | None = None
        self._tasks: list[asyncio.Task[None]] = []
        self._standing: dict[tuple[int, Language, int], Standing] = {}

    def start(self) -> None:
        """Listen and look from now on."""
        if not self._tasks:
            work = (self._follow(), self._look())
            self._tasks = [
                asyncio.create_task(one, name=f"look at {self.path.name}") for one in work
            ]

    async def stop(self) -> None:
        """Nobody looks any more."""
        tasks, self._tasks = self._tasks, []
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self.is_guarded, self.looked = False, False

    async def standing(self, item: int) -> Standing:
        """How the run stands in the user's language; read once for all who look at it."""
        key = (self.journal, current(), item)
        found = self._standing.get(key)
        if found is None:
            found = await asyncio.to_thread(standing, self.path, item or None)
            self._standing = {k: v for k, v in self._standing.items() if k[0] == self.journal}
            self._standing[key] = found
        return found

    async def _look(self) -> None:
        """Take in what the journal has; what cannot be read now is tried again."""
        seen = (0, False)
        while True:
            more, found = False, seen
            try:
                more, found = await asyncio.to_thread(self._looked)
                self.error = ""
            except LabError as error:
                self.error = error.message
            if found != seen or not self.looked:
                seen, self.looked = found, True
                self.journal += 1
            await clock.sleep(0 if more else LOOK)

    def _looked(self) -> tuple[bool, tuple[int, bool]]:
        """Whether there is more, and what changes when anything has: the journal's last
        transaction, and whether somebody writes it."""
        more = self.tail.look()
        return more, (self.tail.version, RunFolder(self.path).is_running)

    async def _follow(self) -> None:
        """Listen to the guardian, and to the next one; the run may be gone on with later."""
        while True:
            try:
                found = await find(self.path, "", 0.0)
                if isinstance(found, Viewer):
                    await self._listen(found)
                else:
                    self._alone(found)
            except LabError as error:
                _log.info("%s: %s", self.path.name, error)
                self._alone(None)
            await clock.sleep(1.0)

    async def _listen(self, viewer: Viewer) -> None:
        try:
            viewer.say(Follow())
            while True:
                self.take(await viewer.next())
        except LinkError:
            self._alone(None)
        finally:
            await viewer.close()

    def _alone(self, ended: Ended | None) -> None:
        if self.is_guarded or self.ended != ended:
            self.told += 1
        self.is_guarded, self.phase, self.progress = False, "", None
        self.asked, self.ended = {}, ended

    def take(self, message: ToViewer) -> None:
        """What the guardian says."""
        self.told += 1
        match message:
            case Board():
                if message.worker != self._worker:
                    # Another worker counts its prompts from the beginning.
                    self._worker, self.answered = message.worker, {}
                self.is_guarded, self.phase, self.ended = True, message.phase, message.ended
                self.progress, self.notices = message.progress, message.notices
                self.asked = {one.number: one for one in message.asked}
            case Told(progress):
                self.progress = progress
            case Noticed(notice):
                self.notices = (*self.notices, notice)[-50:]
            case Asked(number):
                self.asked[number] = message
            case Answered(number, answer):
                asked = self.asked.pop(number, None)
                if asked is not None:
                    self.answered[number] = (asked, answer)
            case Withdrawn(number):
                self.asked.pop(number, None)
            case Ended():
                self.ended = message
            case _:
                pass


class Lines:
    """The runs that are looked at, by folder."""

    def __init__(self) -> None:
        self._known: OrderedDict[Path, RunLine] = OrderedDict()

    def line(self, path: Path) -> RunLine:
        """The line of the run in the folder `path`, listening from now on; give it back with
        `leave`."""
        line = self._known.setdefault(path, RunLine(path))
        self._known.move_to_end(path)
        line.lookers += 1
        line.start()
        return line

    async def leave(self, line: RunLine) -> None:
        """One looks at it no more."""
        line.lookers -= 1
        if line.lookers == 0:
            await line.stop()
        idle = [path for path, one in self._known.items() if one.lookers == 0]
        for path in idle[:-KEPT]:
            del self._known[path]

    @property
    def watched(self) -> int:
        """How many runs are looked at."""
        return sum(1 for one in self._known.values() if one.lookers)

    async def close(self) -> None:
        """Hang up everywhere."""
        for line in self._known.values():
            await line.stop()
