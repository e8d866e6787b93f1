"""The true figures of a zinc-ion cell, computed from its parameters.

For solving devices and for tests: nothing that measures may import this. A cycler without errors
takes the model through cycles between the cut-offs, at 25 degC.
"""

from __future__ import annotations

from typing import NamedTuple

from sim_backends.models import fatigue, stc
from sim_backends.models.zinc_cell import FRESH, LIFE, Worn, ZincCell, with_parasitic
from sim_backends.models.zinc_state import ZincState

RATE = 5.0
"""Hours in which the rated capacity is charged and discharged."""

REST, SHORT_REST = 600.0, 5.0
"""Seconds after each charge and discharge, of a capacity test and of fast cycling."""

ALIKE = 3
"""Cycles after which one is like the other, from any state of charge."""

PARTS = 60
"""Straight pieces of the discharge curve whose energy is added up."""

LIVES = (0.0, 0.25, 0.5, 0.75, 1.0)
"""Parts of the life at which the efficiency is taken."""

WEIGHTS = (7.0 / 90.0, 32.0 / 90.0, 12.0 / 90.0, 32.0 / 90.0, 7.0 / 90.0)
"""Weights at `LIVES` (Boole's rule)."""


class Cycle(NamedTuple):
    """Charge put in and taken out in C; `state` at the time `begin` in s of the discharge that
    ends at `end`, with `current` in A flowing."""

    charge: float
    discharge: float
    state: ZincState
    begin: float
    end: float


def cycle(
    cell: ZincCell, current: float, worn: Worn, rest: float, celsius: float = stc.TEMPERATURE
) -> Cycle:
    """A cycle at `current` in A, like the one before, of a cell that has gone through `worn`."""
    state = ZincState(cell, lambda _: celsius, share=0.05, worn=worn)
    t = 0.0
    for _ in range(ALIKE - 1):
        _, _, t = _half_way(state, current, t, rest, worn)
        state.drive(0.0, t)
        t += rest
    charge, begin, end = _half_way(state, current, t, rest, worn)
    return Cycle(charge, current * (end - begin), state, begin, end)


def _half_way(
    state: ZincState, current: float, t: float, rest: float, worn: Worn
) -> tuple[float, float, float]:
    """Charge in C that goes in from `t` on; begin and end of the discharge that follows, in s."""
    state.wear(worn)
    state.drive(current, t)
    full = state.reaches(state.cell.upper, t)
    state.drive(0.0, full)
    state.drive(-current, full + rest)
    return current * (full - t), full + rest, state.reaches(state.cell.lower, full + rest)


def energy(found: Cycle) -> float:
    """Energy in J that the discharge gives, by Simpson's rule over the terminal voltage."""
    step = (found.end - found.begin) / PARTS
    volts = [found.state.voltage(found.begin + step * number) for number in range(PARTS + 1)]
    odd, even = sum(volts[1:-1:2]), sum(volts[2:-1:2])
    return found.discharge * (volts[0] + 4.0 * odd + 2.0 * even + volts[-1]) / (3.0 * PARTS)


def rated_cycle(cell: ZincCell, worn: Worn = FRESH, celsius: float = stc.TEMPERATURE) -> Cycle:
    """A cycle in which the rated capacity takes five hours."""
    return cycle(cell, cell.rated / (RATE * 3600.0), worn, REST, celsius)


def warming(cell: ZincCell) -> float:
    """Relative change of the capacity of a rated cycle per kelvin about 25 degC, in 1/K.

    Without parasitic currents: a cell that loses much is never full at this rate.
    """
    cell = with_parasitic(cell, 0.0)
    cold, warm = (rated_cycle(cell, celsius=stc.TEMPERATURE + off).discharge for off in (-1.0, 1.0))
    return (warm - cold) / (warm + cold)


def specific_capacity(cell: ZincCell) -> float:
    """Discharged charge per active mass in C/kg."""
    return rated_cycle(cell).discharge / cell.mass


def specific_energy(cell: ZincCell) -> float:
    """Discharged energy per active mass in J/kg."""
    return energy(rated_cycle(cell)) / cell.mass


def areal_capacity(cell: ZincCell) -> float:
    """Discharged charge per electrode area in C/m2."""
    return rated_cycle(cell).discharge / cell.area


def areal_energy(cell: ZincCell) -> float:
    """Discharged energy per electrode area in J/m2."""
    return energy(rated_cycle(cell)) / cell.area


def efficiency(cell: ZincCell, specific_current: float) -> float:
    """Mean over 10,000 cycles of discharged over charged charge, at `specific_current` in A/kg."""
    current = specific_current * cell.mass
    each = [cycle(cell, current, Worn(LIFE * share), SHORT_REST) for share in LIVES]
    return sum(w * one.discharge / one.charge for w, one in zip(WEIGHTS, each, strict=True))


def retention(cell: ZincCell, bends: float, radius: float) -> float:
    """Discharged charge after `bends` to `radius` in m over that before."""
    strained = fatigue.strain(cell.thickness, radius)
    worn = Worn(0.0, fatigue.damage(cell.law, strained, bends))
    return rated_cycle(cell, worn).discharge / rated_cycle(cell).discharge
