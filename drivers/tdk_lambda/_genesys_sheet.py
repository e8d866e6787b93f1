"""Ratings and data sheet of a GENESYS+ supply: its model tells volts and amperes, `GSP10-1500`.

Limits of error in parts of the rating (GENESYS+ G/GSP data sheets, programming and readback; the
figures of the 10 kW and 15 kW units are remembered, the wider of those met being taken).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from labctl.evidence import Accuracy

SHEET = "TDK-Lambda GENESYS+ GSP data sheet, output voltage and current readback (remembered)"

VOLTAGE_READBACK = 0.1e-2
"""Limit of error of the voltage readback as a part of the rated voltage."""

CURRENT_READBACK = 0.4e-2
"""Limit of error of the current readback as a part of the rated current."""

RESOLUTION = 0.012e-2
"""Step of both readbacks as a part of the rating (remembered)."""

_MODEL = re.compile(r"G(?:H|SP|SPS|B)?(\d+(?:\.\d+)?)-(\d+(?:\.\d+)?)\S*", re.ASCII)


class Rating(NamedTuple):
    """Rated `voltage` in V and `current` in A."""

    voltage: float
    current: float


def rating_of(model: str) -> Rating | None:
    """The rating that the `model` of *IDN? names ("GSP10-1500"); None for another family."""
    found = _MODEL.fullmatch(model.strip().upper())
    return None if found is None else Rating(float(found[1]), float(found[2]))


def lines(rating: Rating) -> tuple[Accuracy, Accuracy]:
    """The sheet's lines of voltage in V and current in A for a supply of `rating`."""
    volts, amps = rating
    return (
        Accuracy("voltage", volts, "V", 0.0, VOLTAGE_READBACK * volts, SHEET, RESOLUTION * volts),
        Accuracy("current", amps, "A", 0.0, CURRENT_READBACK * amps, SHEET, RESOLUTION * amps),
    )
