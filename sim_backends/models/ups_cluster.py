"""A cluster of UPS units with bidirectional converters and one controller: what it is made of.

Physical parameters only; `cluster_control` lets them work. Every unit follows what the controller
asks for through its own delay and lag. The controller's meter has a relative error; of what is
asked for a share that grows with the power is lost between converters and coupling point.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from sim_backends.models.first_order import follow
from sim_backends.models.power_ports import FrequencyDroop
from sim_backends.models.roots import root

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Conduct:
    """What the controller's program does: the share of the asked answer that it carries out by
    function (0: not there, negative: the wrong way), and whether it `keeps_reserve`."""

    frequency: float = 1.0
    dispatch: float = 1.0
    voltage: float = 1.0
    schedule: float = 1.0
    keeps_reserve: bool = True


@dataclass(frozen=True, slots=True)
class Cluster:
    """Units in the order of their numbers, the storage converter last.

    Each has `power` W and `apparent` VA at most; `lags` s of the converters; `delay` s of the
    communication, and each unit's `extra` s; `window` s over which the controller averages the
    frequency and its `cycle` s; `metering` is its meter's relative error (it reads that much too
    much), `loss` the share of a unit's rated power that is lost at rated power, both ways; set
    points go in steps of `step` W; `charges` 0..1 at the beginning; `loads` in W at the UPS outputs
    (peak of the day where there is a `swing`: the share of it by which the valley lies lower).
    """

    power: float
    apparent: float
    lags: tuple[float, ...]
    delay: float
    extra: tuple[float, ...]
    window: float
    cycle: float
    metering: float
    loss: float
    step: float
    charges: tuple[float, ...]
    loads: tuple[float, ...]
    swing: float = 0.0
    conduct: Conduct = field(default_factory=Conduct)

    @property
    def units(self) -> int:
        """How many units."""
        return len(self.lags)

    @property
    def rated(self) -> float:
        """Rated active power in W of all units."""
        return self.power * self.units

    @property
    def delays(self) -> tuple[float, ...]:
        """Delay in s of each unit."""
        return tuple(self.delay + one for one in self.extra)

    def fed(self, power: Array) -> Array:
        """W that reach the coupling point of the `power` in W that each converter has set."""
        return power * (1.0 - self.metering) - self.loss * np.square(power) / self.power


def control_error(cluster: Cluster, shares: Sequence[float]) -> float:
    """Error of the cluster's power relative to the command, of largest magnitude over the commands
    `shares` of rated power, with its sign. Units take equal parts."""
    parts = np.array(shares) * cluster.power
    errors = cluster.fed(parts) / parts - 1.0
    return float(errors[np.argmax(np.abs(errors))])


def split(total: float, weights: Array, most: Array) -> Array:
    """`total` in W over units by `weights`, none beyond `most` in W: what one cannot take the
    others do, as far as they can."""
    part = np.zeros_like(most)
    left, open_ones = abs(total), weights > 0.0
    while left > 1e-9 and open_ones.any():
        share = np.where(open_ones, weights, 0.0)
        part = part + left * share / share.sum()
        over = np.maximum(part - most, 0.0)
        part, left = part - over, float(over.sum())
        open_ones = open_ones & (part < most)
    return part if total >= 0.0 else -part


def weights(charges: Array, reserve: float, discharging: bool) -> Array:
    """How much of a power each unit takes: by the charge above the `reserve`, or by the room."""
    room = charges - reserve if discharging else 1.0 - charges
    return np.maximum(room, 0.0)


def response_time(cluster: Cluster, droop: FrequencyDroop, step: float, reserve: float) -> float:
    """Time in s from a frequency step of `step` in Hz to 90 % of the change of power, the mean over
    where the controller's cycle stands.

    The mean frequency goes straight over the window; from where it leaves the dead band the demand
    rises straight, and every unit follows it late with its lag.
    """
    begin = min(droop.dead_band / abs(step), 1.0) * cluster.window
    rise = cluster.window - begin
    charges, extra = np.array(cluster.charges), np.array(cluster.extra)
    lags = np.array(cluster.lags)
    demand = droop.gain * max(abs(step) - droop.dead_band, 0.0)
    most = np.full(cluster.units, cluster.power)
    part = split(demand, weights(charges, reserve, step < 0.0), most) / demand

    def risen(t: float) -> float:
        s = np.maximum(t - begin - extra, 0.0)
        within = follow(0.0, 0.0, 1.0 / rise, lags, np.minimum(s, rise))
        after = follow(within, 1.0, 0.0, lags, np.maximum(s - rise, 0.0))
        return float(np.sum(part * after)) - 0.9

    longest = cluster.window + float(extra.max()) + 20.0 * float(lags.max())
    return root(risen, 0.0, longest, 1e-9) + cluster.delay + 0.5 * cluster.cycle
