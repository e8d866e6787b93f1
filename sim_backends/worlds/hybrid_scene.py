"""What stands on the hybrid storage bench and goes through time together."""

from __future__ import annotations

from dataclasses import replace
from math import floor, sqrt

import numpy as np

from sim_backends.models.grid_source import GridSource
from sim_backends.models.hybrid_control import HybridControl
from sim_backends.models.hybrid_plant import HybridPlant, Noises
from sim_backends.models.hybrid_system import Hybrid
from sim_backends.models.level_signal import LevelSignal
from sim_backends.models.noise import Drift, Flicker
from sim_backends.models.power_ports import PhaseFlow
from sim_backends.models.signal import FloatArray
from sim_backends.streams import stream
from sim_backends.worlds import hybrid_errors as errors

VOLTAGE, FREQUENCY = 230.0, 50.0
"""V to neutral and Hz of the grid simulator when the bench is given over."""

HALL = 25.0
"""degC that the hall's air conditioning keeps."""

DELIVERED = 0.5
"""State of charge with which the banks come."""

TAKEN = (0.8, 1.2)
"""Shares of the nominal voltage between which the converters work."""

HARMONICS = {5: 0.02, 7: 0.01}
"""Orders of the converters' current, as shares of its fundamental."""

_SPACING = 43200.0


def _noises(seed: int) -> Noises:
    def pair(name: str) -> tuple[Flicker, Flicker]:
        return (
            Flicker(1.0, 1.0, stream(seed, "hybrid world", name, "current")),
            Flicker(1.0, 1.0, stream(seed, "hybrid world", name, "voltage")),
        )

    return pair("energy store"), pair("power store")


class Scene:
    """Grid simulator, hybrid system with its controller, hall. Times in s."""

    def __init__(self, device: Hybrid, seed: int, t0: float) -> None:
        self.errors = errors.draw(seed)
        self.source = GridSource(3, VOLTAGE, FREQUENCY, t0)
        # Thermometers are read ahead of the banks: each has the same drift for itself.
        self._air, self._inlet = (
            self._drift(seed, "air", errors.AIR, _SPACING, t0) for _ in range(2)
        )
        self._sway = self._drift(seed, "sway", errors.SWAY, errors.SWAY[1] / 12.0, t0)
        self._turns = stream(seed, "hybrid world", "turns")
        self.plant = HybridPlant(
            replace(device, metering=self.errors.metering),
            charge=DELIVERED,
            t0=t0,
            air=self.air,
            sway=self._sway.at,
            noises=_noises(seed),
        )
        self.control = HybridControl(self.plant, works=self.fed, jitter=self._turn)
        self.event = LevelSignal()
        self.marker = LevelSignal(self.errors.marker)

    @staticmethod
    def _drift(
        seed: int, name: str, drift: tuple[float, float], spacing: float, t0: float
    ) -> Drift:
        start = floor(t0 / spacing) * spacing
        return Drift(*drift, spacing, stream(seed, "hybrid world", name), start)

    def _turn(self) -> float:
        return self.plant.design.turn * float(self._turns.random())

    def air(self, t: float) -> float:
        """Mean temperature in degC of the air round the banks."""
        return HALL + self._air.at(t)

    def inlet(self, t: float) -> float:
        """What a thermometer at an inlet has in degC: the mean air, and its place's difference."""
        return HALL + self._inlet.at(t) + self.errors.hall

    def fed(self, t: float) -> bool:
        """Whether the grid is such that the converters work."""
        low, high = (share * VOLTAGE for share in TAKEN)
        return all(low <= self.source.voltage(t, phase) <= high for phase in range(3))

    def advance(self, t: float) -> None:
        """Everything has happened until `t`; an earlier time changes nothing."""
        self.control.advance(t)
        self.source.forget(t)

    def glance(self, t: float) -> None:
        """As `advance`, but for a moment in which nothing changes."""
        self.control.glance(t)
        self.source.forget(t)

    def grid_changed(self, t: float) -> None:
        """From `t` on the source does something else: converters without a grid stop at once."""
        if not self.fed(t):
            self.control.hold()

    def drawn(self, t: float) -> float:
        """W that the system takes from the grid at `t`, in all phases."""
        self.glance(t)
        return -self.plant.envelope.at(t) if self.source.connected(t) else 0.0

    def flow(self, t: float) -> tuple[PhaseFlow, ...]:
        """What flows out of the source, by phase."""
        power = self.drawn(t)
        found = list[PhaseFlow]()
        for phase, share in enumerate(self.errors.shares):
            volts = self.source.voltage(t, phase)
            current = abs(power * share) / volts if volts else 0.0
            found.append(PhaseFlow(volts, current, power * share if volts else 0.0, 0.0))
        return tuple(found)

    def voltage_wave(self, t: FloatArray) -> FloatArray:
        """V of phase 1 to neutral at each of `t`."""
        return sqrt(2.0) * self.source.voltages(t) * np.sin(self.source.angles(t))

    def current_wave(self, t: FloatArray) -> FloatArray:
        """A of phase 1 out of the source at each of `t`."""
        volts = self.source.voltages(t)
        power = -self.plant.envelope.over(t) * self.errors.shares[0]
        rms = np.divide(power, volts, out=np.zeros_like(volts), where=volts > 0.0)
        angle = self.source.angles(t)
        shape = np.sin(angle) + sum(p * np.sin(n * angle) for n, p in HARMONICS.items())
        return sqrt(2.0) * rms * shape
