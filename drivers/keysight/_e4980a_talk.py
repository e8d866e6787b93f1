"""What a Keysight E4980A answers to one measurement with the settings it was made with."""

from __future__ import annotations

from typing import NamedTuple

from drivers.codecs import scpi

MEASURE = ":TRIG:IMM;*OPC?;:FETC?;:FUNC:IMP:TYPE?;:FREQ?;:VOLT?;:BIAS:STAT?;:BIAS:VOLT?;:APER?"
"""One message: an instrument that restarts in between answers nothing at all."""

FIELDS = 8
STATUS = {
    -1: "there is no measurement",
    1: "overload: the bridge is not balanced, or the value beyond the range",
    3: "the signal source is overloaded",
    4: "the automatic level control cannot hold the level",
}
"""User's guide E4980-90230, data transfer formats, p. 8-261; 0 is a measurement."""


class Measured(NamedTuple):
    """Resistance and reactance in ohm with their status, and the settings in force: frequency in
    Hz, test level in V rms, bias in V (0: off), aperture SHOR, MED or LONG."""

    resistance: float
    reactance: float
    status: int
    kind: str
    frequency: float
    level: float
    bias: float
    aperture: str


def measured(answer: str) -> Measured:
    """The answer to `MEASURE`; `ScpiError` for anything else."""
    fields = answer.split(";")
    if len(fields) != FIELDS or fields[0].strip() not in ("1", "+1"):
        raise scpi.ScpiError(f"{len(fields)} answers, {FIELDS} expected, the first of them 1")
    _, data, kind, frequency, level, on, bias, aperture = fields
    values = [scpi.number(field) for field in data.split(",")]
    if len(values) < 3:
        raise scpi.ScpiError(f"{len(values)} values, 3 expected: two of the impedance, a status")
    if on.strip() not in ("0", "1"):
        raise scpi.ScpiError(f"{on!r} is no state, 0 or 1")
    return Measured(
        values[0],
        values[1],
        int(values[2]),
        kind.strip(),
        scpi.number(frequency),
        scpi.number(level),
        scpi.number(bias) if on.strip() == "1" else 0.0,
        aperture.partition(",")[0].strip(),
    )
