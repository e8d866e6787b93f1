"""What an uninterruptible power supply stands between: mains, a load, a lead-acid battery.

The battery holds charge that a high current empties faster (Peukert 1897; exponent as in makers'
data sheets of valve-regulated cells) and a voltage that follows its charge and its current.
Between calls the power at its terminals is constant.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import Protocol

from sim_backends.models.mains import Mains


@dataclass(frozen=True, slots=True)
class BatteryParameters:
    """`cells` in series; `capacity` Ah in 20 h as new; `health` 0..1 of it left; `resistance`
    ohm of the whole battery as new; `peukert` exponent; `ambient` degC."""

    cells: int = 12
    capacity: float = 18.0
    health: float = 0.95
    resistance: float = 0.024
    peukert: float = 1.15
    ambient: float = 25.0


class LeadAcidBattery:
    """A battery with `charge` 0..1 at `t0`. Power and current count positive in discharge."""

    def __init__(
        self, parameters: BatteryParameters, *, charge: float = 1.0, t0: float = 0.0
    ) -> None:
        self.parameters = parameters
        self._charge = charge
        self._power = 0.0
        self._t = t0

    def draw(self, power: float, t: float) -> None:
        """From `t` on `power` in W leaves the battery (negative: goes in)."""
        self._advance(t)
        self._power = power

    def charge(self, t: float) -> float:
        """True charge, 0..1."""
        self._advance(t)
        return self._charge

    def voltage(self, t: float) -> float:
        """Terminal voltage in V."""
        self._advance(t)
        return self._rest() - self._current() * self._resistance()

    def temperature(self, t: float) -> float:
        """Temperature in degC: ambient, and 2 K of the charger and the inverter beside it."""
        return self.parameters.ambient + 2.0

    def _rest(self) -> float:
        # 1.95 V a cell empty, 2.13 V full, falling off steeply below 5 %.
        empty = max(0.05 - self._charge, 0.0) * 4.0
        return self.parameters.cells * (1.95 + 0.18 * self._charge - empty)

    def _resistance(self) -> float:
        # A worn battery has more resistance, about as its capacity has gone.
        return self.parameters.resistance / self.parameters.health**2

    def _current(self) -> float:
        rest, resistance = self._rest(), self._resistance()
        left = rest * rest - 4.0 * resistance * self._power
        return (rest - sqrt(max(left, 0.0))) / (2.0 * resistance)

    def _advance(self, t: float) -> None:
        while self._t < t:
            # The voltage falls while it empties: steps of a minute follow it well enough.
            step = min(t - self._t, 60.0)
            self._t += step
            self._charge = min(max(self._charge - self._rate() * step, 0.0), 1.0)

    def _rate(self) -> float:
        """Charge per s that leaves."""
        current, parameters = self._current(), self.parameters
        ampere_seconds = 3600.0 * parameters.capacity * parameters.health
        slow = parameters.capacity / 20.0
        if current > slow:
            current *= (current / slow) ** (parameters.peukert - 1.0)
        return current / ampere_seconds


class UpsPort(Protocol):
    """The three sides of a UPS."""

    @property
    def mains(self) -> Mains:
        """Its input."""
        ...

    @property
    def battery(self) -> LeadAcidBattery:
        """Its battery."""
        ...

    def load(self, t: float) -> tuple[float, float]:
        """(W, VA) that what hangs on its output takes while there is voltage."""
        ...

    def next_change(self, t: float) -> float | None:
        """When mains or load next change at once; a UPS watches every cycle and sees it then."""
        ...


class UpsPlant:
    """A plant with a load that changes when told to; fits `UpsPort`."""

    def __init__(
        self,
        mains: Mains,
        battery: LeadAcidBattery,
        *,
        watts: float = 400.0,
        power_factor: float = 0.9,
    ) -> None:
        self.mains = mains
        self.battery = battery
        self._watts, self._power_factor = watts, power_factor
        self._coming: list[tuple[float, float]] = []

    def schedule_load(self, t: float, watts: float) -> None:
        """From `t` on the load takes `watts`."""
        self._coming.append((t, watts))
        self._coming.sort()

    def load(self, t: float) -> tuple[float, float]:
        """(W, VA)."""
        while self._coming and self._coming[0][0] <= t:
            self._watts = self._coming.pop(0)[1]
        return self._watts, self._watts / self._power_factor

    def next_change(self, t: float) -> float | None:
        """When mains or load next change at once."""
        times = (self.mains.next_change(t), self._coming[0][0] if self._coming else None)
        return min((t for t in times if t is not None), default=None)
