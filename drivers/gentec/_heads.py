"""Gentec-EO heads: how accurate they are, by the beginning of their name."""

from __future__ import annotations

from labctl.evidence import Accuracy

LEAST = 0.005
"""Offset of the console, part of the range's full scale: remembered."""

GAINS = {"XLP": 0.025, "UP": 0.025, "UM": 0.025, "PH": 0.05, "TPM": 0.03}
"""Thermal heads, photodiodes (PH), as fractions."""


def line(head: str, full_scale: float) -> Accuracy:
    """The line of the sheet for `head` on a scale of `full_scale` in W; ValueError without one."""
    for name, gain in GAINS.items():
        if head.upper().startswith(name):
            return _line(name, gain, full_scale)
    raise ValueError(f"no accuracy is known for a head {head}")


def _line(name: str, gain: float, full_scale: float) -> Accuracy:
    return Accuracy(
        f"power {name}",
        full_scale,
        "W",
        gain,
        LEAST * full_scale,
        f"Gentec-EO data sheet of {name} heads and of the MAESTRO: remembered, not re-read",
    )


ACCURACIES = tuple(_line(name, gain, 1.0) for name, gain in GAINS.items())
"""Every head on the scale of 1 W; a reading carries the line of its own scale."""
