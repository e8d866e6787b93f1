"""A viewer's end of the line to a guardian, on an event loop."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from pathlib import Path

import msgspec

from labctl import clock
from labctl.control import place
from labctl.control.messages import (
    MOST,
    Ended,
    FromViewer,
    Hello,
    Refused,
    ToViewer,
    line_of,
    to_viewer,
)
from labctl.control.place import HOST, Control
from labctl.errors import LinkError, UsageError
from labctl.platform.processes import is_alive, this_process
from labctl.runfolder import RunFolder

PATIENCE = 15.0
"""Seconds in which a guardian that starts, or takes over, must be there."""

LOOK = 0.05
"""Seconds between two looks whether it is."""


class Viewer:
    """A line to the guardian that `control` names."""

    def __init__(
        self, control: Control, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self.control = control
        self._reader = reader
        self._writer = writer

    def say(self, message: FromViewer) -> None:
        """Send `message`."""
        self._writer.write(line_of(message))

    async def next(self) -> ToViewer:
        """The next message; `LinkError` where the line is lost."""
        try:
            line = await self._reader.readline()
            if line.endswith(b"\n"):
                return to_viewer(line)
        except (OSError, ValueError, msgspec.MsgspecError) as error:
            raise _lost(self.control, str(error)) from error
        raise _lost(self.control, "closed")

    async def close(self) -> None:
        """Hang up."""
        self._writer.close()
        with suppress(OSError):
            await self._writer.wait_closed()


async def connect(control: Control, who: str) -> Viewer:
    """A line for `who` to the guardian of `control`; `LinkError` where nobody takes it."""
    try:
        reader, writer = await asyncio.open_connection(HOST, control.port, limit=MOST)
    except OSError as error:
        raise _lost(control, str(error)) from error
    writer.write(line_of(Hello(control.token, "viewer", this_process(), who)))
    return Viewer(control, reader, writer)


async def find(folder: Path, who: str, patience: float = PATIENCE) -> Viewer | Ended | None:
    """A line to the guardian of the run in `folder`, waited for `patience` in s.

    What a run came to whose guardian has said its last word; None where it is lost and no other
    one comes.
    """
    until = clock.now() + patience
    while True:
        control = place.read(folder)
        if control is not None and control.ended is not None:
            return control.ended
        if control is not None and is_alive(control.process):
            with suppress(LinkError):
                return await connect(control, who)
        elif control is not None and not RunFolder(folder).is_running:
            until = min(until, clock.now() + 2.0)
        if clock.now() > until:
            return None
        await clock.sleep(LOOK)


async def ask(folder: Path, who: str, message: FromViewer) -> ToViewer:
    """The guardian's answer to one message of `who`; `UsageError` where nobody guards the run, or
    what is asked is refused."""
    viewer = await find(folder, who, 0.0)
    if not isinstance(viewer, Viewer):
        raise UsageError(f"{folder.name} has no guardian", remedy="labctl runs tells how it stands")
    try:
        viewer.say(message)
        answer = await viewer.next()
    finally:
        await viewer.close()
    if isinstance(answer, Refused):
        raise UsageError(answer.why)
    return answer


def _lost(control: Control, why: str) -> LinkError:
    return LinkError(
        f"the line to the guardian is lost: {why}", address=f"tcp://{HOST}:{control.port}"
    )
