"""The controller of a UPS cluster at work: what it asks of its units, from change to change.

Between changes the demand is straight: base power under its ramp, frequency droop on the frequency
averaged over a window, charge limits looked at again and again while power flows. The voltage loop
runs in cycles of its own while anything has changed lately. A dead grid stops all converters.
"""

from __future__ import annotations

from math import copysign, inf
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from sim_backends.models import droop as droops
from sim_backends.models.cluster_settings import Settings
from sim_backends.models.cluster_stores import ClusterStores
from sim_backends.models.converter_fleet import ConverterFleet
from sim_backends.models.first_order import straight
from sim_backends.models.grid_source import GridSource
from sim_backends.models.ups_cluster import Cluster, split

Array = NDArray[np.float64]

TOLERANCE = 0.5
"""W within which straight pieces follow the demand."""

VOLTAGE_CYCLE, VOLTAGE_GAIN, SETTLED = 0.2, 0.3, 20.0
"""Cycle of the voltage loop in s, the part of its error that it takes back in one, and how many s
after a change it has come to rest."""

WORKING_VOLTS, WORKING_HERTZ = (115.0, 299.0), (47.0, 52.5)
"""V and Hz within which converters stay on the grid: half and 1.3 of the nominal voltage, and wider
than the interface protection of EN 50549-1:2019 (47.5 Hz to 52 Hz)."""


class Surroundings(Protocol):
    """What the controller's meters stand at."""

    def coupling_voltage(self, t: float) -> float:
        """Rms voltage in V at the coupling point."""
        ...


