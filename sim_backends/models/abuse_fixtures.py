"""What the instruments of the abuse bench touch: nail, sensors, terminals, air, supply, module."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp

import numpy as np

from sim_backends.data import abuse as data
from sim_backends.models.abuse_bed import AbuseBed
from sim_backends.models.battery_pack import PackParameters, PackReading
from sim_backends.models.gas import STANDARD_PRESSURE
from sim_backends.models.reference.thermocouple import electromotive
from sim_backends.models.thermal_runaway import ZERO

CASE, CASE_FORCE, FRICTION = 1e-3, 900.0, 45e3
"""Wall of a case in m, force in N that pierces it, friction in N per m of nail; assumed (nails of
5 mm into cells of 50 A h need 1 kN to 3 kN)."""

OPEN = 1e9
"""V that a current source would reach at open terminals."""

STANDBY = 0.02
"""A that a connected converter takes at no power."""


class PressedCell:
    """The first cell of `bed` under a nail that makes a short of `ohm` through all of `thickness`
    in m; fits `NailPort`. `bed` None: an empty place."""

    def __init__(self, bed: AbuseBed | None, thickness: float, ohm: float) -> None:
        self._bed, self._thickness, self._ohm = bed, thickness, ohm
        self._depth, self._speed, self._since = -0.02, 0.0, 0.0
        self._deepest = 0.0
        self.closed = True

    def drive(self, depth: float, speed: float, t: float) -> None:
        """From `t` on the tip, now at `depth` in m, moves with `speed` in m/s."""
        self._depth, self._speed, self._since = depth, speed, t
        self._pierce(t)

    def force(self, t: float) -> float:
        """Force in N on the nail: its way through the wall, and friction."""
        depth = self._at(t)
        self._pierce(t)
        if self._bed is None or depth <= 0.0:
            return 0.0
        pierced = CASE_FORCE * exp(-(((depth - CASE) / (0.6 * CASE)) ** 2))
        moving = 1.0 if self._speed > 0.0 else 0.3
        return moving * (pierced + FRICTION * depth)

    def guard_closed(self, t: float) -> bool:
        """Whether the door is closed."""
        return self.closed

    def _at(self, t: float) -> float:
        return self._depth + self._speed * (t - self._since)

    def _pierce(self, t: float) -> None:
        """Layers that the nail has met stay shorted."""
        self._deepest = max(self._deepest, self._at(t))
        share = (self._deepest - CASE) / (self._thickness - 2.0 * CASE)
        if self._bed is not None and share > 0.0:
            self._bed.act(t, short=min(share, 1.0) / self._ohm)


@dataclass(frozen=True)
class Bonded:
    """A thermocouple K on a cell (ElectricalPort), late by its tape; the `room` in degC where
    `cell` is negative. Its terminals are at `terminal` degC."""

    bed: AbuseBed
    cell: int
    start: float
    room: float = 23.0
    terminal: float = 24.0

    def voltage(self, current: float, t: float) -> float:
        """Voltage in V with `current` in A through its wires."""
        celsius = self.room
        if self.cell >= 0:
            celsius = self.bed.celsius(self.cell, max(t - data.SENSOR_LAG, self.start))
        emf = electromotive("K", min(celsius, 1370.0)) - electromotive("K", self.terminal)
        return emf + 5.0 * current

    def current(self, voltage: float, t: float) -> float:
        """Current in A at `voltage` in V."""
        return (voltage - self.voltage(0.0, t)) / 5.0

    def disconnect(self, t: float) -> None:
        """Nothing is connected."""


@dataclass(frozen=True)
class Terminals:
    """The terminals of the first `count` cells in series (ElectricalPort): a voltmeter's."""

    bed: AbuseBed
    count: int

    def voltage(self, current: float, t: float) -> float:
        """Voltage in V."""
        return float(np.sum(self.bed.voltages(t)[: self.count]))

    def current(self, voltage: float, t: float) -> float:
        """No current in A, whatever `voltage` in V a voltmeter applies."""
        return 0.0

    def disconnect(self, t: float) -> None:
        """Nothing is connected."""


@dataclass(frozen=True)
class DuctAir:
    """The air in the room's extraction; fits `GasPort`."""

    bed: AbuseBed
    room: float

    def carbon_dioxide(self, t: float) -> float:
        """Mole fraction of CO2."""
        return self.bed.row(t).carbon_dioxide

    def temperature(self, t: float) -> float:
        """Temperature in degC: the duct draws air of the whole room."""
        return self.room

    def humidity(self, t: float) -> float:
        """Relative humidity in %."""
        return 45.0

    def pressure(self, t: float) -> float:
        """Absolute pressure in Pa."""
        return STANDARD_PRESSURE


class ModuleStore:
    """The string of a module as its battery management system sees it: fits `PackPort`.

    A connected converter takes its standby current; 0 A is an open contactor.
    """

    def __init__(self, bed: AbuseBed, supply: SupplyLeads) -> None:
        cells = bed.cells
        self._bed, self._supply = bed, supply
        self.rated = PackParameters(
            cells=cells.string,
            modules=cells.string,
            capacity=cells.cells[0].capacity,
            health=1.0,
            ambient=cells.ambient - ZERO,
        )

    def read(self, t: float) -> PackReading:
        """Voltages, current (positive in discharge) and temperatures at `t`."""
        volts = self._bed.voltages(t)[: self._bed.cells.string]
        celsius = self._bed.state(t)[0, : self._bed.cells.string] - ZERO
        return PackReading(float(volts.sum()), -self._bed.wanted.current, volts, celsius)

    def drive(self, current: float, t: float) -> None:
        """0 A: the contactor is open from `t` on."""
        self._supply.closed = current != 0.0
        if not self._supply.closed:
            self._bed.act(t, current=0.0)

    def current_for(self, power: float, t: float) -> float:
        """Current in A for `power` in W, and for the converter's standby."""
        return STANDBY + power / max(self.read(t).voltage, 1.0)

    def health(self) -> float:
        """As new."""
        return 1.0


class SupplyLeads:
    """The leads of the supply (ElectricalPort): on nothing, on the string behind its contactor, or
    on the heating plate, as people put them."""

    def __init__(self, bed: AbuseBed) -> None:
        self._bed = bed
        self.place = ""
        self.closed = True

    def voltage(self, current: float, t: float) -> float:
        """Voltage in V while `current` in A is driven."""
        if self.place == "plate":
            self._bed.act(t, plate=current**2 * data.PLATE_RESISTANCE)
            return current * data.PLATE_RESISTANCE
        if self.place == "string" and self.closed:
            self._bed.act(t, current=current)
            return self._source(t) + current * self._resistance
        return OPEN if current > 0.0 else 0.0

    def current(self, voltage: float, t: float) -> float:
        """Current in A at `voltage` in V."""
        if self.place == "plate":
            self._bed.act(t, plate=voltage**2 / data.PLATE_RESISTANCE)
            return voltage / data.PLATE_RESISTANCE
        if self.place == "string" and self.closed:
            amps = (voltage - self._source(t)) / self._resistance
            self._bed.act(t, current=max(amps, 0.0))
            return amps
        return 0.0

    def disconnect(self, t: float) -> None:
        """Nothing is driven from `t` on."""
        self._bed.act(t, current=0.0, plate=0.0)

    @property
    def _resistance(self) -> float:
        cells = self._bed.cells
        return float(np.sum(cells.resistance[: cells.string]))

    def _source(self, t: float) -> float:
        cells = self._bed.cells
        return float(np.sum(cells.open_voltages(self._bed.state(t))[: cells.string]))
