"""The true cycle life of a cell of a stationary store, in closed form over its wear.

What a cycle wears the cell depends on the wear alone, so the life is the integral of cycles per
wear, and everything that ages the cell so many times faster divides it. For solving devices and
for tests: nothing that measures may import this.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from sim_backends.models.roots import root
from sim_backends.models.storage_cell import StorageCell
from sim_backends.models.storage_fade import YEAR, wear_for
from sim_backends.models.storage_state import StorageState
from sim_backends.models.zinc_state import NODES
from sim_backends.samples.storage_figures import REST, Air, discharge

DEPTH = 0.95
"""Depth of discharge: share of the present capacity."""

ALIKE = 2
"""Cycles after which one is like the other, from a cell that has just been discharged."""


class Life(NamedTuple):
    """`cycles` of a life, and the share `cycling` of the wear in it that passing charge makes."""

    cycles: float
    cycling: float


@lru_cache(maxsize=8)
def life(cell: StorageCell, rate: float, left: float) -> Life:
    """Cycles at `rate` in 1/h until the share `left` of the first capacity is left."""
    first = discharge(cell, rate).charge

    def over(wear: float) -> float:
        return discharge(cell, rate, wear).charge / first - left

    end = root(over, 0.0, wear_for(cell.fade, 1.5 * (1.0 - left)), 1e-9)
    cycles = worn = 0.0
    for node, weight in NODES:
        whole, passing = _cycle(cell, rate, node * end)
        cycles += weight * end / whole
        worn += weight * end * passing / whole
    return Life(cycles, worn / end)


def _cycle(cell: StorageCell, rate: float, wear: float) -> tuple[float, float]:
    """Wear of one cycle of a cell with `wear`, and the part of it that passing charge makes."""
    current = rate * cell.rated / 3600.0
    seconds = DEPTH * discharge(cell, rate, wear).charge / current
    state = StorageState(cell, Air(), share=0.05, wear=wear)
    t = 0.0
    for _ in range(ALIKE):
        state.mark(t)
        state.wear = wear
        t = _body(state, current, t, seconds)
    still = cell.fade.calendar * state.stress.time / YEAR
    state.suspend(t)
    whole = state.wear - wear
    return whole, whole - still


def _body(state: StorageState, current: float, t: float, seconds: float) -> float:
    """When a cycle that begins at `t` is over."""
    state.drive(current, t)
    full = state.reaches(state.cell.upper, t)
    state.drive(0.0, full)
    begin = full + REST
    state.drive(-current, begin)
    state.drive(0.0, begin + seconds)
    t = begin + seconds + REST
    state.voltage(t)
    return t
