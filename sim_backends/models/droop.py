"""What a controller asks for by frequency and voltage: straight droops with dead bands, and the
apparent-power circle of a converter (EN 50549-1:2019, 4.6 and 4.7; active power first)."""

from __future__ import annotations

from math import sqrt

from sim_backends.models.power_ports import FrequencyDroop, VoltageDroop


def beyond(value: float, centre: float, band: float) -> float:
    """By how much `value` lies outside `centre` +- `band`, with its sign; 0 inside."""
    off = value - centre
    return off - band if off > band else off + band if off < -band else 0.0


def power_for(frequency: float, droop: FrequencyDroop) -> float:
    """W to feed in at `frequency` in Hz: more where it is low."""
    return -droop.gain * beyond(frequency, droop.nominal, droop.dead_band)


def reactive_for(voltage: float, droop: VoltageDroop) -> float:
    """var to feed in at `voltage` in V: more where it is low."""
    return -droop.gain * beyond(voltage, droop.reference, droop.dead_band)


def reactive_room(apparent: float, power: float) -> float:
    """var that a converter of `apparent` VA has left beside `power` in W."""
    return sqrt(max(apparent * apparent - power * power, 0.0))
