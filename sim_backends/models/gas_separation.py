"""How far the patterns of gases lie apart on arrays of one production, in units of its scatter.

The pattern of a gas is the direction of ln(G/G0) over the films: its length is the amount's, its
direction the gas's. Two gases are apart by the smallest distance of their directions at any two
amounts, over how far arrays of the production lie from the design (root mean square).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim_backends.data.gas_identification import WET
from sim_backends.data.gas_sensing import DRIFT, GASES
from sim_backends.models.gas_array import MIDDLE
from sim_backends.models.gas_patterns import ArrayDesign, CoveredArray, answered
from sim_backends.streams import stream

Array = NDArray[np.float64]

AMOUNTS = np.array([10.0, 20.0, 40.0])
"""umol/mol at which patterns are compared."""

APART = 4.0
"""Gases farther apart are told apart: half of it is the scatter's double."""

SEEN = 10.0
"""So many standard deviations of a film's drift must the weakest answer be."""

MADE = 30
"""Arrays whose scatter counts."""


def directions(array: CoveredArray, gas: int, wet: float = MIDDLE) -> Array:
    """Unit vectors of ln(G/G0) at `AMOUNTS`, shape (amounts, films); 0 where nothing answers."""
    logs = np.log(answered(array, gas, AMOUNTS, np.full(len(AMOUNTS), wet)))
    lengths = np.linalg.norm(logs, axis=1, keepdims=True)
    return np.divide(logs, lengths, out=np.zeros_like(logs), where=lengths > 0.0)


def scatter(design: ArrayDesign, gas: int) -> float:
    """Root mean square distance of the directions of arrays, in dry and humid air, from those of
    the design."""
    rng = stream(0, "gas separation", GASES[gas])
    centre = directions(design.centre, gas)
    off = [directions(design.made(rng), gas, WET[n % 2]) - centre for n in range(MADE)]
    return float(np.sqrt(np.mean(np.sum(np.square(off), axis=-1))))


def species(design: ArrayDesign, array: CoveredArray) -> tuple[str, ...]:
    """The gases whose patterns on `array` lie nearer to the design's of that gas than to any other
    by half of `APART`, and stand out of its drift."""
    seen = [_answers(array, gas) for gas in range(len(GASES))]
    centres = [directions(design.centre, gas) for gas in range(len(GASES))]
    spreads = [scatter(design, gas) if seen[gas] else 0.0 for gas in range(len(GASES))]
    found: list[str] = []
    for gas, name in enumerate(GASES):
        others = [other for other in range(len(GASES)) if other != gas and seen[other]]
        if seen[gas] and all(
            _apart(directions(array, gas), centres[other], max(spreads[gas], spreads[other]))
            > APART
            for other in others
        ):
            found.append(name)
    return tuple(found)


def _answers(array: CoveredArray, gas: int) -> bool:
    weakest = np.log(answered(array, gas, AMOUNTS[:1], np.array([MIDDLE])))
    return float(weakest.max()) > SEEN * DRIFT


def _apart(some: Array, others: Array, spread: float) -> float:
    distances = np.linalg.norm(some[:, None, :] - others[None, :, :], axis=-1)
    return float(distances.min()) / spread
