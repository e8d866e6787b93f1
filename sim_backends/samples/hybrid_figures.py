"""The true figures of a hybrid storage system, computed from its parameters.

For solving devices and for tests: nothing that measures may import this. A controller and meters
without errors take the model through the agreed tests, in air of 25 degC.
"""

from __future__ import annotations

from math import log
from typing import NamedTuple

from sim_backends.models.hybrid_block import Wears, after_cycles, delivered, within
from sim_backends.models.hybrid_plant import HybridPlant
from sim_backends.models.hybrid_ports import CyclePlan
from sim_backends.models.hybrid_system import Hybrid

AIR = 25.0
"""degC of the air round the banks."""

POWER = 100e3
"""W of charge and discharge: half the rated energy an hour, 0.5P."""

REST = 600.0
"""Seconds after each charge and discharge."""

STEP = 0.9
"""Share of a step of power that ends the response."""

ASKED, FROM, HELD = 700e3, 1.0, 30.0
"""Peak power: W that are asked for, more than there is; s until the mean begins, and its length."""

BEFORE_PEAK = 3600.0
"""Seconds at `POWER` from full before the peak."""

PROFILE = 4 * (
    (300.0, 120e3),
    (120.0, 0.0),
    (180.0, 200e3),
    (120.0, -100e3),
    (300.0, 60e3),
    (180.0, 150e3),
    (120.0, -60e3),
    (480.0, 80e3),
)
"""Seconds and W of the profile over which the state of charge is estimated, from full."""

LIFE = CyclePlan(POWER, POWER, 0.02, 0.98, REST, 1)
"""What a life is made of: some 95 % of the energy between the cells' limits."""

LEFT = 0.6
"""Share of the first cycle's energy that ends the life."""

_HALF = 0.5
"""State of charge from which a full charge settles all relaxations."""

_LONG = 72000.0


class Cycle(NamedTuple):
    """Energy in J that a full cycle gives, and takes with both of its rests."""

    given: float
    taken: float


def _until_stopped(plant: HybridPlant, power: float) -> None:
    plant.ask(power)
    plant.advance(plant.t + _LONG, until_stopped=True)


def _wait(plant: HybridPlant, seconds: float) -> None:
    plant.ask(0.0)
    plant.advance(plant.t + seconds)


def _full(design: Hybrid, air: float, wears: Wears | None = None) -> HybridPlant:
    """A system just charged and rested."""
    plant = HybridPlant(design, charge=_HALF, wear=wears, air=lambda t: air)
    _until_stopped(plant, -POWER)
    _wait(plant, REST)
    return plant


def cycle(design: Hybrid, air: float = AIR, wears: Wears | None = None) -> Cycle:
    """A full cycle between the cells' limits that is like the one before."""
    plant = _full(design, air, wears)
    _until_stopped(plant, POWER)
    _wait(plant, REST)
    given, taken = plant.meter.given, plant.meter.taken
    _until_stopped(plant, -POWER)
    _wait(plant, REST)
    _until_stopped(plant, POWER)
    _wait(plant, REST)
    return Cycle(plant.meter.given - given, plant.meter.taken - taken)


def energy(design: Hybrid, air: float = AIR, wears: Wears | None = None) -> float:
    """Delivered energy in J of a full discharge, as made or with these `wears`."""
    return cycle(design, air, wears).given


def efficiency(design: Hybrid, air: float = AIR) -> float:
    """Energy out over energy in of a full cycle, auxiliaries and rests counted; a fraction."""
    found = cycle(design, air)
    return found.given / found.taken


def peak_power(design: Hybrid, air: float = AIR) -> float:
    """Mean power in W over `HELD` s of the most that the system gives, from `FROM` s after the
    command on: the answer is late in the mean over the controller's turn."""
    plant = _full(design, air)
    plant.ask(POWER)
    plant.advance(plant.t + BEFORE_PEAK)
    _wait(plant, REST)
    start = plant.t + FROM - design.turn / 2.0 - design.delay - design.lag
    plant.ask(ASKED)
    plant.advance(start)
    before = plant.meter.energy
    plant.advance(start + HELD)
    return (plant.meter.energy - before) / HELD


def response_time(design: Hybrid) -> float:
    """Seconds from a command to `STEP` of the step, in the mean over the controller's turn."""
    return design.turn / 2.0 + design.delay - design.lag * log(1.0 - STEP)


def estimation_error(design: Hybrid, air: float = AIR) -> float:
    """Largest error 0..1 of the told states of charge at the ends of the profile's pieces, after a
    full cycle; the reference counts the charge between full and empty."""
    plant = _full(design, air)
    _until_stopped(plant, POWER)
    _wait(plant, REST)
    _until_stopped(plant, -POWER)
    _wait(plant, REST)
    start = [meter.charge for meter in plant.meters]
    seen = list[tuple[list[float], list[float]]]()
    for seconds, power in PROFILE:
        plant.ask(power)
        plant.advance(plant.t + seconds)
        told = [each.charge for each in plant.estimators]
        seen.append((told, [meter.charge for meter in plant.meters]))
    _until_stopped(plant, POWER)
    whole = [meter.charge - first for meter, first in zip(plant.meters, start, strict=True)]
    return max(
        abs(told[k] - 1.0 + (passed[k] - start[k]) / whole[k])
        for told, passed in seen
        for k in (0, 1)
    )


def worn_energy(design: Hybrid, cycles: float, air: float = AIR) -> float:
    """Energy in J that the system gives after `cycles` of the life's plan in air of `air` degC."""
    wears, _ = after_cycles(design, delivered(design), within(LIFE), cycles, lambda t: air)
    return energy(design, wears=wears)


def life_per_kelvin(design: Hybrid, cycles: float) -> float:
    """Relative change of a life of `cycles` for each kelvin of the air, in 1/K."""
    cold, warm = (worn_energy(design, cycles, AIR + off) for off in (-1.0, 1.0))
    more = worn_energy(design, 1.02 * cycles)
    per_cycle = (more - (cold + warm) / 2.0) / 0.02
    return -(warm - cold) / 2.0 / per_cycle
