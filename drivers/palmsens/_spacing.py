"""Which frequencies one impedance loop can measure: those of equal ratio."""

from __future__ import annotations

import math
from collections.abc import Sequence

Run = tuple[tuple[float, float], int]
"""First and last frequency in Hz, and how many there are."""


def runs(frequencies: Sequence[float]) -> list[Run]:
    """One run where the frequencies in Hz have equal ratios, else one for each of them."""
    if len(frequencies) > 1 and _is_geometric(frequencies):
        return [((frequencies[0], frequencies[-1]), len(frequencies))]
    return [((frequency, frequency), 1) for frequency in frequencies]


def _is_geometric(frequencies: Sequence[float]) -> bool:
    first, last, steps = frequencies[0], frequencies[-1], len(frequencies) - 1
    ratio = (last / first) ** (1 / steps)
    return ratio != 1.0 and all(
        math.isclose(frequency, first * ratio**index, rel_tol=1e-3)
        for index, frequency in enumerate(frequencies)
    )
