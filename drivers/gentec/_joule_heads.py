"""Gentec-EO joulemeter heads: how accurate and quick they are, by the beginning of their name."""

from __future__ import annotations

from typing import NamedTuple

from labctl.evidence import Accuracy

LEAST = 0.002
"""Offset of the console and noise of the head, part of the scale: remembered."""


class Joules(NamedTuple):
    """Accuracy as a fraction, most pulses a second, longest pulse in s."""

    gain: float
    fastest: float
    longest: float


HEADS = {"QE25LP": Joules(0.03, 300.0, 400e-6), "QE12LP": Joules(0.03, 300.0, 400e-6)}


def head(name: str) -> tuple[str, Joules]:
    """The head and its beginning by its full `name`; ValueError for one that is not known."""
    for begins, known in HEADS.items():
        if name.upper().startswith(begins):
            return begins, known
    raise ValueError(f"no accuracy is known for a head {name}")


def line(name: str, full_scale: float) -> Accuracy:
    """The line of the sheet for the head `name` on a scale of `full_scale` in J."""
    begins, known = head(name)
    return _line(begins, known.gain, full_scale)


def _line(name: str, gain: float, full_scale: float) -> Accuracy:
    source = f"Gentec-EO data sheet of {name} heads and of the MAESTRO: remembered, not re-read"
    return Accuracy(f"energy {name}", full_scale, "J", gain, LEAST * full_scale, source)


ACCURACIES = tuple(_line(name, known.gain, 1.0) for name, known in HEADS.items())
"""Every head on the scale of 1 J; a reading carries the line of its own scale."""
