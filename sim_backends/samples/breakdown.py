"""Rows of high-voltage transistors: how they are drawn and solved, what their sheets state."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sim_backends.data import gate_edge as data
from sim_backends.models.gate_edge_breakdown import GateEdge, breakdown_voltage
from sim_backends.samples.chip_layout import PROJECT, Chip, draw_layout, placed, uniform
from sim_backends.samples.power_devices import draw_channel
from sim_backends.samples.recipe import Recipe, one_figure
from sim_backends.samples.stating import Stated

GATE_ON, GATE_OFF, DRAIN_ON = 6.0, -2.0, 20.0
"""V of the gate on and off, and of the drain at which the contact of the probes is checked."""

CRITERION = 1.0 * data.WIDTH
"""A: 1 mA/mm."""

START, END = 1000.0, 3000.0
"""V from which the drain is ramped in steps, and that it never exceeds."""

Row = tuple[GateEdge, ...]


def draw_row(rng: np.random.Generator) -> Chip[Row]:
    """Three devices of one process, in any order, the lowest with its knee at 0 V."""
    gaps = rng.uniform(*data.NEIGHBOURS, size=data.DEVICES - 1)
    above = rng.permutation(np.concatenate([[0.0], np.cumsum(gaps)]))
    return Chip(tuple(_draw(rng, float(volts)) for volts in above), draw_layout(rng))


def _draw(rng: np.random.Generator, above: float) -> GateEdge:
    return GateEdge(
        channel=draw_channel(rng, uniform(rng, (2.5, 3.5))),
        leak=uniform(rng, data.LEAK),
        field=uniform(rng, data.FIELD),
        knee=above,
        steep=uniform(rng, data.STEEP),
        bend=uniform(rng, data.BEND),
        per_kelvin=uniform(rng, data.PER_KELVIN),
        gate=uniform(rng, data.GATE_SHARE),
        chuck=uniform(rng, data.CHUCK_SHARE),
    )


def higher(chip: Chip[Row], volts: float) -> Chip[Row]:
    """`chip` with all knees `volts` higher."""
    return Chip(tuple(replace(one, knee=one.knee + volts) for one in chip.device), chip.layout)


def lowest(chip: Chip[Row]) -> float:
    """Lowest breakdown voltage in V of the row, at 25 degC."""
    return min(breakdown_voltage(one, GATE_OFF, CRITERION) for one in chip.device)


def state_row(chip: Chip[Row]) -> dict[str, Stated]:
    """What comes with a row: agreed voltages in V, the criterion in A."""
    volts = {"gate_on": GATE_ON, "gate_off": GATE_OFF, "drain_on": DRAIN_ON, "ramp_start": START,
             "end_voltage": END}  # fmt: skip
    stated = {name: Stated(value, "V", 0.0) for name, value in volts.items()}
    return placed(chip.layout) | stated | {
        "devices": Stated(float(len(chip.device)), "dimensionless", 0.0),
        "gate_width": Stated(data.WIDTH, "m", 0.0),
        "breakdown_current": Stated(CRITERION, "A", 0.0),
    }  # fmt: skip


RECIPES: dict[str, Recipe] = {
    "8.11-05": one_figure(
        kind="normally-off high-voltage gallium oxide transistors",
        key="breakdown_voltage",
        unit="V",
        draw=draw_row,
        figure=lowest,
        vary=higher,
        low=1100.0,
        high=4000.0,
        stated=state_row,
        aspects={"prober_project": PROJECT},
    ),
}
"""By indicator id."""
