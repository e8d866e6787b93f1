"""Model DAQ6510 data beyond those of the DMM6500: direct current, temperature, cards.

Accuracy: data sheet of the DAQ6510, 1 year, as commonly quoted; a check against a printed sheet is
needed. A thermocouple reads within 0.2 degC with a simulated reference junction, beyond the voltage
measured; the internal one of a 7700 adds 1 degC. Switching time: card 7700 3 ms a relay. Noise of
the current is assumed to be 1 ppm of range at 1 power line cycle.
"""

from __future__ import annotations

from dataclasses import dataclass

from sim_backends.emulators.accuracy import Spec


def _line(full: float, reading: float, part: float, overrange: float = 1.2) -> Spec:
    return Spec(full, reading * 1e-2, part * 1e-2 * full, 1e-6 * full, overrange)


CURRENT = (
    _line(10e-6, 0.0350, 0.0100),
    _line(100e-6, 0.0200, 0.0060),
    _line(1e-3, 0.0150, 0.0060),
    _line(10e-3, 0.0150, 0.0060),
    _line(100e-3, 0.0180, 0.0060),
    _line(1.0, 0.0350, 0.0100),
    _line(3.0, 0.0500, 0.0100, 1.05),
)

THERMOCOUPLE_ERROR, INTERNAL_JUNCTION_ERROR, PLATINUM_ERROR = 0.15, 0.8, 0.05
"""Largest errors in degC beyond those of the voltage or resistance that is measured."""


@dataclass(frozen=True, slots=True)
class Card:
    """A scanner card: model, text, number of 2-wire channels, whether it senses its terminals."""

    model: str
    text: str
    channels: int
    junction: bool
    relay_time: float = 3e-3


CARDS = {
    "DAQ6510": Card("7700", "20Ch Mux w/CJC", 20, True),
    "DMM6500": Card("2000", "10-Chan Mux", 10, False),
}
"""The card in slot 1, by model of the mainframe."""
