"""The true figures of a cell of a stationary store, computed from its parameters.

For solving devices and for tests: nothing that measures may import this. A cycler without errors
takes the model through cycles between the cut-offs, in air of 25 degC where nothing else is said.
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from sim_backends.models.roots import root
from sim_backends.models.stc import TEMPERATURE
from sim_backends.models.storage_cell import StorageCell
from sim_backends.models.storage_state import StorageState

RATE = 1.0 / 3.0
"""Multiples of the rated capacity per hour, of a capacity test."""

REST = 600.0
"""Seconds after each charge and discharge."""

PARTS = 60
"""Straight pieces of the discharge curve whose energy is added up."""

START, PULSE = 0.5, 30.0
"""State of charge from which a pulse begins, and its length in s."""

LOOKS = (0.1, 0.5, *(float(second) for second in range(1, round(PULSE) + 1)))
"""Seconds at which a pulse is looked at."""

SOAK = 24 * 3600.0
"""Seconds that a charged cell stands at a temperature before it is discharged there."""

COLD, HOT = 0.70, 0.95
"""Shares of the capacity at 25 degC that a working cell gives in the cold and in the heat."""


class Discharge(NamedTuple):
    """Charge in C that came out; the `state` at the time `begin` in s of the discharge that ends
    at `end`."""

    charge: float
    state: StorageState
    begin: float
    end: float


class Air:
    """Air whose temperature in degC may be set."""

    def __init__(self) -> None:
        self.celsius = TEMPERATURE

    def __call__(self, t: float) -> float:
        """degC at any time."""
        return self.celsius


def ageless(cell: StorageCell) -> StorageCell:
    """`cell` that keeps the wear it has."""
    return replace(cell, fade=replace(cell.fade, cycle=0.0, calendar=0.0))


def discharge(
    cell: StorageCell,
    rate: float = RATE,
    wear: float = 0.0,
    celsius: float = TEMPERATURE,
    soak: float = REST,
    charged: float = TEMPERATURE,
) -> Discharge:
    """A discharge with the `rate` at `celsius`, `soak` s after a charge at `charged` degC."""
    air = Air()
    air.celsius = charged
    state = StorageState(ageless(cell), air, share=0.02, wear=wear)
    current = rate * cell.rated / 3600.0
    t = _run(state, -current, 0.0) + REST
    t = _run(state, current, t)
    air.celsius = celsius
    begin = t + soak
    state.drive(-current, begin)
    end = state.reaches(cell.lower, begin)
    return Discharge(current * (end - begin), state, begin, end)


def _run(state: StorageState, current: float, t: float) -> float:
    """When a leg with `current` in A from `t` on comes to its cut-off; the cell rests then."""
    state.drive(current, t)
    end = state.reaches(state.cell.upper if current > 0.0 else state.cell.lower, t)
    state.drive(0.0, end)
    return end


def capacity(cell: StorageCell, celsius: float = TEMPERATURE) -> float:
    """Discharged charge in C of a capacity test."""
    return discharge(cell, celsius=celsius, charged=celsius).charge


def energy(cell: StorageCell, celsius: float = TEMPERATURE) -> float:
    """Discharged energy in J of a capacity test, by Simpson's rule over the terminal voltage."""
    found = discharge(cell, celsius=celsius, charged=celsius)
    step = (found.end - found.begin) / PARTS
    volts = [found.state.voltage(found.begin + step * number) for number in range(PARTS + 1)]
    odd, even = sum(volts[1:-1:2]), sum(volts[2:-1:2])
    return found.charge * (volts[0] + 4.0 * odd + 2.0 * even + volts[-1]) / (3.0 * PARTS)


def peak_rate(cell: StorageCell, celsius: float = TEMPERATURE) -> float:
    """Largest multiple of the rated capacity per hour that is held for a pulse from half charge
    on, above the lower cut-off."""
    found = discharge(cell, celsius=celsius, charged=celsius)
    half = found.begin + START * (found.end - found.begin)
    found.state.drive(0.0, half)
    share = found.state.share
    air = Air()
    air.celsius = celsius

    def above(rate: float) -> float:
        state = StorageState(ageless(cell), air, share=share)
        state.drive(-rate * cell.rated / 3600.0, 0.0)
        # As it warms its voltage may rise again.
        return min(map(state.voltage, LOOKS)) - cell.lower

    return root(above, 0.2, 30.0, 1e-9)


def kept(cell: StorageCell, celsius: float) -> float:
    """Capacity at `celsius` over that at 25 degC, after a charge at 25 degC and a soak there."""
    return discharge(cell, celsius=celsius, soak=SOAK).charge / capacity(cell)


def end_of_cold(cell: StorageCell) -> float:
    """Lowest temperature in degC at which the cell works."""
    return root(lambda celsius: kept(cell, celsius) - COLD, -75.0, 20.0, 1e-6)


def end_of_heat(cell: StorageCell) -> float:
    """Highest temperature in degC at which the cell works."""
    return root(lambda celsius: kept(cell, celsius) - HOT, 30.0, 110.0, 1e-6)
