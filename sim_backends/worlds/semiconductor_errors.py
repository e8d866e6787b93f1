"""The true errors of one semiconductor bench: what no instrument on it can see.

The standard deviations are those that a careful laboratory states; a bench file states its
uncertainties without looking here.
"""

from __future__ import annotations

from sim_backends.worlds.drawing import drawn

SPREADS = {
    "warmer": (0.3, "K: a wafer over a chuck in still air under probes"),
    "gap_offset": (0.04e-6, "m: edges of metal in a scanning electron microscope, the same at all"),
    "emf": (15e-6, "V: between probe tips and pads at some kelvin of difference"),
}

CABLE_LEAK = 2e-16
"""S at the most between a guarded cable's conductors and what they touch."""

STRAY = 60e-15
"""F between the LCR meter's probes in the air."""


def errors(seed: int) -> dict[str, float]:
    """The errors of the bench of `seed`, by name, each in its own unit."""
    return drawn(seed, "semiconductor bench", SPREADS)
