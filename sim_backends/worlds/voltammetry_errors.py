"""The true errors of one voltammetry bench: what no instrument on it can see.

The standard deviations are those that a careful laboratory states; a bench file states its
uncertainties without looking here.
"""

from __future__ import annotations

from sim_backends.data.voltammetry import METALS
from sim_backends.streams import stream

STANDARD, DILUTION = 0.01, 0.006
"""Relative: a standard solution of 1 g/L with its certificate, diluted in two steps; one dilution
by pipette and flask of class A."""

BORE = 0.005
"""Relative, of the area of a syringe's bore (ISO 7886 gives more; syringes of glass less)."""

FILM, CELL, SETTLING, MASTER = 0.02, 0.2, 0.3e-3, 0.3e-3
"""Relative: loading of a drop-cast film; K of a jacketed cell; V that a film has not settled after
its conditioning; V of one comparison with a hydrogen electrode."""

DISK = 0.005
"""Relative: area of a disk of 5 mm by its diameter."""


def drawn(seed: int, *names: str) -> float:
    """A standard normal number of the bench of `seed`."""
    return float(stream(seed, "voltammetry bench", *names).standard_normal())


def standards(seed: int) -> tuple[float, ...]:
    """True over stated concentration of the standard of each metal."""
    return tuple(1.0 + STANDARD * drawn(seed, "standard", metal.name) for metal in METALS)
