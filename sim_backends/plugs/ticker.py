"""An emulator on the running event loop: its events are timers, its bytes go to a callback.

So a sweep goes on and a controller controls whether or not somebody reads, and every port of the
world is touched in the order of time.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from labctl import clock
from labctl.errors import Defect
from sim_backends.emulators.emulator import Emulator
from sim_backends.faults import LineLost


class Ticker:
    """Drives `emulator`; `sent` is called with what it sends, empty when it only worked.

    `lost` is called when the emulator says that the line is lost (`faults.LineLost`), with the
    error where the emulator itself fails: a fault of ours must reach who waits for an answer.
    """

    def __init__(
        self,
        name: str,
        emulator: Emulator,
        sent: Callable[[bytes], None],
        lost: Callable[[Exception | None], None],
    ) -> None:
        self.name = name
        self.emulator = emulator
        self.due: float | None = None
        self._sent = sent
        self._lost = lost
        self._loop: asyncio.AbstractEventLoop | None = None
        self._timer: asyncio.TimerHandle | None = None

    @property
    def loop(self) -> asyncio.AbstractEventLoop:
        """The event loop it was started on; `Defect` before."""
        if self._loop is None:
            raise Defect(f"the simulated instrument {self.name} was not started")
        return self._loop

    def start(self) -> None:
        """Begin on the running event loop."""
        self._loop = asyncio.get_running_loop()
        self._arm()

    def stop(self) -> None:
        """End the timer; the emulator rests."""
        if self._timer is not None:
            self._timer.cancel()
        self._timer = self.due = None

    def receive(self, data: bytes) -> None:
        """Bytes to the emulator, now."""
        self.emulator.receive(data, clock.now())
        self._arm()

    def look_again(self) -> None:
        """The emulator was changed from outside: it may be due earlier."""
        self._arm()

    def clear(self) -> None:
        """Device clear, now."""
        self.emulator.clear(clock.now())
        self._arm()

    def _arm(self) -> None:
        due = self.emulator.due()
        if due == self.due:
            return
        if self._timer is not None:
            self._timer.cancel()
        self.due = due
        self._timer = None if due is None else self.loop.call_at(due, self._act)

    def _act(self) -> None:
        self._timer = self.due = None
        try:
            data = self.emulator.send(clock.now())
        except LineLost:
            self._lost(None)
            return
        except Exception as error:
            self._lost(error)
            return
        self._arm()
        self._sent(data)
