"""Transistors and diodes of a test chip: how they are drawn, what their sheets state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from sim_backends.data import gallium_oxide as data
from sim_backends.models.lateral_mosfet import Channel
from sim_backends.models.power_transistor import (
    PowerTransistor,
    Rectifier,
    rectifier_current,
    threshold_at,
    transistor_current,
)
from sim_backends.models.power_transistor import with_threshold as with_channel_threshold
from sim_backends.samples.chip_layout import Chip, draw_layout, placed, uniform
from sim_backends.samples.stating import Stated

GATE_ON, GATE_OFF, DRAIN_ON = 10.0, 0.0, 10.0
FORWARD, REVERSE = 3.0, -10.0
"""V at which on and off currents of a transistor and of a diode are stated."""

CRITERION, DRAIN_THRESHOLD = 1e-7, 1.0
"""A (1 uA/mm) and V of the drain at which a threshold is stated."""

DEVICES = 8
"""Transistors of a set."""


def draw_channel(rng: np.random.Generator, threshold: float) -> Channel:
    """A channel of 0.1 mm width that passes some milliamperes."""
    return Channel(
        threshold=threshold,
        beta=uniform(rng, (180e-6, 320e-6)),
        n=uniform(rng, data.SWING_FACTOR),
        modulation=uniform(rng, data.MODULATION),
        series=uniform(rng, (300.0, 600.0)),
        per_kelvin=uniform(rng, data.THRESHOLD_PER_KELVIN),
    )


def draw_transistor(rng: np.random.Generator) -> Chip[PowerTransistor]:
    """A normally-off transistor with some leakage."""
    channel = draw_channel(rng, uniform(rng, (2.5, 3.5)))
    one = PowerTransistor(channel, leak=1e-11, steep=uniform(rng, data.STEEP))
    return Chip(one, draw_layout(rng))


def state_transistor(chip: Chip[PowerTransistor]) -> dict[str, Stated]:
    """What comes with a transistor, voltages in V."""
    volts = {"gate_on": GATE_ON, "gate_off": GATE_OFF, "drain_voltage": DRAIN_ON}
    stated = {name: Stated(value, "V", 0.0) for name, value in volts.items()}
    return placed(chip.layout) | stated


def on_off(one: PowerTransistor) -> float:
    """Ratio of the drain currents on and off, at 25 degC."""
    on, off = (
        transistor_current(one, gate, DRAIN_ON, data.HOME_TEMPERATURE)
        for gate in (GATE_ON, GATE_OFF)
    )
    return on / abs(off)


def draw_rectifier(rng: np.random.Generator) -> Chip[Rectifier]:
    """A diode of some milliamperes with some leakage."""
    one = Rectifier(
        saturation=10.0 ** uniform(rng, (-19.0, -17.0)),
        n=uniform(rng, (1.05, 1.25)),
        series=uniform(rng, (600.0, 1200.0)),
        leak=1e-11,
    )
    return Chip(one, draw_layout(rng))


def state_rectifier(chip: Chip[Rectifier]) -> dict[str, Stated]:
    """What comes with a diode, voltages in V."""
    volts = {"forward_voltage": FORWARD, "reverse_voltage": REVERSE}
    stated = {name: Stated(value, "V", 0.0) for name, value in volts.items()}
    return placed(chip.layout) | stated


def rectification(one: Rectifier) -> float:
    """Ratio of the currents forward and reverse, at 25 degC."""
    on, off = (rectifier_current(one, v, data.HOME_TEMPERATURE) for v in (FORWARD, REVERSE))
    return on / abs(off)


def draw_set(rng: np.random.Generator) -> Chip[tuple[PowerTransistor, ...]]:
    """Transistors of one process with thresholds in steps, in any order."""
    order = rng.permutation(DEVICES)
    shares = np.sort(np.append(rng.uniform(0.1, 0.9, DEVICES - 2), (0.0, 1.0)))[order]
    row = tuple(
        PowerTransistor(draw_channel(rng, float(share)), leak=uniform(rng, (1e-12, 1e-11)))
        for share in shares
    )
    return Chip(row, draw_layout(rng))


def thresholds(row: tuple[PowerTransistor, ...]) -> list[float]:
    """Thresholds in V by constant current, at 25 degC."""
    return [threshold_at(one, DRAIN_THRESHOLD, CRITERION) for one in row]


def with_range(
    chip: Chip[tuple[PowerTransistor, ...]], truth: Mapping[str, Any]
) -> Chip[tuple[PowerTransistor, ...]]:
    """`chip` whose thresholds span the range of `truth` in V."""
    low, high = (float(end) for end in truth["threshold_voltage"])
    row: list[PowerTransistor] = []
    for one in chip.device:
        # The drawn threshold is a share of the range; constant current lies a little off it.
        wanted = low + one.channel.threshold * (high - low)
        away = threshold_at(with_channel_threshold(one, 0.0), DRAIN_THRESHOLD, CRITERION)
        row.append(with_channel_threshold(one, wanted - away))
    return Chip(tuple(row), chip.layout)


def span(chip: Chip[tuple[PowerTransistor, ...]]) -> tuple[float, float]:
    """Lowest and highest threshold in V."""
    found = thresholds(chip.device)
    return min(found), max(found)


def state_set(chip: Chip[tuple[PowerTransistor, ...]]) -> dict[str, Stated]:
    """What comes with a set, current in A, voltage in V."""
    return placed(chip.layout) | {
        "devices": Stated(float(len(chip.device)), "dimensionless", 0.0),
        "threshold_current": Stated(CRITERION, "A", 0.0),
        "drain_voltage": Stated(DRAIN_THRESHOLD, "V", 0.0),
    }


def leaking(chip: Chip[Any], decades: float) -> Chip[Any]:
    """`chip` with a leakage of 10 to the `decades` in S."""
    return Chip(replace(chip.device, leak=10.0**decades), chip.layout)
