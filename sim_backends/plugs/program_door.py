"""The door `sim:program`: an emulator in the place of a program that is started and speaks lines.

A process link starts what stands behind the door as it starts a program (`plug` tells it how): it
is fed bytes, read line by line and killed. Killed and started anew it has forgotten everything, as
a program has: that is the emulator's `clear`. A line that is lost is a program that has died.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from sim_backends.emulators.emulator import Emulator
from sim_backends.plugs.ticker import Ticker

PROGRAM = "program"
"""The door's name; a bench file writes `sim:program`."""

KILLED = -15
"""Exit code of a program that was ended by its host, as Python tells a signal."""

DIED = 1
"""Exit code of one that ended by itself."""

Start = Callable[[list[str], Path | None], Awaitable[Any]]
Plug = Callable[[str, Start], None]
"""Tells process links what to start in the place of a program's name."""

Unplug = Callable[[str], None]


def plug_nowhere(name: str, start: Start) -> None:
    """For a bench whose programs nobody starts."""


def unplug_nowhere(name: str) -> None:
    """As `plug_nowhere`."""


class SimProgram:
    """One life of the emulator behind `ticker`, from its start to its end."""

    def __init__(self, ticker: Ticker) -> None:
        self._ticker = ticker
        self._read = bytearray()
        self._waiter: asyncio.Future[None] | None = None
        self._code: int | None = None

    @property
    def exit_code(self) -> int | None:
        """What it ended with; None while it runs."""
        return self._code

    @property
    def said(self) -> str:
        """An emulator says nothing on its standard error."""
        return ""

    async def write(self, data: bytes) -> None:
        """To its standard input; `BrokenPipeError` where it has ended."""
        if self._code is not None:
            raise BrokenPipeError("the program has ended")
        self._ticker.receive(data)

    async def read_line(self) -> bytes:
        """The next line of its standard output; what there is where it has ended."""
        while b"\n" not in self._read and self._code is None:
            self._waiter = asyncio.get_running_loop().create_future()
            try:
                await self._waiter
            finally:
                self._waiter = None
        end = self._read.find(b"\n") + 1 or len(self._read)
        line = bytes(self._read[:end])
        del self._read[:end]
        return line

    def used(self) -> tuple[float, int]:
        """An emulator uses neither processor time (s) nor memory (bytes) of its own."""
        return 0.0, 0

    async def wait(self) -> int:
        """Its standard input has ended, and so has it."""
        self.ended(0)
        return self._code or 0

    async def end(self, grace: float) -> None:
        """Killed; the emulator obeys at once, `grace` in s is not needed."""
        self.ended(KILLED)

    def arrived(self, data: bytes) -> None:
        """Bytes on its standard output."""
        self._read += data
        self._wake()

    def ended(self, code: int, error: Exception | None = None) -> None:
        """It has ended; where the emulator itself failed, who waits is told its `error`."""
        if self._code is None:
            self._code = code
            self._ticker.stop()
        waiter = self._waiter
        if error is not None and waiter is not None and not waiter.done():
            waiter.set_exception(error)
        elif error is not None:
            raise error
        self._wake()

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)


class ProgramDoor:
    """`emulator` that a process link finds as the program `name`; fits `doors.Door`."""

    def __init__(self, name: str, emulator: Emulator, plug: Plug, unplug: Unplug) -> None:
        self._name = name
        self._plug, self._unplug = plug, unplug
        self._ticker = Ticker(name, emulator, self._arrived, self._lost)
        self._life: SimProgram | None = None
        self._gone = False

    @property
    def address(self) -> str:
        """`process://` with the program's name."""
        return f"process://{self._name}"

    def start(self) -> None:
        """Let links start it, on the running event loop."""
        self._ticker.start()
        self._plug(self._name, self._begin)

    def look_again(self) -> None:
        """The emulator was changed from outside: it may be due earlier."""
        self._ticker.look_again()

    def stop(self) -> None:
        """It dies and cannot be started any more. Stopping twice is no error."""
        self._unplug(self._name)
        self._ticker.stop()
        self._gone = True
        if self._life is not None:
            self._life.ended(DIED)

    async def _begin(self, command: list[str], folder: Path | None) -> SimProgram:
        """One more life, from the beginning; `FileNotFoundError` where the door is closed."""
        if self._gone:
            raise FileNotFoundError(f"{self._name} is no more")
        if self._life is not None:
            self._life.ended(KILLED)
        self._ticker.clear()
        self._ticker.look_again()
        self._life = SimProgram(self._ticker)
        return self._life

    def _arrived(self, data: bytes) -> None:
        if self._life is not None and data:
            self._life.arrived(data)

    def _lost(self, error: Exception | None) -> None:
        if self._life is not None:
            self._life.ended(DIED, error)
        elif error is not None:
            raise error
        self._ticker.clear()
