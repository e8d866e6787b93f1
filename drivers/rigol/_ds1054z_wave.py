"""What a Rigol DS1054Z tells of a waveform, and what its bytes are in seconds and volts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from drivers.codecs import scpi

if TYPE_CHECKING:
    from drivers.roles.arrays import FloatArray

FIELDS = 10
BYTE, RAW = 0, 2
LOWEST, HIGHEST = 0, 255
"""Ends of the converter's range."""


class Preamble(NamedTuple):
    """Answer to `:WAVeform:PREamble?` (DS1000Z programming guide, p. 2-139).

    Form and source of the data, its points, averages; increment, origin (s) and reference of time;
    increment (V), origin and reference of voltage in levels.
    """

    form: int
    source: int
    points: int
    averages: int
    x_increment: float
    x_origin: float
    x_reference: float
    y_increment: float
    y_origin: float
    y_reference: float


def preamble(answer: str) -> Preamble:
    """The answer; `ScpiError` where it is none of bytes from the memory."""
    fields = scpi.numbers(answer)
    if len(fields) != FIELDS:
        raise scpi.ScpiError(f"{len(fields)} values, a preamble has {FIELDS}")
    found = Preamble(*(int(field) for field in fields[:4]), *fields[4:])
    if (found.form, found.source) != (BYTE, RAW):
        raise scpi.ScpiError(
            f"format {found.form} of source {found.source}, not bytes from the memory"
        )
    if found.points < 1 or found.x_increment <= 0 or found.y_increment <= 0:
        raise scpi.ScpiError("there is no waveform")
    return found


def times(head: Preamble) -> FloatArray:
    """Seconds from the trigger, shape (points,)."""
    import numpy as np

    return (
        np.arange(head.points, dtype=np.float64) - head.x_reference
    ) * head.x_increment + head.x_origin


def volts(head: Preamble, data: bytes) -> FloatArray:
    """Volts at the probe's tip, shape (points,): (level - origin - reference) x increment."""
    import numpy as np

    levels = np.frombuffer(data, dtype=np.uint8).astype(np.float64)
    return (levels - head.y_origin - head.y_reference) * head.y_increment


def is_clipped(data: bytes) -> bool:
    """Whether any level is at an end of the converter's range."""
    return bool(data) and (min(data) <= LOWEST or max(data) >= HIGHEST)
