"""What stands on the electrolysis bench and goes through time together.

Between the calls of the instruments the current is constant, for which ageing and temperature
have exact solutions; the scene steps at the knots of the slow disturbances alone.
"""

from __future__ import annotations

from dataclasses import replace
from math import exp, floor, pi

import numpy as np

from sim_backends.models import electrolysis_cell as cells
from sim_backends.models.chuck import Chuck, ChuckParameters
from sim_backends.models.electrolyser import Electrolyser
from sim_backends.models.electrolysis_ageing import Age
from sim_backends.models.noise import Drift, Flicker
from sim_backends.streams import stream
from sim_backends.worlds import electrolysis_errors as errors

GRID = 1800.0
"""Knots of the slow disturbances in s."""

PLATES = ChuckParameters(
    heating=70.0, cooling=20.0, absorbing=0.0003, body=240.0, sensor=8.0, dead=5.0
)
"""Plates of a cell of 500 cm2, flushed with 50 L/min of water by a heater for 70 K: 1 K for each
3.5 kW of the cell, four minutes."""

LEADS = 1.0e-4
"""Ohm of cables and bars between supply and cell."""

AMBIENT = 23.0
THERMONEUTRAL = 1.481
"""V above which the cell gives off heat (Carmo 2013, eq. 4)."""

WETTING, WET = 2.0e-3, 40.0
"""V at 1 A/cm2 by which the voltage lies too low right after the current has risen, before gas has
filled the electrode, and the s in which it does (cells are read after minutes: Carmo 2013, 4.3)."""

# Standard deviation and correlation time (s): the cell's cabinet in K; the gas pressures in bar
# behind a back-pressure valve; water and gas in the electrodes in V. Fast noise in V, grid in s.
_AMBIENT_DRIFT = (0.15, 43200.0)
_PRESSURE_DRIFT = (0.01, 21600.0)
_WATER_DRIFT = (0.5e-3, 86400.0)
_FLICKER = (0.1e-3, 0.5)


class Scene:
    """Cell, plates and surroundings at one time. Times in s, temperatures in degC."""

    def __init__(self, device: Electrolyser, seed: int, t0: float) -> None:
        self.errors = errors.draw(seed)
        contact = device.cell.contact + self.errors.contact
        self.device = replace(device, cell=replace(device.cell, contact=contact))
        self._seed = seed
        self._begin = self._t = t0
        grid = floor(t0 / GRID) * GRID
        self._ambient = Drift(*_AMBIENT_DRIFT, GRID, self._stream("ambient"), grid)
        self._pressure = Drift(*_PRESSURE_DRIFT, GRID, self._stream("pressure"), grid)
        self._water = Drift(*_WATER_DRIFT, GRID, self._stream("water"), grid)
        self._flicker = Flicker(*_FLICKER, self._stream("flicker"))
        self.plates = Chuck(PLATES, AMBIENT + self._ambient.at(t0), t0)
        self._age = Age(device.ageing)
        self._wet = 0.0
        self.current = 0.0
        self.on_bar = False

    def _stream(self, name: str) -> np.random.Generator:
        return stream(self._seed, "electrolysis world", name)

    def advance(self, t: float) -> None:
        """Go on to `t`; an earlier time changes nothing."""
        while self._t < t:
            knot = (floor(self._t / GRID) + 1.0) * GRID
            self._step(min(t, knot))

    def _step(self, end: float) -> None:
        self._age.drive(self.current / self.device.cell.area)
        watts = max(self._plain() - THERMONEUTRAL, 0.0) * self.current
        before = self._surroundings(self._t, watts)
        after = self._surroundings(end, watts)
        self.plates.advance(end, before, after)
        self._age.advance((end - self._t) / 3600.0)
        aim = WETTING * self._age.density
        self._wet = aim + (self._wet - aim) * exp(-(end - self._t) / WET)
        self._t = end

    def _surroundings(self, t: float, watts: float) -> float:
        return self.plates.surroundings(AMBIENT + self._ambient.at(t), watts)

    def _plain(self) -> float:
        """Voltage in V without the disturbances that have no heat."""
        density = self.current / self.device.cell.area
        return cells.voltage(self.device.cell, density, self.plates.body, self._age.condition)

    def drive(self, current: float, t: float) -> None:
        """From `t` on `current` in A flows through the cell.

        A supply that looks for its state tries several at one time: the last one counts.
        """
        self.advance(t)
        self.current = current

    def at_taps(self, current: float) -> float:
        """Voltage in V between the sense taps with `current` in A now, without fast noise."""
        density = current / self.device.cell.area
        gas = 1.0 + self._pressure.at(self._t)
        condition = self._age.condition
        cell = self.device.cell
        inside = cells.voltage(cell, density, self.plates.body, condition, (gas, gas))
        filling = self._wet - WETTING * self._age.density
        return inside + self._water.at(self._t) + filling + current * cell.tap

    def sensed(self, t: float) -> float:
        """Voltage in V between the taps at `t`, with fast noise."""
        self.advance(t)
        return self.at_taps(self.current) + self._flicker.at(t)

    def impedance(self, frequency: float, t: float) -> complex:
        """Impedance in ohm that a four-terminal meter finds at the taps, the supply beside it; on
        the zero bar where its leads are there."""
        self.advance(t)
        if self.on_bar:
            return complex(self.errors.bar, 2.0 * pi * frequency * self.errors.loop)
        cell, condition = self.device.cell, self._age.condition
        density = self._age.density
        own = cells.impedance(cell, frequency, density, self.plates.body, condition)
        return own * (1.0 - self.errors.share)

    def sensor(self, t: float) -> float:
        """Temperature in degC that the plate's sensor shows."""
        self.advance(t)
        drift = self.errors.drift * (self._t - self._begin)
        return self.plates.sensor + self.errors.sensor + drift
