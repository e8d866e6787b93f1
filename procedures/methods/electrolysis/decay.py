"""Decay of a cell's voltage from readings over a long run. Pure.

A straight line through voltages that are taken to one temperature; or, for the mean over a run of
which the line leaves out the beginning, a parabola, whose slope at half the run is that mean: decay
slows down as contacts grow (C. Rakousky et al., J. Power Sources 326 (2016) 120). The uncertainty
comes from the series itself, whose readings hang together for days (`labctl.uncertainty.memory`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from labctl.evidence import Reading
from labctl.uncertainty import Draws, MonteCarlo
from labctl.uncertainty.memory import Scatter, scatter_of
from labctl.uncertainty.shapes import student
from procedures.analysis.repeatability import Course
from procedures.methods.electrolysis.electrode import DRIFT, VOLTAGE, Electrode
from procedures.methods.trace import Trace, trace

Array = NDArray[np.float64]

SETTLED = 150.0
"""Hours after which the line begins: what recovers at rest has built up by then (tens of hours:
C. Rakousky et al., J. Power Sources 326 (2016) 120), and would be taken for decay before."""

BEGINS = (100.0, 150.0, 200.0)
"""Hours between which the choice of that begin is tried."""


@dataclass(frozen=True)
class Series:
    """Voltages in V and temperatures in degC of one cell at one current, read together.

    `hours` of the exposure, shape (n,), increasing; the readings are those of each hour's look, one
    or several.
    """

    hours: tuple[float, ...]
    voltage: tuple[Trace, ...]
    temperature: tuple[float, ...]

    @cached_property
    def volts(self) -> Array:
        """Mean voltage in V of each look, shape (n,)."""
        return np.array([one.array.mean() for one in self.voltage])

    def at(self, celsius: float, per_kelvin: float) -> Array:
        """The voltages in V taken to `celsius` in degC with `per_kelvin` in V/K, shape (n,)."""
        return self.volts - per_kelvin * (np.array(self.temperature) - celsius)


def series(
    hours: Sequence[float], voltage: Sequence[Sequence[Reading]], temperature: Sequence[float]
) -> Series:
    """The series of looks: `hours` of exposure, readings in V of each, mean temperature in degC."""
    return Series(tuple(hours), tuple(trace(list(one)) for one in voltage), tuple(temperature))


@dataclass(frozen=True)
class Decay:
    """The line through `read` after `begin` h, at `celsius` in degC; `name` tells it apart.

    `tried` are the hours between which the begin is a choice of the fit, whose range is part of
    the uncertainty; none where the figure is defined as the slope from `begin` on.
    """

    electrode: Electrode
    read: Series
    celsius: float
    name: str
    begin: float = SETTLED
    tried: tuple[float, ...] = BEGINS

    def line(self, mc: MonteCarlo) -> Draws:
        """Rate in V/h by the instruments and the temperature, shape (draws + 1, 1), without the
        scatter of the series."""
        where, by = self._where(self.begin), self._weights(self.begin)
        readings = [one for at in where for one in self.read.voltage[at].readings()]
        counts = [len(self.read.voltage[at].values) for at in where]
        each = np.repeat(by / np.array(counts), counts)
        rate = mc.weighted(readings, each, f"decay/{self.name}")
        coefficient = self.electrode.stated(mc, VOLTAGE, "V/K")
        warming = float(by @ np.array(self.read.temperature)[where])
        drift = self.electrode.added(mc, DRIFT, "K/h")
        rate = rate - coefficient * (warming + drift)
        if not self.tried:
            return rate
        window = mc.rectangular(f"window/{self.name}", self.choice(), "choice of the fit window")
        return rate + window

    def rate(self, mc: MonteCarlo) -> Draws:
        """Rate in V/h with everything, shape (draws + 1, 1)."""
        shape = student(max(self.scatter.freedom, 3.0))
        name, detail = f"scatter/{self.name}", "slow scatter of the voltage round the line"
        return self.line(mc) + mc.certified(name, self.scatter.u, shape, detail)

    @cached_property
    def scatter(self) -> Scatter:
        """Scatter of the slope in V/h by the memory of the series."""
        return self._slope(self.begin)[1]

    def choice(self) -> float:
        """Half the range in V/h of the slopes from each of `tried` on."""
        slopes = [self._slope(begin)[0] for begin in self.tried]
        return 0.5 * (max(slopes) - min(slopes))

    def course(self, loads: Array) -> tuple[Course, Array]:
        """What the line goes through, by what the cell had gone through at each look of `read`
        (`loads`, shape (n, k), of any units), and the voltages in V there."""
        where = self._where(self.begin)
        return Course(np.array(self.read.hours)[where], loads[where]), self._volts()[where]

    def _slope(self, begin: float) -> tuple[float, Scatter]:
        by, volts = self._weights(begin), self._volts()[self._where(begin)]
        hours = np.array(self.read.hours)[self._where(begin)]
        fit = np.polynomial.Polynomial.fit(hours, volts, self._degree)
        return float(by @ volts), scatter_of(volts - fit(hours), by, self._degree + 1)

    def _volts(self) -> Array:
        coefficient = self.electrode.sample.quantity(VOLTAGE, "V/K").value
        return self.read.at(self.celsius, coefficient)

    @property
    def _degree(self) -> int:
        return 2 if self.tried else 1

    def _weights(self, begin: float) -> Array:
        """Weights in 1/h of the looks for the decay."""
        hours = np.array(self.read.hours)[self._where(begin)]
        return slope_weights(hours, self._degree, at=0.5 * float(hours[-1]))

    def _where(self, begin: float) -> NDArray[np.intp]:
        return np.flatnonzero(np.array(self.read.hours) >= begin)


def slope_weights(hours: Array, degree: int, at: float) -> Array:
    """Weights in 1/h, shape (n,), that give the slope at `at` in h of the least-squares polynomial
    of `degree` through values at `hours` (n,). Of a straight line it is the same everywhere."""
    span = float(np.ptp(hours))
    powers = np.vander((hours - at) / span, degree + 1, increasing=True)
    return np.linalg.pinv(powers)[1] / span
