"""Test chips on a gallium oxide wafer: how they are drawn and solved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np

from sim_backends.data import gallium_oxide as data
from sim_backends.models.contact_ladder import ContactLadder, with_contact
from sim_backends.models.inverter_gate import InverterGate, switching_threshold, with_threshold
from sim_backends.models.lateral_mosfet import Channel
from sim_backends.models.probe_chuck import round_map
from sim_backends.models.probed_die import Layout
from sim_backends.samples.recipe import Recipe, one_figure
from sim_backends.samples.stating import Stated

PROJECT = "ga2o3-power-ic"
"""Name of the wafer map in the prober's software."""

INDEX = (5e-3, 5e-3)
DIES = round_map(9)
"""A wafer of 2 inches in dies of 5 mm."""

LADDER, INVERTER = "transmission-line test structure", "gallium oxide inverter"

D = TypeVar("D")

_WORDS = {"prober_project": PROJECT}
OHM_CM = 1e-2
"""ohm m of an ohm cm."""


@dataclass(frozen=True)
class Chip(Generic[D]):
    """A device and where its structures stand on the wafer."""

    device: D
    layout: Layout


def draw_layout(rng: np.random.Generator) -> Layout:
    """A die of the map, and a row of structures on it."""
    die = DIES[int(rng.integers(len(DIES)))]
    first = float(rng.integers(-1500, 500)) * 1e-6, float(rng.integers(-1500, 1500)) * 1e-6
    return Layout(die, first, 300e-6)


def placed(layout: Layout) -> dict[str, Stated]:
    """Where the structures stand, as the layout file says."""
    return {
        "die_column": Stated(float(layout.die[0]), "dimensionless", 0.0),
        "die_row": Stated(float(layout.die[1]), "dimensionless", 0.0),
        "structure_x": Stated(layout.first[0], "m", 0.0),
        "structure_y": Stated(layout.first[1], "m", 0.0),
        "structure_pitch": Stated(layout.pitch, "m", 0.0),
        "test_temperature": Stated(data.HOME_TEMPERATURE, "degC", 0.0),
    }


def uniform(rng: np.random.Generator, ends: tuple[float, float]) -> float:
    """A number between `ends`, in their unit."""
    return float(rng.uniform(*ends))


def draw_ladder(rng: np.random.Generator) -> Chip[ContactLadder]:
    """A ladder whose contacts scatter about their mean, gaps as they came out."""
    pads = 1.0 + data.PAD_SCATTER * rng.standard_normal(len(data.GAPS) + 1)
    pads /= pads.mean()
    gaps = np.array(data.GAPS) + data.GAP_SCATTER * rng.standard_normal(len(data.GAPS))
    ladder = ContactLadder(
        sheet=uniform(rng, data.SHEET_RESISTANCE),
        contact=1e-2,
        pads=tuple(float(pad) for pad in pads),
        gaps=tuple(float(gap) for gap in gaps),
        width=data.CONTACT_WIDTH * (1.0 + 0.005 * float(rng.standard_normal())),
    )
    return Chip(ladder, draw_layout(rng))


def _ladder(chip: Chip[ContactLadder]) -> dict[str, Stated]:
    gaps = {
        f"gap_{n}": Stated(gap * 1e6, "um", 0.02e-6 / gap)
        for n, gap in enumerate(chip.device.gaps, 1)
    }
    count = Stated(float(len(gaps)), "dimensionless", 0.0)
    width = Stated(chip.device.width * 1e6, "um", 0.003)
    return placed(chip.layout) | gaps | {"gaps": count, "contact_width": width}


def draw_inverter(rng: np.random.Generator) -> Chip[InverterGate]:
    """An inverter at 5 V whose load passes some 20 uA."""
    slope = uniform(rng, data.THRESHOLD_PER_KELVIN)
    load = Channel(
        threshold=uniform(rng, (-1.4, -0.8)),
        beta=uniform(rng, (15e-6, 30e-6)),
        n=uniform(rng, data.SWING_FACTOR),
        modulation=uniform(rng, data.MODULATION),
        series=2e3,
        per_kelvin=slope,
    )
    driver = Channel(
        threshold=0.8,
        beta=uniform(rng, (250e-6, 500e-6)),
        n=load.n,
        modulation=uniform(rng, data.MODULATION),
        series=300.0,
        per_kelvin=slope,
    )
    return Chip(InverterGate(driver, load, 5.0), draw_layout(rng))


def _inverter(chip: Chip[InverterGate]) -> dict[str, Stated]:
    supply = {"supply_voltage": Stated(chip.device.supply, "V", 0.0)}
    return placed(chip.layout) | supply


RECIPES: Mapping[str, Recipe] = {
    "8.11-06": one_figure(
        kind=LADDER,
        key="width_normalised_contact_resistance",
        unit="ohm*cm",
        draw=draw_ladder,
        figure=lambda chip: chip.device.contact / OHM_CM,
        vary=lambda chip, value: Chip(with_contact(chip.device, value), chip.layout),
        low=1e-4,
        high=5e-2,
        stated=_ladder,
        aspects=_WORDS,
    ),
    "8.11-11": one_figure(
        kind=INVERTER,
        key="switching_threshold_voltage",
        unit="V",
        draw=draw_inverter,
        figure=lambda chip: switching_threshold(chip.device),
        vary=lambda chip, value: Chip(with_threshold(chip.device, value), chip.layout),
        low=-1.0,
        high=3.0,
        stated=_inverter,
        aspects=_WORDS,
    ),
}
"""By indicator id."""
