"""A Bluetooth Low Energy peripheral with faults on what it answers and notifies.

A transaction is a value: a read or a notification. An unanswered read ends the connection after
the Attribute Protocol's transaction time-out (Core Specification 5.4, volume 3, part F, 3.3.3).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from labctl.errors import BenchError
from sim_backends.emulators.ble.attributes import Advertisement, Peripheral, Service
from sim_backends.fault_kinds import SENSOR_FAULTS
from sim_backends.faults import Fault, Reboot, Sensor


class Unanswered(Exception):
    """Raised by `read`: the answer never comes."""


class FaultyPeripheral:
    """`inner` with `faults`; fits `Peripheral`. `LineLost` from `read` cuts the connection."""

    def __init__(
        self, inner: Peripheral, faults: Sequence[Fault], sensor: Sensor | None = None
    ) -> None:
        self.inner = inner
        self.faults: tuple[Fault, ...] = ()
        self.transactions = 0
        self.late = 0.0
        self._sensor = sensor
        self._gone_until: float | None = None
        for fault in faults:
            self._take(fault)

    @property
    def address(self) -> str:
        """Its device address."""
        return self.inner.address

    @property
    def services(self) -> tuple[Service, ...]:
        """Its attribute table."""
        return self.inner.services

    def add(self, fault: Fault) -> None:
        """Let `fault` act too, its transactions counted from the next one on."""
        self._take(replace(fault, at=fault.at + self.transactions))

    def heal(self) -> None:
        """No fault acts any more."""
        self.faults = ()
        if self._sensor is not None:
            self._sensor.heal()

    def advertise(self, t: float) -> Advertisement | None:
        """What it sends; nothing while it restarts."""
        if self._gone_until is not None and t < self._gone_until:
            return None
        return self.inner.advertise(t)

    def connect(self, t: float) -> None:
        """A central has connected."""
        self.inner.connect(t)

    def disconnect(self, t: float) -> None:
        """The central has gone."""
        self.inner.disconnect(t)

    def read(self, handle: int, t: float) -> bytes:
        """The value as it comes; `late` is by how many seconds."""
        self.late = 0.0
        data = self._spoiled(handle, self.inner.read(handle, t), t)
        if data is None:
            raise Unanswered
        return data

    def write(self, handle: int, data: bytes, t: float) -> None:
        """Write an attribute."""
        self.inner.write(handle, data, t)

    def subscribe(self, handle: int, on: bool, t: float) -> None:
        """Notifications on or off."""
        self.inner.subscribe(handle, on, t)

    def due(self) -> float | None:
        """When it next may notify."""
        return self.inner.due()

    def notifications(self, t: float) -> list[tuple[int, bytes]]:
        """What comes of the notified values."""
        sent = []
        for handle, value in self.inner.notifications(t):
            data = self._spoiled(handle, value, t)
            if data is not None:
                sent.append((handle, data))
        return sent

    def _take(self, fault: Fault) -> None:
        if not isinstance(fault, SENSOR_FAULTS):
            self.faults += (fault,)
        elif self._sensor is None:
            raise BenchError(f"this node has no sensor that can {type(fault).__name__.lower()}")
        else:
            self._sensor.add(fault)

    def _spoiled(self, handle: int, data: bytes, t: float) -> bytes | None:
        """What is left of a value; None where nothing is."""
        self.transactions += 1
        if self._sensor is not None:
            self._sensor.transaction = self.transactions + 1
        before = data
        for fault in self.faults:
            if fault.acts(self.transactions, t):
                self.late += fault.delay()
                data = fault.spoil(bytes((handle,)), data)
                if isinstance(fault, Reboot):
                    self._gone_until = t + fault.seconds
        return data if data or not before else None
