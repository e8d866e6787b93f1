"""When a bank under a constant current meets a limit of its cells' voltage."""

from __future__ import annotations

from sim_backends.models.storage_bank import StorageBank

NEAR = 0.35
"""V from a cell's limit within which a step looks for its moment."""

LAST, APPROACH = 4.0, 0.7
"""Seconds before that moment in which a step goes to it; share of the way of a step before."""

RESOLUTION = 0.01
"""s to which that moment is found."""


def until_limit(bank: StorageBank, current: float, dt: float, *, far: bool) -> float:
    """Seconds to go with `current` in A, at most `dt`: on the way to the moment in which `bank`
    meets a limit, or to it. With `far`, a bank whose voltage is far from it is not looked at."""
    if (far and _left(bank, current) > NEAR) or not _ends(bank, current, dt):
        return dt
    short = 0.0
    while dt - short > RESOLUTION:
        middle = (short + dt) / 2.0
        short, dt = (short, middle) if _ends(bank, current, middle) else (middle, dt)
    # The current grows towards the limit: only the last seconds are gone at a constant one.
    return dt if dt < LAST else APPROACH * dt


def _left(bank: StorageBank, current: float) -> float:
    """V to the limit that lies in the direction of `current`."""
    cell = bank.design.cell
    return bank.lowest(current) - cell.low if current > 0 else cell.high - bank.highest(current)


def _ends(bank: StorageBank, current: float, dt: float) -> bool:
    trial = bank.copy()
    trial.pass_current(current, dt)
    return trial.ended(current)
