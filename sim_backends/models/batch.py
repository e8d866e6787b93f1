"""A moist powder, weighed with its dish and by dried aliquots, as people put it on a balance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim_backends.models.noise import Drift
from sim_backends.models.weighing_pan import Loading

AIR, STEEL = 1.2, 8000.0
"""Density of air in kg/m3 at which, and of the weights by which, a balance is adjusted
(OIML D 28)."""

DISH, BOTTLE, ALIQUOT = 38.4e-3, 14.2e-3, 2.0e-3
"""Masses in kg of the dish, of a weighing bottle and of what is taken into it."""

ZERO, MEMORY = 1.0e-7, 1800.0
"""Deviation in kg and correlation time in s of the balance's wandering zero: draughts and warmth
(remembered: 0.1 to 0.2 mg in a room without a weighing table)."""


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch of `dry` kg of powder with `water` kg/kg (of the moist powder), which differs by
    `uneven` (deviation, absolute) from place to place; `density` of its grains in kg/m3."""

    dry: float
    water: float
    uneven: float
    density: float


def apparent(mass: float, density: float, air: float) -> float:
    """Conventional mass in kg in air of density `air` of `mass` kg of grains of `density`, in
    kg/m3 (OIML D 28, 5.2)."""
    return mass * (1.0 - air / density) / (1.0 - AIR / STEEL)


class Weighings:
    """What lies on the pan: fits `PanPort`, and `OperatorPort` by prompts ending in `pan/...`.

    `left` kg/kg of water stay after drying, of the dry mass; `air` is the true density in kg/m3.
    """

    def __init__(self, batch: Batch, left: float, air: float, rng: np.random.Generator) -> None:
        self._batch, self._left, self._air = batch, left, air
        self._zero = Drift(ZERO, MEMORY, 60.0, rng)
        self._uneven = (batch.uneven * rng.standard_normal(8)).tolist()
        self._load = self._before = 0.0
        self._since = -1e9

    def acted(self, prompt: str, value: object, t: float) -> None:
        """Somebody puts on the pan what the prompt asked for, at `t` in s."""
        where, _, what = prompt.rpartition("/")
        if where.rpartition("/")[2] == "pan":
            self._before, self._load, self._since = self._load, self._mass(what), t

    def loading(self, t: float) -> Loading:
        """The load at `t` in s, the wandering zero in it."""
        zero = self._zero.at(max(t, 0.0))
        return Loading(self._load + zero, self._before + zero, self._since, 0.0)

    def _mass(self, what: str) -> float:
        """Conventional mass in kg of what a prompt names."""
        batch = self._batch
        kind, _, number = what.partition("-")
        moist = batch.dry / (1.0 - batch.water)
        if kind == "batch":
            return DISH + apparent(moist, batch.density, self._air)
        if kind in ("moist", "dried"):
            water = batch.water + self._uneven[int(number)]
            held = ALIQUOT * (1.0 if kind == "moist" else (1.0 - water) * (1.0 + self._left))
            return BOTTLE + apparent(held, batch.density, self._air)
        return {"empty": 0.0, "dish": DISH, "bottle": BOTTLE}[kind]
