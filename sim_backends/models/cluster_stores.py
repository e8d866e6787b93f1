"""The batteries of a cluster as its controller deals with them: who may give or take how much."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim_backends.models.converter_fleet import ConverterFleet
from sim_backends.models.unit_store import Store
from sim_backends.models.ups_cluster import weights

Array = NDArray[np.float64]

FIRST, SHORTEST, LONGEST = 60.0, 5.0, 600.0
"""Seconds from a change to the next look at the charges, and the limits of later pauses."""


class ClusterStores:
    """`stores` behind the converters of `fleet`, each of `power` W at most, from `t0` on.

    `weights` and `most` (W) are arrays by unit for discharge and for charge; `due` is when the
    charges are to be looked at again while power flows, in s.
    """

    def __init__(
        self, stores: tuple[Store, ...], fleet: ConverterFleet, power: float, t0: float
    ) -> None:
        self._stores, self._fleet, self._power = stores, fleet, power
        self._settled = self._looked = t0
        self._energy = np.zeros(len(stores))
        self._steady = False
        self._charges = self._levels()
        self.due = t0 + FIRST
        self.weights = (self._charges, 1.0 - self._charges)
        self.most = (np.full(len(stores), power),) * 2

    @property
    def limited(self) -> Array:
        """Which units can give no more, or take no more."""
        return (self.most[0] == 0.0) | (self.most[1] == 0.0)

    def settle(self, t: float) -> None:
        """What has flowed until `t` in s is gone from the batteries, or come.

        They go on by themselves while the power that they were told of flows on.
        """
        if t > self._settled and not (self._steady and self._rests()):
            self._pass_on(t)

    def look(self, t: float, reserve: float, *, changed: bool) -> None:
        """See the charges at `t`: below the `reserve` 0..1 no battery gives, full none takes.

        The next look comes when half of what is left may be gone, or soon after a change.
        """
        self._pass_on(t)
        before, since = self._charges, t - self._looked
        self._charges, self._looked = self._levels(), t
        self.weights = (
            weights(self._charges, reserve, True),
            weights(self._charges, reserve, False),
        )
        self.most = tuple(np.where(one > 0.0, self._power, 0.0) for one in self.weights)
        self.due = t + (FIRST if changed or since <= 0.0 else self._pause(before, since))

    def _pause(self, before: Array, since: float) -> float:
        rate = (before - self._charges) / since
        way = np.where(rate > 0.0, self.weights[0], self.weights[1])
        moving = (np.abs(rate) > 1e-9) & (way > 0.0)
        if not moving.any():
            return LONGEST
        left = float(np.min(way[moving] / np.abs(rate[moving])))
        return min(max(0.5 * left, SHORTEST), LONGEST)

    def _rests(self) -> bool:
        """Whether nothing has moved since the batteries were told."""
        return self._fleet.totals(self._settled) is not None

    def _pass_on(self, t: float) -> None:
        if t <= self._settled:
            return
        self._steady = self._rests()
        energy = self._fleet.energy(t)
        for store, moved in zip(self._stores, energy - self._energy, strict=True):
            store.settle(float(moved), self._settled, t)
        self._energy, self._settled = energy, t

    def _levels(self) -> Array:
        return np.array([store.level() for store in self._stores])
