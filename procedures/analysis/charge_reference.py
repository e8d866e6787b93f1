"""State of charge by counting between full and empty, and how far an estimate lies from it. Pure.

What is counted between a full charge and the end of a discharge is the store's charge of that day,
so that gains of meter and transducer cancel, and ageing of the capacity has no part in the
reference.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from labctl.uncertainty import Draws

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Farthest:
    """Where an estimate lies farthest from the reference: number of the instant, and on which
    `side` (1 above, -1 below)."""

    index: int
    side: float


def counted(passed: Draws, total: Draws) -> Draws:
    """State of charge in %, shape (rows, n), where `passed` (rows, n) of `total` (rows,) in one
    unit had been taken since the store was full."""
    return 100.0 * (1.0 - passed / total[:, None])


def farthest(errors: Array) -> Farthest:
    """The instant of `errors` (shape (n,), estimate less reference) that is farthest from 0."""
    index = int(np.argmax(np.abs(errors)))
    return Farthest(index, 1.0 if errors[index] >= 0.0 else -1.0)


def largest(errors: Draws) -> Draws:
    """Draws of the largest error (rows, n), counted positive to the side on which row 0 has it, in
    its unit; shape (rows,). A magnitude is never below 0, its draws may be."""
    where = farthest(errors[0])
    return where.side * errors[:, where.index]
