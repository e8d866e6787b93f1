"""Readings of a 2400: what they hold and how they are printed (`:FORMat` group)."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass

from sim_backends.emulators.keithley.buffers import NOT_MEASURED, OVERFLOW

ELEMENTS = ("VOLTage", "CURRent", "RESistance", "TIME", "STATus")
"""In the order in which they are sent, whatever the order in which they were chosen."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Voltage in V, current in A, resistance in ohm, time stamp in s, status word."""

    voltage: float = NOT_MEASURED
    current: float = NOT_MEASURED
    resistance: float = NOT_MEASURED
    time: float = 0.0
    status: int = 0

    def element(self, name: str) -> float:
        """One of `ELEMENTS`."""
        return self.elements()[ELEMENTS.index(name)]

    def elements(self) -> tuple[float, ...]:
        """All of `ELEMENTS`."""
        return (self.voltage, self.current, self.resistance, self.time, float(self.status))

    @property
    def overflowed(self) -> bool:
        """Whether a measured value is beyond its range."""
        return OVERFLOW in (abs(self.voltage), abs(self.current), abs(self.resistance))


def numbers(readings: Sequence[Reading], chosen: Sequence[str]) -> list[float]:
    """The chosen elements of all readings, one after the other."""
    places = [index for index, name in enumerate(ELEMENTS) if name in chosen]
    return [reading.elements()[place] for reading in readings for place in places]


def rendered(values: Sequence[float], kind: str, swapped: bool) -> str:
    """`values` in ASCII, or as single precision floats in a block of indefinite length."""
    if kind == "ASCii":
        return ",".join(f"{value:+.6E}" for value in values)
    data = struct.pack(f"{'<' if swapped else '>'}{len(values)}f", *values)
    return "#0" + data.decode("latin-1")
