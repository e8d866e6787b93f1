"""What a Yokogawa WT310E is told once, and what it answers to a reading.

Communication manual IM WT310E-17EN: numeric items (6, NUMeric group; the first nine are those after
power-on, 9-7), condition register (7-5), NAN and INF (9-8).
"""

from __future__ import annotations

import math
from typing import NamedTuple

from drivers.codecs import scpi

ITEMS = ("U", "I", "P", "S", "Q", "LAMBda", "PHI", "FU", "FI", "WH", "AH", "TIME")
SETUP = (
    ":COMM:HEAD OFF",
    ":COMM:VERB OFF",
    ":NUM:FORM ASC",
    f":NUM:NORM:NUM {len(ITEMS)}",
    *(f":NUM:NORM:ITEM{at} {item},1" for at, item in enumerate(ITEMS, 1)),
    ":INP:CFAC 3",
    ":INP:SCAL:STAT OFF",
    ":STAT:FILT1 FALL",
)
"""Answers without header; an update that ends is an event. The meter's own scaling is off: the
ratio of a transformer and its uncertainty are the rig's, by the transformer's certificate."""

EVENTS = ":STAT:EESR?"
WAIT = ":COMM:WAIT 1"
READ = ":NUM:NORM:VAL?;:INP:VOLT:RANG?;:INP:CURR:RANG?;:INP:MODE?;:INP:SCAL:STAT?;:STAT:COND?"
"""One message: an instrument that restarts in between answers nothing at all, and one that has
restarted puts a header to each setting."""

FIELDS = 6
BEYOND, VOLTAGE_PEAK, CURRENT_PEAK = 1 << 6, 1 << 7, 1 << 8
"""Bits of the condition register (7-5)."""

OVER = {
    BEYOND: "voltage or current is beyond its range",
    VOLTAGE_PEAK: "the peak of the voltage is beyond the range",
    CURRENT_PEAK: "the peak of the current is beyond the range",
}
MISSING, OVERFLOW = "NAN", "INF"


class Values(NamedTuple):
    """The numeric items by name (None: there is none; infinite: beyond what can be told), ranges in
    V and A, measuring mode, whether the meter scales by ratios of its own, and the condition
    register."""

    items: dict[str, float | None]
    voltage_range: float
    current_range: float
    mode: str
    scaled: bool
    condition: int

    def over(self) -> str:
        """What is beyond its range; empty where nothing is."""
        return "; ".join(text for bit, text in OVER.items() if self.condition & bit)


def value(text: str) -> float | None:
    """One numeric item: None for NAN, infinite for INF; `ScpiError` for what is no number."""
    word = text.strip().upper()
    if word == MISSING:
        return None
    if word.lstrip("+-") == OVERFLOW:
        return math.inf
    return scpi.measured(text)


def values(answer: str) -> Values:
    """The answer to `READ`; `ScpiError` for anything else."""
    fields = answer.split(";")
    if len(fields) != FIELDS:
        raise scpi.ScpiError(f"{len(fields)} answers, {FIELDS} expected")
    data, volts, amps, mode, scaled, condition = fields
    found = data.split(",")
    if len(found) != len(ITEMS):
        raise scpi.ScpiError(f"{len(found)} values, {len(ITEMS)} expected")
    ranges = scpi.number(volts), scpi.number(amps)
    if not condition.strip().isdigit():
        raise scpi.ScpiError(f"{condition!r} is no condition register")
    if scaled.strip() not in ("0", "1"):
        raise scpi.ScpiError(f"{scaled!r} is no state of the scaling")
    bits, is_scaled = int(condition), scaled.strip() == "1"
    items = {name: value(text) for name, text in zip(ITEMS, found, strict=True)}
    return Values(items, *ranges, mode.strip(), is_scaled, bits)
