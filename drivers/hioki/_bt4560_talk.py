"""What a Hioki BT4560 says (communication command manual BT4560A987): answers and event bits."""

from __future__ import annotations

from drivers.codecs import scpi

FAULT = 1e8
"""Values from here on mean overrange or a measurement fault (measurement value formats)."""

REFUSALS = {4: "query error", 8: "device error", 16: "execution error", 32: "command error"}
"""Bits of the standard event status register that say that a command was refused."""

WAVES = ((66.0, (1, 2, 8)), (250.0, (2, 8, 32)), (1050.0, (8, 32, 128)))
"""(upper end in Hz, periods measured FAST, MED, SLOW); instruction manual, measurement times."""

RATES = {"short": "FAST", "medium": "MED", "long": "SLOW"}


def impedance(answer: str) -> tuple[float, float, float]:
    """Resistance and reactance in ohm and the direct voltage in V of the function RV.

    What follows (a temperature) is left; `ScpiError` for anything else or a fault.
    """
    fields = answer.split(",")
    if len(fields) < 3:
        raise scpi.ScpiError(f"{len(fields)} values, 3 expected: resistance, reactance, voltage")
    resistance, reactance, volts = (scpi.measured(field.replace(" ", "")) for field in fields[:3])
    if max(abs(resistance), abs(reactance), abs(volts)) >= FAULT:
        raise scpi.NotMeasured("overrange, or the contacts are bad")
    return resistance, reactance, volts


def refusals(register: int) -> list[str]:
    """What the event status `register` says was refused."""
    return [name for bit, name in REFUSALS.items() if register & bit]


def seconds(frequency: float, aperture: str) -> float:
    """Time in s for one value at `frequency` in Hz with `aperture` short, medium or long.

    Half a period of delay before it is counted in.
    """
    waves = next(row for end, row in WAVES if frequency <= end or end == WAVES[-1][0])
    return (waves[tuple(RATES).index(aperture)] + 1.0) / frequency
