"""A cluster, its loads and batteries at the coupling point of a grid: all that goes through time.

Everything between changes is in closed form, so `advance` costs by changes and not by seconds, and
waveforms are worked out for the times at which somebody looks.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim_backends.models import coupling_point
from sim_backends.models.cluster_control import ClusterControl
from sim_backends.models.cluster_stores import ClusterStores
from sim_backends.models.converter_fleet import ConverterFleet
from sim_backends.models.coupling_point import Impedance
from sim_backends.models.grid_source import GridSource
from sim_backends.models.power_ports import PhaseFlow
from sim_backends.models.site_load import SiteLoad
from sim_backends.models.unit_store import SharedPack, UnitBattery
from sim_backends.models.ups_cluster import Cluster

Array = NDArray[np.float64]

FINE = 5e-4
"""Seconds between the times at which powers are worked out for a waveform: straight between."""

THIRD = 0.1
"""Third harmonic of the loads' current, as a share of its fundamental: rectifiers with power
factor correction (IEC 61000-3-2 class D allows more)."""


@dataclass(frozen=True, slots=True)
class Working:
    """The coupling point at some times: rms `volts`, its `angle` in rad, `power` W and `reactive`
    var into the site, and the rms `third` harmonic of the current in A; arrays of one shape."""

    volts: Array
    angle: Array
    power: Array
    reactive: Array
    third: Array

    def waves(self) -> tuple[Array, Array]:
        """Voltage in V and current in A (into the site) at these times."""
        sine, cosine = np.sin(self.angle), np.cos(self.angle)
        safe = np.maximum(self.volts, 1e-9)
        current = (self.power * sine - self.reactive * cosine) / safe
        root2 = np.sqrt(2.0)
        return root2 * self.volts * sine, root2 * (current + self.third * np.sin(3.0 * self.angle))


@dataclass(frozen=True, slots=True)
class Point:
    """The same at one time, without the angle."""

    volts: float
    power: float
    reactive: float
    third: float


class CoupledCluster:
    """`cluster` on `source` behind `line`, with its `load`; `stores` makes its batteries, the
    storage inverter's pack last; `jitter` gives the wait in s for the controller's next cycle."""

    def __init__(
        self,
        cluster: Cluster,
        source: GridSource,
        line: Impedance,
        load: SiteLoad,
        stores: Callable[[CoupledCluster], tuple[tuple[UnitBattery, ...], SharedPack]],
        jitter: Callable[[], float],
        t0: float,
    ) -> None:
        self.cluster, self.source, self.load = cluster, source, load
        self._line, self._jitter = line, jitter
        self.fleet = ConverterFleet(cluster.lags, cluster.delays, t0)
        self.batteries, self.pack = stores(self)
        everything = (*self.batteries, self.pack)
        self.stored = ClusterStores(everything, self.fleet, cluster.power, t0)
        self.control = ClusterControl(cluster, source, self.fleet, self.stored, t0)

    # Time

    def advance(self, t: float) -> None:
        """Everything has happened until `t`."""
        self.control.advance(t, self)
        self.source.forget(t)

    def settle(self, t: float) -> None:
        """The same, and the batteries know it."""
        self.advance(t)
        self.stored.settle(t)

    def grid_changed(self, t: float) -> None:
        """From `t` on the source does something else."""
        self.control.changed(t, self._jitter())

    # Coupling point

    def working(self, t: Array) -> Working:
        """The coupling point at each of `t` in s, three or more, rising, all about now."""
        knots = np.arange(t[0], t[-1] + FINE, FINE)
        power, reactive = self.fleet.outputs(knots)
        fed = np.interp(t, knots, self.cluster.fed(power).sum(axis=0))
        raised = np.interp(t, knots, reactive.sum(axis=0))
        load, source = self.load.total(t), self.source.voltages(t)
        alive = source > 0.0
        into = (load - fed - self.pack.own_power()) * alive
        drawn = (load * self.load.tangent - raised) * alive
        volts = coupling_point.voltage(source, into, drawn, self._line)
        behind = coupling_point.lag(source, volts, into, drawn, self._line)
        third = THIRD * load * alive / np.maximum(volts, 1.0)
        return Working(volts, self.source.angles(t) - behind, into, drawn, third)

    def point(self, t: float) -> Point:
        """The coupling point at `t`, about now."""
        source = self.source.voltage(t)
        if not source:
            return Point(0.0, 0.0, 0.0, 0.0)
        power, reactive = self.outputs(t)
        load = self.load.whole(t)
        into = load - float(self.cluster.fed(power).sum()) - self.pack.own_power()
        drawn = load * self.load.tangent - float(reactive.sum())
        volts = float(coupling_point.voltage(source, into, drawn, self._line))
        return Point(volts, into, drawn, THIRD * load / max(volts, 1.0))

    def outputs(self, t: float) -> tuple[Array, Array]:
        """Powers in W and reactive powers in var of each unit by its own meter at `t`."""
        rested = self.fleet.totals(t)
        if rested is not None:
            return rested
        power, reactive = self.fleet.outputs(np.array([t]))
        return power[:, 0], reactive[:, 0]

    def coupling_voltage(self, t: float) -> float:
        """Rms voltage in V at the coupling point; 0 where there is no grid."""
        return self.point(t).volts

    def flow(self, t: float) -> tuple[PhaseFlow, ...]:
        """What flows out of the source."""
        now = self.point(t)
        if not now.volts:
            return (PhaseFlow(0.0, 0.0, 0.0, 0.0),)
        square = (now.power**2 + now.reactive**2) / now.volts**2
        total = now.power + self._line.resistance * square
        reactive = now.reactive + self._line.reactance * square
        return (PhaseFlow(self.source.voltage(t), square**0.5, total, reactive),)
