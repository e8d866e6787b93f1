"""Test chips on a gallium oxide wafer: how they are drawn and solved."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from math import inf
from typing import Any

import numpy as np

from sim_backends.data import gallium_oxide as data
from sim_backends.models.contact_ladder import ContactLadder, with_contact
from sim_backends.models.inverter_gate import InverterGate, switching_threshold, with_threshold
from sim_backends.models.lateral_mosfet import Channel
from sim_backends.models.monolithic_chip import Capacitor, MonolithicChip
from sim_backends.samples.chip_layout import PROJECT, Chip, draw_layout, placed, uniform
from sim_backends.samples.power_devices import (
    DRAIN_ON,
    FORWARD,
    GATE_ON,
    REVERSE,
    draw_rectifier,
    draw_set,
    draw_transistor,
    leaking,
    on_off,
    rectification,
    span,
    state_rectifier,
    state_set,
    state_transistor,
    with_range,
)
from sim_backends.samples.recipe import Recipe, one_figure
from sim_backends.samples.stating import Stated

LADDER, INVERTER, TRANSISTOR, DIODE, SET, CHIP = (
    "transmission-line test structure",
    "gallium oxide inverter",
    "normally-off gallium oxide transistor",
    "gallium oxide diode",
    "set of gallium oxide transistors",
    "monolithic gallium oxide chip",
)


_WORDS = {"prober_project": PROJECT}
OHM_CM = 1e-2
"""ohm m of an ohm cm."""


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


def _ratio(
    kind: str,
    draw: Callable[[np.random.Generator], Chip[Any]],
    figure: Callable[[Any], float],
    stated: Callable[[Chip[Any]], Mapping[str, Stated]],
) -> Recipe:
    """A recipe of an on-off ratio, without upper bound: a leakage may be as small as it likes."""
    solved = one_figure(
        kind=kind,
        key="on_off_ratio",
        unit="dimensionless",
        draw=draw,
        figure=lambda chip: figure(chip.device),
        vary=leaking,
        low=-17.0,
        high=-6.0,
        stated=stated,
        aspects=_WORDS,
    )

    def reach(chip: Chip[Any]) -> Mapping[str, tuple[float, float]]:
        return {"on_off_ratio": (figure(leaking(chip, -6.0).device), inf)}

    return replace(solved, reach=reach)


FUNCTIONS = ("high_voltage_transistor", "low_voltage_diode", "inverter", "capacitor")


def draw_chip(rng: np.random.Generator) -> Chip[MonolithicChip]:
    """A chip whose blocks all work."""
    transistor, diode = draw_transistor(rng), draw_rectifier(rng)
    inverter = draw_inverter(rng)
    capacitor = Capacitor(uniform(rng, (15e-12, 30e-12)), uniform(rng, (5.0, 40.0)), 0.01)
    whole = MonolithicChip(transistor.device, diode.device, inverter.device, capacitor)
    return Chip(whole, draw_layout(rng))


def _with_flaws(chip: Chip[MonolithicChip], truth: Mapping[str, Any]) -> Chip[MonolithicChip]:
    """Blocks that do not work are open or short, by the parity of the capacitor's femtofarads."""
    parity = int(chip.device.plates.capacitance * 1e15)
    flaws = ["" if truth[name] else ("open", "short")[(parity >> n) % 2]
             for n, name in enumerate(FUNCTIONS)]  # fmt: skip
    return Chip(replace(chip.device, flaws=tuple(flaws)), chip.layout)


def _chip(chip: Chip[MonolithicChip]) -> dict[str, Stated]:
    volts = {"gate_on": GATE_ON, "drain_voltage": DRAIN_ON, "forward_voltage": FORWARD,
             "reverse_voltage": REVERSE, "supply_voltage": chip.device.logic.supply}  # fmt: skip
    stated = {name: Stated(value, "V", 0.0) for name, value in volts.items()}
    farads = Stated(chip.device.plates.capacitance, "F", 0.05)
    return placed(chip.layout) | stated | {"capacitance": farads}


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
    "8.11-07": _ratio(TRANSISTOR, draw_transistor, on_off, state_transistor),
    "8.11-08": Recipe(
        kind=SET,
        units={"threshold_voltage": "V"},
        draw=draw_set,
        solved=with_range,
        figures=lambda chip: {"threshold_voltage": span(chip)},
        stated=state_set,
        reach=lambda _: {"threshold_voltage": (-6.0, 12.0)},
        aspects=_WORDS,
    ),
    "8.11-09": Recipe(
        kind=CHIP,
        units=dict.fromkeys(FUNCTIONS, ""),
        draw=draw_chip,
        solved=_with_flaws,
        figures=lambda chip: dict(zip(FUNCTIONS, chip.device.works, strict=True)),
        stated=_chip,
        aspects=_WORDS,
    ),
    "8.11-10": _ratio(DIODE, draw_rectifier, rectification, state_rectifier),
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
