"""Watching runs: one look at a journal and one line to a guardian for all who watch the run."""

from __future__ import annotations

import asyncio
import json
import logging
from collections import OrderedDict
from collections.abc import AsyncGenerator
from contextlib import suppress
from pathlib import Path

from labctl import clock
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
from labctl.errors import LabError, LinkError
from labctl.runfile import open_run
from labctl.runfolder import RunFolder
from labctl.web.journalfeed import Piece, Place, newest, piece, text_of

_log = logging.getLogger(__name__)

LOOK = 0.2
"""Seconds between two looks at a journal."""

KEPT = 50
"""Pieces that are told to all alike."""

QUIET = 15.0
"""Seconds after which a line that says nothing shows that it is alive."""


class Feed:
    """The run in `folder` for those who watch it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.board: Board | None = None
        self.version = 0
        self.place: Place = ()
        self.is_over = False
        self._pieces: OrderedDict[Place, tuple[Place, bytes]] = OrderedDict()
        self._changed = asyncio.Event()
        self._watchers = 0
        self._tasks: list[asyncio.Task[None]] = []

    async def join(self) -> None:
        """One more watches; the first lets it begin."""
        self._watchers += 1
        if self._watchers == 1:
            self.place = await asyncio.to_thread(newest, self.folder)
            self._tasks = [asyncio.create_task(one) for one in (self._look(), self._follow())]

    async def leave(self) -> bool:
        """One less watches; whether nobody does any more."""
        self._watchers -= 1
        if self._watchers:
            return False
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        return True

    async def after(self, place: Place) -> tuple[Place, bytes]:
        """What comes after `place` up to now, as a frame, and where it ends; b"" for nothing."""
        known = self._pieces.get(place)
        if known is not None:
            return known
        if place == self.place:
            return place, b""
        found = await asyncio.to_thread(piece, self.folder, place, self.place)
        return found.end, frame_of(found) if found.end != place else b""

    async def change(self) -> None:
        """Return when there is something new, or after a while."""
        with suppress(TimeoutError):
            async with asyncio.timeout(QUIET):
                await self._changed.wait()

    def _tell(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()

    async def _look(self) -> None:
        while True:
            running = RunFolder(self.folder).is_running
            try:
                found = await asyncio.to_thread(piece, self.folder, self.place)
            except LabError as error:
                _log.warning("%s is not watched any more: %s", self.folder.name, error)
                running, found = False, Piece(self.place, {})
            if found.end != self.place:
                self._pieces[self.place] = (found.end, frame_of(found))
                self.place = found.end
                if len(self._pieces) > KEPT:
                    self._pieces.popitem(last=False)
                self._tell()
            elif not running:
                self.is_over = True
                self._tell()
                return
            await clock.sleep(LOOK)

    async def _follow(self) -> None:
        """Hear of everything that its guardian tells; what is lost is looked for again."""
        while True:
            found = await find(self.folder, "web")
            if not isinstance(found, Viewer):
                return
            try:
                found.say(Follow())
                while True:
                    self._take(await found.next())
            except LinkError:
                self.board = None
                self._changed_board()
            finally:
                await found.close()

    def _take(self, message: ToViewer) -> None:
        self.board = taken(self.board, message)
        self._changed_board()

    def _changed_board(self) -> None:
        self.version += 1
        self._tell()


def taken(board: Board | None, message: ToViewer) -> Board | None:
    """`board` after `message`."""
    from msgspec.structs import replace

    if isinstance(message, Board):
        return message
    if board is None:
        return None
    match message:
        case Told(progress):
            return replace(board, progress=progress)
        case Noticed(notice):
            return replace(board, notices=(*board.notices, notice)[-50:])
        case Asked():
            return replace(board, asked=(*board.asked, message))
        case Withdrawn(number) | Answered(number):
            return replace(board, asked=tuple(a for a in board.asked if a.number != number))
        case Ended():
            return replace(board, phase="ended", ended=message, asked=())
        case _:
            return board


class Feeds:
    """The feeds of runs that somebody watches."""

    def __init__(self) -> None:
        self._open: dict[Path, Feed] = {}

    async def watch(self, folder: Path, since: Place | None, who: Tells) -> AsyncGenerator[bytes]:
        """Frames for one who watches the run in `folder`, from `since` on (None: from now)."""
        feed = self._open.setdefault(folder, Feed(folder))
        await feed.join()
        try:
            async for frame in _frames(feed, feed.place if since is None else since, who):
                yield frame
        finally:
            if await asyncio.shield(feed.leave()):
                self._open.pop(folder, None)


class Tells:
    """How a watcher is told of a board: in the watcher's language, and while he may see it."""

    def board(self, folder: Path, board: Board) -> object:
        """What is sent of `board`."""
        from labctl.web.documents import board_document

        return board_document(folder, board)

    def may(self) -> bool:
        """Whether the watcher may still see it: sessions end, and tokens."""
        return True


async def _frames(feed: Feed, place: Place, who: Tells) -> AsyncGenerator[bytes]:
    yield event("place", {"run": feed.folder.name}, text_of(place))
    told = -1
    while who.may():
        changed = asyncio.create_task(feed.change())
        try:
            quiet = True
            while True:
                place, frame = await feed.after(place)
                if not frame:
                    break
                quiet = False
                yield frame
            if feed.version != told:
                told, quiet = feed.version, False
                document = None if feed.board is None else who.board(feed.folder, feed.board)
                yield event("live", document)
            if feed.is_over and place == feed.place:
                yield event("ended", {"state": await asyncio.to_thread(_state, feed.folder)})
                return
            await changed
            if quiet and changed.done() and feed.version == told and place == feed.place:
                yield b": alive\n\n"
        finally:
            changed.cancel()


def _state(folder: Path) -> str:
    try:
        return open_run(folder).state
    except LabError:
        return "interrupted"


def frame_of(found: Piece) -> bytes:
    """A piece of a journal as an event with its place."""
    return event("journal", found.document, text_of(found.end))


def event(name: str, document: object, id: str = "") -> bytes:
    """A server-sent event."""
    head = f"id: {id}\n" if id else ""
    text = json.dumps(document, ensure_ascii=False, allow_nan=False)
    return f"{head}event: {name}\ndata: {text}\n\n".encode()
