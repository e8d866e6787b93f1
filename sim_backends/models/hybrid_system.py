"""A hybrid storage system as it was built, and how it shares power between its two banks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sim_backends.models.bank_converter import alternating
from sim_backends.models.charge_estimator import EstimatorDesign
from sim_backends.models.storage_bank import BankDesign, StorageBank


@dataclass(frozen=True, slots=True)
class Hybrid:
    """`banks` (the store of energy, the store of power) with the `estimators` of their management
    systems; a command waits for the next turn of the controller's task (every `turn` s), takes
    `delay` s to the converters, which follow with a first-order `lag` in s; `auxiliary` W of
    control and fans, and one watt more for `cooling` watts of heat (coefficient of performance);
    the controller's power meter reads `metering` too much (relative); its cells were made `age` s
    before, at 25 degC; nameplate: `rated_energy` Wh, `rated_power` W."""

    banks: tuple[BankDesign, BankDesign]
    estimators: tuple[EstimatorDesign, EstimatorDesign]
    turn: float
    delay: float
    lag: float
    auxiliary: float
    cooling: float
    metering: float
    age: float
    rated_energy: float
    rated_power: float

    @property
    def standby(self) -> float:
        """W that both converters take from the grid while they are ready."""
        return sum(bank.converter.standby for bank in self.banks)


LEAST = 0.01
"""Weight that keeps a bank in the split until its limit ends it."""


def most(bank: StorageBank, sign: float) -> float:
    """The largest size of power in W at the grid that the converter can have from (`sign` 1) or
    give to (-1) `bank` now: its current limit at the bank's voltage under that current."""
    converter = bank.design.converter
    current = sign * converter.current
    available = abs(alternating(converter, bank.voltage(current) * current))
    return min(available, converter.rated)


def split(power: float, weights: Sequence[float], limits: Sequence[float]) -> tuple[float, float]:
    """Shares in W of `power` for two banks: by `weights`, each at most its limit (a size in W),
    what one cannot take goes to the other."""
    sign, size = (1.0 if power > 0.0 else -1.0), abs(power)
    whole = sum(weights)
    first = min(size * weights[0] / whole, limits[0]) if whole else 0.0
    second = min(size - first, limits[1])
    first = min(size - second, limits[0])
    return sign * first, sign * second


def weight(design: BankDesign, charge: float, power: float) -> float:
    """Energy in Wh that the bank can still give (`power` in W > 0) or take at `charge` 0..1."""
    left = charge if power > 0.0 else 1.0 - charge
    return design.energy * max(left, LEAST)
