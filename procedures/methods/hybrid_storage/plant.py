"""What the sample's sheet and the bench say about a storage station, and the powers that follow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from labctl.evidence import Reading
from labctl.quantity import Quantity
from labctl.run import Run
from labctl.sample import Sample
from labctl.traceable import Unstated
from labctl.uncertainty import Draws, MonteCarlo
from procedures.methods import contributions
from rigs.current_transformer import CurrentTransformer
from rigs.hybrid import HybridRig

TEMPERATURE = 25.0
"""degC of the air round the banks; our choice where an indicator states none."""

HALL = "hall_temperature"
"""Contribution of the bench: mean air round the banks against the thermometers at their inlets, in
K."""

ENERGY = "energy_temperature_coefficient"
EFFICIENCY = "efficiency_temperature_coefficient"
POWER = "power_temperature_coefficient"
FADE = "fade_temperature_coefficient"
ESTIMATE = "estimate_temperature_coefficient"
"""Properties of the sheet: relative change per kelvin of the air, in 1/K, of the delivered energy,
the efficiency, the power that can be held, the life, the error of the estimated state of charge."""

VOLTAGE, FREQUENCY = 230.0, 50.0
"""V to neutral and Hz of the grid on which a station is tested."""

PHASES = (1, 2, 3)


@dataclass(frozen=True)
class Plant:
    """A station on the bench: its sheet, its current transformers, the bench's contributions."""

    sample: Sample
    transformer: CurrentTransformer
    contributions: Mapping[str, Quantity]

    @property
    def rated_power(self) -> float:
        """Rated power in W at the AC terminals."""
        return self.sample.quantity("rated_power", "W").value

    def power(self, rate: float) -> float:
        """Power in W at `rate` in multiples of the rated energy per hour (P)."""
        return rate * self.sample.quantity("rated_energy", "W*h").value

    def share(self, name: str) -> float:
        """A state of charge in % that the sheet states by `name`."""
        return self.sample.quantity(name, "%").value

    def secondary(self, power: float) -> float:
        """Rms current in A in the meter of one phase at `power` in W of all three."""
        return power / len(PHASES) / VOLTAGE / self.transformer.ratio.value

    def ratio(self, mc: MonteCarlo) -> Draws:
        """Draws of primary over secondary current, shape (draws + 1, 1); one error for the three
        transformers, which share their certificate."""
        return mc.quantity("current_transformer/ratio", self.transformer.ratio)

    def all_phases(self, mc: MonteCarlo, readings: Sequence[Reading]) -> Draws:
        """Draws of the sum of `readings` by phase, at the primary side, shape (draws + 1,), in
        their unit."""
        return mc.readings(readings).sum(axis=1) * self.ratio(mc)[:, 0]

    def kelvin(self, mc: MonteCarlo, air: Sequence[Reading]) -> Draws:
        """Draws of the air's mean deviation from 25 degC in K, shape (draws + 1,), by the readings
        `air` in degC at the inlets."""
        place = contributions.unknown(mc, self.contributions, HALL, "K")
        return (mc.mean(air) - TEMPERATURE + place)[:, 0]

    def warmed(self, mc: MonteCarlo, name: str, air: Sequence[Reading]) -> Draws:
        """Draws of a figure over that at 25 degC, shape (draws + 1,), by the coefficient `name`."""
        kelvin = self.kelvin(mc, air)
        if name not in self.sample.properties:
            return np.ones_like(kelvin)
        coefficient = mc.quantity(f"sample/{name}", self.sample.quantity(name, "1/K"))
        return 1.0 + coefficient[:, 0] * kelvin

    def unstated(self, *properties: str, bench: Sequence[str] = (HALL,)) -> tuple[Unstated, ...]:
        """What neither bench file nor sheet states of what a figure needs."""
        return contributions.unstated(self.sample, self.contributions, properties, bench)


def plant_on(run: Run, rig: HybridRig) -> Plant:
    """The run's sample on `rig`."""
    return Plant(run.sample, rig.current_transformer, run.contributions)
