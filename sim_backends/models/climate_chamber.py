"""A climate chamber: air and walls, heater and refrigeration, humidifier and coil, a door.

Air and walls are two heat capacities; the air takes the power of the heater-cooler, the walls lose
heat to the room (lumped capacities: Incropera, Fundamentals of Heat and Mass Transfer, 6th ed.,
chapter 5). With constant inputs both follow exactly from the matrix exponential. Water vapour in
the air is one more store. Saturation pressure: Magnus formula over water with the constants of
Sonntag (Z. Meteorol. 70 (1990) 340). An open door ties the air to the room.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, sqrt
from typing import Protocol


def saturation(temperature: float) -> float:
    """Saturation vapour pressure in Pa over water at `temperature` in degC."""
    return 611.2 * exp(17.62 * temperature / (243.12 + temperature))


class ChamberPort(Protocol):
    """What a chamber's controller is wired to."""

    def temperature(self, t: float) -> float:
        """Air temperature in degC at the controller's sensor at time `t`."""
        ...

    def humidity(self, t: float) -> float:
        """Relative humidity in % at the controller's sensor at time `t`."""
        ...

    def condition(self, heat: float, moisture: float, t: float) -> None:
        """From `t` on drive heater-cooler and humidifier-drier, each -1..1 of full power."""
        ...

    def is_door_open(self, t: float) -> bool:
        """Whether the door switch says open at time `t`."""
        ...


@dataclass(frozen=True, slots=True)
class ChamberParameters:
    """`heating`, `cooling` W at full power; `air`, `walls` heat capacities J/K; conductances in
    W/K: `exchange` air to walls, `loss` walls to room, `door` air to room with the door open;
    `moistening` Pa/s and `drying` 1/s at full power, `leak` 1/s of vapour to the room; `coil` Pa of
    vapour that the drier leaves; the thermal cut-outs `low`, `high` degC."""

    heating: float = 3000.0
    cooling: float = 2200.0
    air: float = 20e3
    walls: float = 60e3
    exchange: float = 60.0
    loss: float = 8.0
    door: float = 80.0
    moistening: float = 60.0
    drying: float = 0.02
    leak: float = 2e-4
    coil: float = 700.0
    low: float = -80.0
    high: float = 195.0


class ClimateChamber:
    """A chamber at rest at `ambient` degC and `humidity` % of the room; fits `ChamberPort`."""

    def __init__(
        self,
        parameters: ChamberParameters | None = None,
        *,
        ambient: float = 23.0,
        humidity: float = 45.0,
        t0: float = 0.0,
    ) -> None:
        self.parameters = parameters or ChamberParameters()
        self.ambient = ambient
        self._room_vapour = humidity / 100.0 * saturation(ambient)
        self._air = self._walls = ambient
        self._vapour = self._room_vapour
        self._heat = self._moisture = 0.0
        self._open = False
        self._t = t0

    def temperature(self, t: float) -> float:
        """Air temperature in degC."""
        self._advance(t)
        return self._air

    def humidity(self, t: float) -> float:
        """Relative humidity in %, at most 100."""
        self._advance(t)
        return min(100.0 * self._vapour / saturation(self._air), 100.0)

    def condition(self, heat: float, moisture: float, t: float) -> None:
        """Drive heater-cooler and humidifier-drier, each -1..1; the cut-outs stop the former."""
        self._advance(t)
        self._heat, self._moisture = heat, moisture

    def is_door_open(self, t: float) -> bool:
        """Whether the door is open."""
        return self._open

    def open_door(self, is_open: bool, t: float) -> None:
        """Open or close the door at `t`."""
        self._advance(t)
        self._open = is_open

    def _advance(self, t: float) -> None:
        dt = t - self._t
        if dt <= 0:
            return
        self._t = t
        self._warm(dt)
        self._moisten(dt)

    def _power(self) -> float:
        limits, heat = self.parameters, self._heat
        if (heat > 0 and self._air >= limits.high) or (heat < 0 and self._air <= limits.low):
            return 0.0
        return heat * (limits.heating if heat > 0 else limits.cooling)

    def _warm(self, dt: float) -> None:
        p = self.parameters
        door = p.door if self._open else 0.0
        a, b = -(p.exchange + door) / p.air, p.exchange / p.air
        c, d = p.exchange / p.walls, -(p.exchange + p.loss) / p.walls
        drive = (self._power() + door * self.ambient) / p.air, p.loss * self.ambient / p.walls
        determinant = a * d - b * c
        rest = (
            (b * drive[1] - d * drive[0]) / determinant,
            (c * drive[0] - a * drive[1]) / determinant,
        )
        away = self._air - rest[0], self._walls - rest[1]
        mean = (a + d) / 2.0
        root = sqrt((a - d) ** 2 / 4.0 + b * c)
        slow, fast = exp((mean + root) * dt), exp((mean - root) * dt)
        even, odd = (slow + fast) / 2.0, (slow - fast) / (2.0 * root)
        self._air = rest[0] + even * away[0] + odd * ((a - mean) * away[0] + b * away[1])
        self._walls = rest[1] + even * away[1] + odd * (c * away[0] + (d - mean) * away[1])

    def _moisten(self, dt: float) -> None:
        p = self.parameters
        leak = p.leak + (0.05 if self._open else 0.0)
        dry = p.drying * max(-self._moisture, 0.0)
        gain = p.moistening * max(self._moisture, 0.0)
        rate = leak + dry
        rest = (gain + leak * self._room_vapour + dry * min(p.coil, self._vapour)) / rate
        vapour = rest + (self._vapour - rest) * exp(-rate * dt)
        self._vapour = min(vapour, saturation(self._air))
