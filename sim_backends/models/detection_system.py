"""What a field detection system takes from its direct supply over the phases of one analysis."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sim_backends.models.ac_circuit import AcState
from sim_backends.models.noise import Drift, Flicker
from sim_backends.streams import stream

SUPPLY = 12.0
"""V of its supply."""

WARMTH = 0.004
"""Relative standard deviation of its power with its warmth: windings of motors and heaters are of
copper, 0.39 %/K, and stand within 1 K from run to run."""


@dataclass(frozen=True, slots=True)
class DetectionSystem:
    """`standby` in A at 12 V, and the phases of an analysis as (seconds, A at 12 V)."""

    standby: float
    phases: tuple[tuple[float, float], ...]


def peak(system: DetectionSystem) -> float:
    """The power in W of the phase that takes most."""
    return SUPPLY * max(amperes for _, amperes in system.phases)


def duration(system: DetectionSystem) -> float:
    """Seconds of one analysis."""
    return sum(seconds for seconds, _ in system.phases)


def scaled(system: DetectionSystem, factor: float) -> DetectionSystem:
    """`system` with all its currents multiplied by `factor`."""
    phases = tuple((seconds, amperes * factor) for seconds, amperes in system.phases)
    return replace(system, standby=system.standby * factor, phases=phases)


class SupplyInput:
    """The input of `system`; fits `AcPort` and `OperatorPort`.

    The power drifts slowly with the system's warmth and flickers from interval to interval.
    """

    def __init__(self, system: DetectionSystem, *, seed: int, t0: float) -> None:
        self._system = system
        self._began: float | None = None
        self._drift = Drift(WARMTH, 900.0, 60.0, stream(seed, "supply", "drift"), t0)
        self._flicker = Flicker(0.002, 1.0, stream(seed, "supply", "flicker"))
        self._source = 1.0 + 0.004 * float(stream(seed, "supply", "source").standard_normal())

    def acted(self, prompt: str, value: object, t: float) -> None:
        """`.../analysis`: an analysis was started."""
        if prompt.rpartition("/")[2] == "analysis":
            self._began = t

    def state(self, t: float) -> AcState:
        """Voltage and current about `t`; all of it is direct."""
        watts = self._power(t) * (1.0 + self._drift.at(t)) * (1.0 + self._flicker.at(t))
        volts = SUPPLY * self._source
        return AcState(0.0, (complex(volts),), (complex(watts / volts),))

    def _power(self, t: float) -> float:
        if self._began is not None:
            left = t - self._began
            for seconds, amperes in self._system.phases:
                if left < seconds:
                    return SUPPLY * amperes
                left -= seconds
        return SUPPLY * self._system.standby
