"""Test chips on a gallium oxide wafer: how they are drawn and solved."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from math import inf
from typing import Any, Generic, TypeVar

import numpy as np

from sim_backends.data import gallium_oxide as data
from sim_backends.models.contact_ladder import ContactLadder, with_contact
from sim_backends.models.inverter_gate import InverterGate, switching_threshold, with_threshold
from sim_backends.models.lateral_mosfet import Channel
from sim_backends.models.monolithic_chip import Capacitor, MonolithicChip
from sim_backends.models.power_transistor import (
    PowerTransistor,
    Rectifier,
    rectifier_current,
    threshold_at,
    transistor_current,
)
from sim_backends.models.power_transistor import with_threshold as with_channel_threshold
from sim_backends.models.probe_chuck import round_map
from sim_backends.models.probed_die import Layout
from sim_backends.samples.recipe import Recipe, one_figure
from sim_backends.samples.stating import Stated

PROJECT = "ga2o3-power-ic"
"""Name of the wafer map in the prober's software."""

INDEX = (5e-3, 5e-3)
DIES = round_map(9)
"""A wafer of 2 inches in dies of 5 mm."""

LADDER, INVERTER, TRANSISTOR, DIODE, SET, CHIP = (
    "transmission-line test structure",
    "gallium oxide inverter",
    "normally-off gallium oxide transistor",
    "gallium oxide diode",
    "set of gallium oxide transistors",
    "monolithic gallium oxide chip",
)

GATE_ON, GATE_OFF, DRAIN_ON = 10.0, 0.0, 10.0
FORWARD, REVERSE = 3.0, -10.0
"""V at which on and off currents of a transistor and of a diode are stated."""

CRITERION, DRAIN_THRESHOLD = 1e-7, 1.0
"""A (1 uA/mm) and V of the drain at which a threshold is stated."""

DEVICES = 8
"""Transistors of a set."""

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


def _transistor(chip: Chip[PowerTransistor]) -> dict[str, Stated]:
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


def _rectifier(chip: Chip[Rectifier]) -> dict[str, Stated]:
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


def _with_range(
    chip: Chip[tuple[PowerTransistor, ...]], truth: Mapping[str, Any]
) -> Chip[tuple[PowerTransistor, ...]]:
    low, high = (float(end) for end in truth["threshold_voltage"])
    row: list[PowerTransistor] = []
    for one in chip.device:
        # The drawn threshold is a share of the range; constant current lies a little off it.
        wanted = low + one.channel.threshold * (high - low)
        away = threshold_at(with_channel_threshold(one, 0.0), DRAIN_THRESHOLD, CRITERION)
        row.append(with_channel_threshold(one, wanted - away))
    return Chip(tuple(row), chip.layout)


def _range(chip: Chip[tuple[PowerTransistor, ...]]) -> tuple[float, float]:
    found = thresholds(chip.device)
    return min(found), max(found)


def _set(chip: Chip[tuple[PowerTransistor, ...]]) -> dict[str, Stated]:
    return placed(chip.layout) | {
        "devices": Stated(float(len(chip.device)), "dimensionless", 0.0),
        "threshold_current": Stated(CRITERION, "A", 0.0),
        "drain_voltage": Stated(DRAIN_THRESHOLD, "V", 0.0),
    }


def _leaking(chip: Chip[Any], decades: float) -> Chip[Any]:
    return Chip(replace(chip.device, leak=10.0**decades), chip.layout)


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
        vary=_leaking,
        low=-17.0,
        high=-6.0,
        stated=stated,
        aspects=_WORDS,
    )

    def reach(chip: Chip[Any]) -> Mapping[str, tuple[float, float]]:
        return {"on_off_ratio": (figure(_leaking(chip, -6.0).device), inf)}

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
    parity = int(chip.device.capacitor.capacitance * 1e15)
    flaws = ["" if truth[name] else ("open", "short")[(parity >> n) % 2]
             for n, name in enumerate(FUNCTIONS)]  # fmt: skip
    return Chip(replace(chip.device, flaws=tuple(flaws)), chip.layout)


def _chip(chip: Chip[MonolithicChip]) -> dict[str, Stated]:
    volts = {"gate_on": GATE_ON, "drain_voltage": DRAIN_ON, "forward_voltage": FORWARD,
             "reverse_voltage": REVERSE, "supply_voltage": chip.device.inverter.supply}  # fmt: skip
    stated = {name: Stated(value, "V", 0.0) for name, value in volts.items()}
    farads = Stated(chip.device.capacitor.capacitance, "F", 0.05)
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
    "8.11-07": _ratio(TRANSISTOR, draw_transistor, on_off, _transistor),
    "8.11-08": Recipe(
        kind=SET,
        units={"threshold_voltage": "V"},
        draw=draw_set,
        solved=_with_range,
        figures=lambda chip: {"threshold_voltage": _range(chip)},
        stated=_set,
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
    "8.11-10": _ratio(DIODE, draw_rectifier, rectification, _rectifier),
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