class ClusterControl:
    """The controller of `cluster` with its `fleet` and `stores` at the grid `source`, from `t0`."""

    def __init__(
        self,
        cluster: Cluster,
        source: GridSource,
        fleet: ConverterFleet,
        stores: ClusterStores,
        t0: float,
    ) -> None:
        self.cluster, self.settings = cluster, Settings(cluster.rated)
        self._source, self._fleet, self.stores = source, fleet, stores
        self._t = t0
        self._changed = self._voltage_tick = t0
        self._quiet = t0
        self._base = 0.0
        self._jitter = 0.0
        self._reactive = 0.0

    def advance(self, t: float, around: Surroundings) -> None:
        """Ask on until `t`; an earlier time changes nothing."""
        if t <= self._quiet:
            self._t = max(self._t, t)
            return
        while self._t < t:
            end = min(t, self._next())
            if end > self._t:
                self._ask(self._t, end)
            if end >= self._voltage_tick + VOLTAGE_CYCLE:
                self._control_voltage(end, around)
            if end >= self.stores.due and self._flows():
                self._look(end, changed=False)
        self._quiet = self._next() if self._is_still() else self._t

    def changed(self, t: float, jitter: float | None = None) -> None:
        """Something was set, or the grid has changed: ask anew from `t` on. After an event of the
        grid the controller's cycle stands `jitter` s later."""
        self._changed = self._quiet = t
        if jitter is not None:
            self._jitter = jitter
        self._look(t, changed=True)
        self._ask(t, t)

    def demand(self, t: float) -> float:
        """W that all units are asked for at `t`, not before the last call of `advance`."""
        if not self._works(t):
            return 0.0
        most = self.cluster.rated
        wanted = self._base_at(t) + self._answer(t)
        return min(max(wanted, -most), most)

    # Demand

    def _works(self, t: float) -> bool:
        if not self.settings.running or not self._source.connected(t):
            return False
        low, high = WORKING_VOLTS
        slow, fast = WORKING_HERTZ
        volts, hertz = self._source.voltage(t), self._source.frequency(t)
        return low <= volts <= high and slow <= hertz <= fast

    def _answer(self, t: float) -> float:
        if "frequency" not in self.settings.on:
            return 0.0
        mean = self._source.mean_frequency(t - self._jitter, self.cluster.window)
        most = self.cluster.rated
        wanted = droops.power_for(mean, self.settings.frequency_droop)
        return self.cluster.conduct.frequency * min(max(wanted, -most), most)

    def _base_at(self, t: float) -> float:
        target, ramp = self._target(self._t), self.settings.ramp
        off = target - self._base
        if ramp == inf or abs(off) <= ramp * (t - self._t):
            return target
        return self._base + copysign(ramp * (t - self._t), off)

    def _target(self, t: float) -> float:
        settings, conduct = self.settings, self.cluster.conduct
        if "dispatch" in settings.on:
            return conduct.dispatch * settings.dispatched
        if "schedule" in settings.on:
            return conduct.schedule * settings.scheduled(t)
        return settings.power

    def _next(self) -> float:
        """The next time at which something bends, in s; at least one step of time lies before."""
        t, late = self._t, self._jitter + self.cluster.window
        settings = self.settings
        times = [settings.next_entry(t)]
        for delay in (0.0, self._jitter, late):
            change = self._source.next_change(t - delay)
            times.append(inf if change is None else change + delay)
        off = abs(self._target(t) - self._base)
        if off and settings.ramp < inf and self._works(t):
            times.append(t + off / settings.ramp)
        if self._flows():
            times.append(self.stores.due)
        if "voltage" in settings.on and t < self._last_change() + SETTLED:
            times.append(self._voltage_tick + VOLTAGE_CYCLE)
        return max(min(times), t + 1e-9)

    def _is_still(self) -> bool:
        """Whether the demand stays as it is until something bends."""
        if self._base != self._target(self._t) and self._works(self._t):
            return False
        late = self._jitter + self.cluster.window
        return "frequency" not in self.settings.on or self._source.still(self._t, late)

    def _last_change(self) -> float:
        """When the grid last changed, or something was set."""
        return max(self._changed, self._source.latest(self._t))

    def _flows(self) -> bool:
        return bool(np.any(self._fleet.asked[:2]))

    # Set points

    def _ask(self, start: float, end: float) -> None:
        times = [start, end] if end == start else straight(self.demand, start, end, TOLERANCE)
        ends = [self.demand(one) for one in times]
        for a, b, first, last in zip(times, times[1:], ends, ends[1:], strict=False):
            self._set(a, b, first, last)
        self._base = self._base_at(end) if self._works(end) else 0.0
        self._t = max(end, self._t)

    def _set(self, a: float, b: float, first: float, last: float) -> None:
        """Straight set points from `first` W at `a` to `last` W at `b`."""
        begin, end = self._parts(first), self._parts(last)
        steady = abs(last - first) <= TOLERANCE * 1e-3
        if steady:
            begin = end = np.round(begin / self.cluster.step) * self.cluster.step
        slope = np.zeros_like(begin) if steady else (end - begin) / max(b - a, 1e-12)
        reactive = self._reactive_parts(begin)
        asked = self._fleet.asked
        if not (
            np.array_equal(asked[0], begin)
            and not slope.any()
            and not asked[1].any()
            and np.array_equal(asked[2], reactive)
        ):
            self._fleet.set(a, begin, slope, reactive)

    def _parts(self, total: float) -> Array:
        way = 0 if total >= 0.0 else 1
        return split(total, self.stores.weights[way], self.stores.most[way])

    def _reactive_parts(self, power: Array) -> Array:
        if not self._works(self._t):
            return np.zeros_like(power)
        total = self._reactive if "voltage" in self.settings.on else self.settings.reactive
        apparent = self.cluster.apparent
        room = np.array([droops.reactive_room(apparent, float(one)) for one in power])
        return split(total, room, room)

    def _control_voltage(self, t: float, around: Surroundings) -> None:
        self._voltage_tick = t
        if "voltage" not in self.settings.on:
            self._reactive = 0.0
            return
        if not self._works(t):
            return
        volts = around.coupling_voltage(t)
        wanted = self.cluster.conduct.voltage * droops.reactive_for(
            volts, self.settings.voltage_droop
        )
        most = self.cluster.apparent * self.cluster.units
        wanted = min(max(wanted, -most), most)
        self._reactive += VOLTAGE_GAIN * (wanted - self._reactive)
        self._ask(t, t)

    def _look(self, t: float, *, changed: bool) -> None:
        """At the batteries, and set anew what they leave."""
        reserve = self.settings.reserve if self.cluster.conduct.keeps_reserve else 0.0
        self.stores.look(t, reserve, changed=changed)
        demand = self.demand(t)
        self._set(t, t, demand, demand)
