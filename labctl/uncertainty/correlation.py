"""Unknown correlations: 0 or 1, whichever gives the larger U (METROLOGY.md)."""

from __future__ import annotations

from collections.abc import Sequence

from labctl.evidence import Figure
from labctl.uncertainty.montecarlo import MonteCarlo, Reduction


def larger(
    reduction: Reduction, unit: str, unknown: Sequence[tuple[str, str]], mc: MonteCarlo
) -> tuple[Figure, dict[str, str]]:
    """The figure in `unit` with the larger U, and which sources it ties to which.

    `unknown` names pairs of sources of one shape of distribution whose correlation is not known.
    One pair after the other is tied if that makes U larger, with those before as decided.
    """
    tied: dict[str, str] = {}
    figure = _figure(reduction, unit, mc, tied)
    for kept, other in unknown:
        trial = {**tied, other: tied.get(kept, kept)}
        found = _figure(reduction, unit, mc, trial)
        if found.expanded > figure.expanded:
            figure, tied = found, trial
    return figure, tied


def _figure(reduction: Reduction, unit: str, mc: MonteCarlo, tied: dict[str, str]) -> Figure:
    other = mc.like(tied={**mc.tied, **tied})
    return other.figure(reduction(other), unit)
