"""Whether a line of a data sheet is one: its figures, and where they stand.

A source names the document and the place in it: a page, a table, a section. Where that was not to
be had it says plainly that the figures are remembered or assumed.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from labctl.evidence import Accuracy

SHORTEST = 10
GUESS = re.compile(r"\b(remembered|assumed|from memory|FILL IN)\b")
"""Words by which a source says that its figures are none of a sheet."""

PLACE = re.compile(
    r"\bp\. ?[0-9A-Z]|\b(page|tables?|section|chapter|equation|clause) "
    r"|\bdocs/|, [0-9]+(\.[0-9]+)+:"
)
"""How a source says where in its document the figures stand."""


def wrong_line(line: Accuracy) -> Iterator[str]:
    """What is wrong with a line of accuracy."""
    if len(line.source) <= SHORTEST or not line.unit:
        yield f"a line of accuracy without source or unit: {line}"
    elif not (PLACE.search(line.source) or GUESS.search(line.source)):
        yield f"a source that names no page or table, and is not said to be remembered: {line}"
    slopes = (line.temperature_gain, line.temperature_offset, line.drift_gain, line.drift_offset)
    figures = (line.range, line.gain, line.offset, line.resolution, line.noise, *slopes)
    if not all(math.isfinite(figure) and figure >= 0 for figure in figures):
        yield f"a line of accuracy with a figure that is none: {line}"
    elif not line.gain + line.offset > 0:
        yield f"a line of accuracy without an error: {line}"
    if not (line.function and line.range > 0):
        yield f"a line of accuracy of no function or range: {line}"
    if line.reference_low > line.reference_high:
        yield f"a line of accuracy whose reference temperatures are reversed: {line}"
