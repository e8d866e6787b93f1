"""The radio link between one simulated peripheral and a central, on the running event loop.

Knows no library. A peripheral out of reach is lost after the supervision time-out; its
notifications are timers, so that they come on time in virtual time too.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from labctl import clock
from labctl.errors import Defect
from sim_backends.emulators.ble.attributes import Peripheral
from sim_backends.faults import LineLost
from sim_backends.faulty_peripheral import FaultyPeripheral, Unanswered

EVENT = 0.03
"""Seconds of a connection interval: an exchange takes one."""

CONNECTING = 0.2
"""Seconds to connect and to discover the services."""

SUPERVISION = 4.0
"""Seconds without a packet after which a connection is lost."""

TRANSACTION = 30.0
"""Seconds after which an unanswered request ends the connection."""


class Radio:
    """`peripheral` with its one connection; start it on the running loop."""

    def __init__(self, peripheral: Peripheral) -> None:
        self.peripheral = peripheral
        self.reachable = True
        self._loop: asyncio.AbstractEventLoop | None = None
        self._lost: Callable[[], None] | None = None
        self._listeners: dict[int, Callable[[bytes], None]] = {}
        self._timer: asyncio.TimerHandle | None = None
        self._supervision: asyncio.TimerHandle | None = None

    @property
    def is_connected(self) -> bool:
        """Whether a central is connected."""
        return self._lost is not None

    def start(self) -> None:
        """Begin on the running event loop."""
        self._loop = asyncio.get_running_loop()

    def stop(self) -> None:
        """The peripheral is gone: a connection is lost at once, nothing is heard any more."""
        self.reachable = False
        self._drop()

    def move(self, reachable: bool) -> None:
        """In or out of reach; a connection lasts until the supervision time-out."""
        self.reachable = reachable
        if self._supervision is not None:
            self._supervision.cancel()
            self._supervision = None
        if not reachable and self.is_connected:
            self._supervision = self._running().call_later(SUPERVISION, self._drop)

    def connect(self, lost: Callable[[], None]) -> None:
        """A central connects; `lost` is called when the connection breaks."""
        self._drop()
        self._lost = lost
        self.peripheral.connect(clock.now())

    def disconnect(self) -> None:
        """The central hangs up."""
        self._lost = None
        self._end()

    async def event(self) -> None:
        """Wait for the next connection event; out of reach until the connection is lost."""
        await clock.sleep(EVENT)
        while self.is_connected and not self.reachable:
            await clock.sleep(EVENT)

    async def break_off(self, fault: Exception) -> None:
        """The connection breaks: at once, or when an answer has been waited for in vain."""
        if isinstance(fault, Unanswered):
            await clock.sleep(TRANSACTION)
        self._drop()

    def late(self) -> float:
        """Seconds by which the last answer comes late."""
        return self.peripheral.late if isinstance(self.peripheral, FaultyPeripheral) else 0.0

    def read(self, handle: int) -> bytes:
        """Value of an attribute."""
        return self.peripheral.read(handle, clock.now())

    def write(self, handle: int, data: bytes) -> None:
        """Write an attribute."""
        self.peripheral.write(handle, data, clock.now())
        self._arm()

    def subscribe(self, handle: int, listener: Callable[[bytes], None]) -> None:
        """Let `listener` have what a characteristic notifies."""
        self.peripheral.subscribe(handle, True, clock.now())
        self._listeners[handle] = listener
        self._arm()

    def unsubscribe(self, handle: int) -> None:
        """End the notifications of a characteristic."""
        self.peripheral.subscribe(handle, False, clock.now())
        self._listeners.pop(handle, None)
        self._arm()

    def _running(self) -> asyncio.AbstractEventLoop:
        if self._loop is None:
            raise Defect("the simulated radio was not started")
        return self._loop

    def _arm(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        due = self.peripheral.due()
        self._timer = None if due is None else self._running().call_at(due, self._act)

    def _act(self) -> None:
        self._timer = None
        try:
            values = self.peripheral.notifications(clock.now())
        except LineLost:
            self._drop()
            return
        for handle, value in values:
            listener = self._listeners.get(handle)
            if listener is not None and self.reachable:
                listener(value)
        self._arm()

    def _drop(self) -> None:
        lost, self._lost = self._lost, None
        self._end()
        if lost is not None:
            lost()

    def _end(self) -> None:
        if self._loop is not None:
            self.peripheral.disconnect(clock.now())
        for timer in (self._timer, self._supervision):
            if timer is not None:
                timer.cancel()
        self._timer = self._supervision = None
        self._listeners.clear()
