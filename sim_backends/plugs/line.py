"""A simulated line with a blocking side for libraries.

`wait` parks the greenlet in which the library runs (`labctl.clock.park`): the loop's thread goes
on, the emulator's answer is a timer, and so is the time-out of a silent instrument. Bytes are never
in flight between writer and reader, so a line holds virtual time at no moment.
"""

from __future__ import annotations

import asyncio

from labctl import clock
from sim_backends.emulators.emulator import Emulator
from sim_backends.plugs.ticker import Ticker


class Line:
    """`emulator` behind the door `name`; `received` is what it has sent and nobody has read."""

    def __init__(self, name: str, emulator: Emulator) -> None:
        self.name = name
        self.received = bytearray()
        self.connected = True
        self._gone = False
        self._ticker = Ticker(name, emulator, self._arrived, self._lose)
        self._waiter: asyncio.Future[None] | None = None
        self._has_deadline = False

    def start(self) -> None:
        """Begin on the running event loop."""
        self._ticker.start()

    def stop(self) -> None:
        """The instrument is gone for good: timers end, and who waits is woken."""
        self._gone = True
        self._lose(None)

    def join(self) -> bool:
        """A host opens the line; one that was cut by a fault is whole again.

        False where the instrument is gone.
        """
        if self._gone:
            return False
        self.received.clear()
        if not self.connected:
            self.connected = True
            self._ticker.clear()
        return True

    def write(self, data: bytes) -> None:
        """Bytes from the host, now."""
        self._ticker.receive(data)

    def look_again(self) -> None:
        """The emulator was changed from outside: it may be due earlier."""
        self._ticker.look_again()

    def clear(self) -> None:
        """Device clear: nothing half done is left on either side."""
        self.received.clear()
        self._ticker.clear()
        self._wake()

    def wait(self, until: float) -> bool:
        """Wait (in code under `clock.blocking`) for bytes, until run time `until` at most.

        True where looking again may help, False at the deadline.
        """
        loop = self._ticker.loop
        if not self.connected or clock.now() >= until:
            return False
        waiter = self._waiter = loop.create_future()
        deadline = None
        # The answer's own timer wakes the waiter. Only where it comes too late or never is a
        # timer for the deadline needed.
        due = self._ticker.due
        if due is None or due > until:
            deadline = loop.call_at(until, self._wake)
        self._has_deadline = deadline is not None
        try:
            clock.park(waiter)
        finally:
            self._waiter = None
            if deadline is not None:
                deadline.cancel()
        return True

    def _lose(self, error: Exception | None) -> None:
        """Disconnect; where the emulator failed, who waits is told its error."""
        self.connected = False
        self._gone = self._gone or error is not None
        self._ticker.stop()
        waiter = self._waiter
        if error is not None and waiter is not None and not waiter.done():
            waiter.set_exception(error)
        elif error is not None:
            raise error
        self._wake()

    def _arrived(self, data: bytes) -> None:
        self.received += data
        if data or not self._has_deadline:
            self._wake()

    def _wake(self) -> None:
        waiter = self._waiter
        if waiter is not None and not waiter.done():
            waiter.set_result(None)
