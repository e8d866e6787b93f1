"""Whether a fingerprint is that of a sample. Pure.

A quantity matches when it lies in its band about the reference, widened by twice the standard
uncertainty of the difference of both: what a meter or the correction to 25 degC cannot tell is no
mismatch.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from labctl.quantity import Quantity
from labctl.samples.fingerprint import Band, Bands
from labctl.units import convert_difference

COVERAGE = 2.0
"""Standard uncertainties of the difference by which a band is widened."""


@dataclass(frozen=True)
class Reference:
    """What a fingerprint is compared with: `values` from `source`, in `bands` by name."""

    values: Mapping[str, Quantity]
    bands: Mapping[str, Band]
    source: str


def bands_for(
    rig: Mapping[str, Bands], stated: Mapping[str, Band], *, aged: bool
) -> dict[str, Band]:
    """The bands of a comparison: those that the sheet has `stated`, else those of the rig."""
    own = {name: (bands.aged if aged else bands.still) for name, bands in rig.items()}
    return {**own, **stated}


def mismatches(
    found: Mapping[str, Quantity], reference: Reference, offered: Iterable[str]
) -> tuple[str, ...]:
    """What of `found` is not as in `reference`, in words; () where all matches.

    A quantity that the rig has `offered` before and cannot measure now does not match. `UnitError`
    where units do not fit.
    """
    told: list[str] = []
    for name, known in reference.values.items():
        band = reference.bands.get(name)
        if band is None:
            continue
        if name in found:
            told += _outside(name, found[name].to(known.unit), known, band)
        elif name in offered:
            told.append(f"{name} cannot be measured, and was {_text(known)}")
    return tuple(told)


def ends(known: Quantity, band: Band) -> tuple[float, float]:
    """The band about `known`, in its unit."""
    low, high = (_difference(end, known, band.unit) for end in (band.low, band.high))
    return known.value + low, known.value + high


def _outside(name: str, found: Quantity, known: Quantity, band: Band) -> list[str]:
    low, high = ends(known, band)
    slack = COVERAGE * math.hypot(found.u, known.u)
    if low - slack <= found.value <= high + slack:
        return []
    limits = f"{low - slack:.4g} to {high + slack:.4g} {known.unit}"
    return [f"{name} is {_text(found)} and should be {limits}"]


def _difference(end: float, known: Quantity, unit: str) -> float:
    if unit == "":
        return end * abs(known.value)
    return convert_difference(end, unit, known.unit)


def _text(quantity: Quantity) -> str:
    return f"{quantity.value:.5g} {quantity.unit}"
