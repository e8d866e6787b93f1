"""Fade of a bank's cells: calendar and cycle ageing, warmer cells faster.

Capacity lost with the square root of time at rest or not (growth of the interphase) and with the
charge that has passed, both accelerated by temperature after Arrhenius and the latter by the depth
of the cycles: the semi-empirical form of Schmalstieg et al., J. Power Sources 257 (2014) 325, and
of Wang et al., J. Power Sources 269 (2014) 937. Resistance grows in proportion to the loss. Time
and charge enter as equivalents at 25 degC that only ever add up, so a block of many cycles is one
addition.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, sqrt

from sim_backends.models.bank_cell import REFERENCE

YEAR = 8766.0 * 3600.0


@dataclass(frozen=True, slots=True)
class FadeLaw:
    """Relative loss of capacity: `calendar` in the first year at 25 degC, `cycle` for each
    equivalent full cycle of full depth at 25 degC; their activations in K; `depth` exponent of the
    depth of discharge; `stiffening` of the resistance for a whole loss."""

    calendar: float
    calendar_activation: float
    cycle: float
    cycle_activation: float
    depth: float
    stiffening: float


@dataclass(frozen=True, slots=True)
class Wear:
    """Equivalents at 25 degC: `time` in s, `cycles` of full depth; of the mean cell and of the
    warmest one."""

    time: float = 0.0
    cycles: float = 0.0
    warm_time: float = 0.0
    warm_cycles: float = 0.0


FRESH = Wear()


def _faster(activation: float, celsius: float) -> float:
    return exp(activation * (1.0 / REFERENCE - 1.0 / (celsius + 273.15)))


def worn(
    law: FadeLaw,
    wear: Wear,
    seconds: float,
    cycles: float,
    depth: float,
    temperatures: tuple[float, float],
) -> Wear:
    """`wear` after `seconds` with `cycles` equivalent full cycles of `depth` 0..1, the mean and the
    warmest cell at `temperatures` in degC."""
    mean, warm = temperatures
    # Twice the activation: the loss goes with the root of the time.
    aged = cycles * depth**law.depth
    return Wear(
        wear.time + seconds * _faster(2.0 * law.calendar_activation, mean),
        wear.cycles + aged * _faster(law.cycle_activation, mean),
        wear.warm_time + seconds * _faster(2.0 * law.calendar_activation, warm),
        wear.warm_cycles + aged * _faster(law.cycle_activation, warm),
    )


def losses(law: FadeLaw, wear: Wear) -> tuple[float, float]:
    """Lost part 0..1 of the capacity of the mean and of the warmest cell."""
    mean = law.calendar * sqrt(wear.time / YEAR) + law.cycle * wear.cycles
    warm = law.calendar * sqrt(wear.warm_time / YEAR) + law.cycle * wear.warm_cycles
    return min(mean, 0.95), min(warm, 0.95)
