"""The true errors of one gas sensing bench: what no instrument on it can see.

The standard deviations are those that a careful laboratory states; a bench file states its
uncertainties without looking here.
"""

from __future__ import annotations

from sim_backends.data.gas_sensing import GASES, VAPOUR
from sim_backends.streams import stream

CYLINDER = 0.01
"""Relative: the amount of a gas in its cylinder (ISO 6142-1, certificates of 2 %, k = 2)."""

PIPE, CHAMBER = 0.05, 0.10
"""Relative: volumes of the pipe and over the array, from mounting to mounting."""

WARMTH = 1.0
"""K: the package about 20 degC."""

SETTING = 8e-6
"""m: one setting of a caliper's jaws on a hard package."""


def drawn(seed: int, *names: str) -> float:
    """A standard normal number of the bench of `seed`."""
    return float(stream(seed, "gas sensing bench", *names).standard_normal())


def cylinders(seed: int) -> dict[str, float]:
    """True over stated amount in each cylinder, by gas."""
    return {gas: 1.0 + CYLINDER * drawn(seed, "cylinder", gas) for gas in (*GASES, VAPOUR)}
