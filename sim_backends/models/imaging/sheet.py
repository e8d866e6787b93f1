"""A printed sheet: a layer with wavy edges on a carrier that shows around it, and scribe lines."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, pi

TEMPERATURE = 20.0
"""degC at which dimensions are stated (ISO 1)."""


@dataclass(frozen=True, slots=True)
class Wave:
    """Part of an edge's waviness: `amplitude` and `length` in m, `phase` in rad."""

    amplitude: float
    length: float
    phase: float


@dataclass(frozen=True, slots=True)
class PrintedSheet:
    """A layer of `width` x `height` m on a carrier that stands out by `margin` m all round.

    `waviness` belongs to the left, right, lower and upper edge in turn. `lines` scribe lines of
    `line` m width run upright through the layer and show the carrier. `expansion` in 1/K;
    `layer` and `carrier` are what they send back of the light of the table (0..1).
    """

    width: float
    height: float
    margin: float = 0.0
    waviness: tuple[tuple[Wave, ...], ...] = ((), (), (), ())
    lines: int = 0
    line: float = 0.0
    expansion: float = 2.0e-5
    layer: float = 0.18
    carrier: float = 0.75


def area(sheet: PrintedSheet) -> float:
    """Area of the layer's outline in m2 at 20 degC, scribe lines included.

    To first order in the waviness; what is left out at the corners is of the order of its
    amplitude squared.
    """
    left, right, lower, upper = sheet.waviness
    sides = _integral(right, sheet.height) - _integral(left, sheet.height)
    ends = _integral(upper, sheet.width) - _integral(lower, sheet.width)
    return sheet.width * sheet.height + sides + ends


def total_area(sheet: PrintedSheet) -> float:
    """Area of the carrier in m2 at 20 degC: its edges are cut straight."""
    return (sheet.width + 2.0 * sheet.margin) * (sheet.height + 2.0 * sheet.margin)


def active_area(sheet: PrintedSheet) -> float:
    """Area of the layer less its scribe lines, in m2 at 20 degC."""
    return area(sheet) - sheet.lines * sheet.line * sheet.height


def _integral(waves: tuple[Wave, ...], span: float) -> float:
    """Integral of the waves along an edge from -`span`/2 to `span`/2, in m2."""
    total = 0.0
    for wave in waves:
        rate = 2.0 * pi / wave.length
        ends = cos(wave.phase - rate * span / 2.0) - cos(wave.phase + rate * span / 2.0)
        total += wave.amplitude / rate * ends
    return total
