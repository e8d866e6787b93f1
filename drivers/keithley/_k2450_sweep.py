"""Running a sweep that was set up on a Keithley 2450, and fetching what it read."""

from __future__ import annotations

from collections.abc import Sequence

from drivers.generic.scpi import Scpi
from labctl import clock

BUFFER = '"defbuffer1"'
MOST_POINTS = 100_000
"""Readings that the default buffer holds."""

DATA = ":TRAC:DATA?"
ELEMENTS = "SOUR,READ,REL,SOURSTAT"
WIDTH = 4


async def start(scpi: Scpi) -> tuple[float, float]:
    """Start the trigger model; (run time, Unix time) of the start in s."""
    began = clock.stamp()
    await scpi.set(":INIT")
    return began


async def fetch(scpi: Scpi, points: int, timeout: float) -> Sequence[tuple[float, ...]]:
    """`points` rows of sourced value, measured value, relative time in s, source status."""
    command = f"{DATA} 1,{points},{BUFFER},{ELEMENTS}"
    flat = await scpi.numbers(command, WIDTH * points, timeout + points / 100)
    return [tuple(flat[i : i + WIDTH]) for i in range(0, len(flat), WIDTH)]
