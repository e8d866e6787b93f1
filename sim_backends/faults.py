"""Faults on demand: an emulator with faults on its answers, at its sensor, in its power supply."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from labctl.errors import BenchError
from sim_backends.emulators.emulator import Emulator
from sim_backends.emulators.outbox import Outbox
from sim_backends.fault_kinds import (
    SENSOR_FAULTS,
    Delay,
    Disconnect,
    Drift,
    Fault,
    Garble,
    Hold,
    LineLost,
    PowersOn,
    Reboot,
    Replace,
    Saturate,
    Silence,
    Stuck,
    Truncate,
    resealed,
)

if TYPE_CHECKING:
    from sim_backends.models.signal import FloatArray

__all__ = [
    "Delay",
    "Disconnect",
    "Drift",
    "Fault",
    "Faulted",
    "FaultyEmulator",
    "Garble",
    "Hold",
    "LineLost",
    "Reboot",
    "Replace",
    "Saturate",
    "Sensor",
    "Silence",
    "Stuck",
    "Truncate",
    "resealed",
]


class Sensor:
    """What stands between the world and an instrument; a faulty port asks it for each value."""

    def __init__(self) -> None:
        self.transaction = 1
        self._faults: list[tuple[Fault, dict[str, float]]] = []

    def add(self, fault: Fault) -> None:
        """Let `fault` act too."""
        self._faults.append((fault, {}))

    def heal(self) -> None:
        """No fault acts any more."""
        self._faults.clear()

    def sensed(self, quantity: str, value: float, t: float) -> float:
        """`value` of the `quantity` at run time `t` in s, as the instrument gets it."""
        for fault, began in self._faults:
            if fault.acts(self.transaction, t):
                value = fault.sensed(quantity, value, t - began.setdefault(quantity, t))
        return value

    def sensed_each(self, quantity: str, values: FloatArray, times: FloatArray) -> FloatArray:
        """The same of `values` at the run times `times` in s, both of shape (n,)."""
        if not self._faults:
            return values
        pairs = zip(values.tolist(), times.tolist(), strict=True)
        return np.array([self.sensed(quantity, value, t) for value, t in pairs])


class Faulted:
    """Which faults act on an instrument, and on how many of its transactions they could.

    `sensor` is what stands between the world and the instrument; None where no fault can reach it.
    """

    def __init__(self, faults: Sequence[Fault], sensor: Sensor | None = None) -> None:
        self.faults: tuple[Fault, ...] = ()
        self.transactions = 0
        self._sensor = sensor
        self._reboots: list[Reboot] = []
        for fault in faults:
            self._take(fault)

    def add(self, fault: Fault) -> None:
        """Let `fault` act too, its transactions counted from the next one on.

        `BenchError` where this instrument's sensor cannot be reached.
        """
        self._take(replace(fault, at=fault.at + self.transactions))

    def heal(self) -> None:
        """No fault acts any more; what is held back still comes."""
        self.faults, self._reboots = (), []
        if self._sensor is not None:
            self._sensor.heal()

    def _take(self, fault: Fault) -> None:
        if isinstance(fault, Reboot) and fault.after is not None:
            self._reboots.append(fault)
        elif not isinstance(fault, SENSOR_FAULTS):
            self.faults += (fault,)
        elif self._sensor is None:
            name = type(fault).__name__.lower()
            raise BenchError(f"this instrument has no sensor that can {name}")
        else:
            self._sensor.add(fault)


class FaultyEmulator(Faulted):
    """`inner` with `faults`; fits `Emulator`.

    `sensor` is what `faulty_ports.spoiled` put before the instrument; `renew` makes the instrument
    anew after a reboot, `unpower` ends what it drives as its power goes; None where that cannot be.
    """

    def __init__(
        self,
        inner: Emulator,
        faults: Sequence[Fault],
        *,
        sensor: Sensor | None = None,
        renew: Callable[[float], Emulator] | None = None,
        unpower: Callable[[float], None] | None = None,
    ) -> None:
        super().__init__(faults, sensor)
        self.inner = inner
        self._renew = renew
        self._unpower = unpower
        self._request = b""
        self._outbox = Outbox()
        self._back_at: float | None = None

    @property
    def late(self) -> bool:
        """Whether an answer is held back."""
        return len(self._outbox) > 0

    @property
    def dark(self) -> bool:
        """Whether it is without power."""
        return self._back_at is not None

    def receive(self, data: bytes, t: float) -> None:
        """Pass `data` on, where the instrument is there to hear it."""
        self._power(t)
        if self._back_at is not None:
            return
        self._request += data
        self.inner.receive(data, t)

    def due(self) -> float | None:
        """When the inner emulator, a late answer or a fault is due."""
        if self._back_at is not None:
            return self._back_at
        times = [self.inner.due(), self._outbox.due()]
        times += [reboot.after for reboot in self._reboots]
        return min((t for t in times if t is not None), default=None)

    def send(self, t: float) -> bytes:
        """What is left of the answers until `t`; `LineLost` where the line is cut."""
        self._power(t)
        if self._back_at is not None:
            return b""
        data = self.inner.send(t)
        if data:
            self._spoil(data, t)
        return self._outbox.take(t)

    def clear(self, t: float) -> None:
        """Device clear: late answers are dropped too."""
        self._request = b""
        self._outbox.clear()
        self.inner.clear(t)

    def _spoil(self, data: bytes, t: float) -> None:
        self.transactions += 1
        if self._sensor is not None:
            self._sensor.transaction = self.transactions + 1
        request, self._request = self._request, b""
        late = 0.0
        for fault in self.faults:
            if fault.acts(self.transactions, t):
                late += fault.delay()
                data = fault.spoil(request, data)
                if isinstance(fault, Reboot):
                    self._go_dark(t, fault.seconds)
        if data:
            self._outbox.put(data, t + late)

    def _power(self, t: float) -> None:
        """Go dark where a reboot's time has come, come back where it is over."""
        if self._back_at is not None and self._back_at <= t:
            self._back_at = None
            self._power_on(t)
        for reboot in tuple(self._reboots):
            if reboot.after is not None and reboot.after <= t:
                self._reboots.remove(reboot)
                self._go_dark(t, reboot.seconds)
                self.clear(t)

    def _go_dark(self, t: float, seconds: float) -> None:
        self._back_at = t + seconds
        if self._unpower is not None:
            self._unpower(t)

    def _power_on(self, t: float) -> None:
        self.clear(t)
        if isinstance(self.inner, PowersOn):
            self.inner.power_on(t)
        elif self._renew is not None:
            self.inner = self._renew(t)
