"""Samples of the abuse bench: solid-state cells, and modules of the hybrid system.

A safe cell and an unsafe one differ by physical parameters: how much liquid electrolyte is in it,
at which temperature the layer between its electrodes gives way, how much of the anode reacts, what
resistance a nail makes. Fire and explosion are computed from them by the course of the test.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import inf
from typing import Any

import numpy as np

from labctl.errors import UsageError
from sim_backends.data import abuse as data
from sim_backends.models.abuse_bed import KEPT, AbuseBed
from sim_backends.models.thermal_runaway import AbusedCell, Cells
from sim_backends.models.vent_gas import Gas
from sim_backends.samples.recipe import Figure, Recipe
from sim_backends.samples.stating import Stated

HOUR = 3600.0
ROOM = 23.0
"""degC of the room in which samples are solved."""

HOTTEST, RAMP = 130.0, 5.0 / 60.0
"""degC of the heating test and its ramp in K/s (GB/T 36276-2018, annex A; remembered)."""

SOAK = 1800.0
"""Seconds at that temperature."""

COOLING = 900.0
"""Seconds after it in which a cell may still run away: then it is below 60 degC."""


@dataclass(frozen=True, slots=True)
class NailedCell:
    """A charged cell of `thickness` m, and the `short` in ohm that a nail through it makes."""

    cell: AbusedCell
    thickness: float
    short: float


@dataclass(frozen=True, slots=True)
class HybridModule:
    """Two solid-state lithium cells in series and two sodium-ion cells beside them."""

    lithium: AbusedCell
    sodium: AbusedCell

    @property
    def row(self) -> tuple[AbusedCell, ...]:
        """The cells in their order."""
        return (self.lithium, self.lithium, self.sodium, self.sodium)


def _around(rng: np.random.Generator, value: float, spread: float) -> float:
    return value * float(np.exp(rng.normal(0.0, spread)))


def lithium(rng: np.random.Generator) -> AbusedCell:
    """A solid-state cell of 52 A h with a few per cent of liquid at its interfaces."""
    return AbusedCell(
        mass=_around(rng, 0.9, 0.01),
        carbon=_around(rng, 0.16, 0.03),
        cathode=_around(rng, 0.32, 0.03),
        liquid=_around(rng, 0.036, 0.08),
        capacity=_around(rng, 52.0, 0.01),
        resistance=_around(rng, 1.5e-3, 0.06),
        reactivity=_around(rng, 1.0, 0.2),
        collapse=float(rng.normal(260.0, 8.0)),
        vent=1e-4,
        curve=data.LITHIUM_CURVE,
    )


def sodium(rng: np.random.Generator) -> AbusedCell:
    """A sodium-ion cell of 53 A h with liquid electrolyte (hard carbon reacts less)."""
    return AbusedCell(
        mass=_around(rng, 0.95, 0.01),
        carbon=_around(rng, 0.18, 0.03),
        cathode=_around(rng, 0.34, 0.03),
        liquid=_around(rng, 0.11, 0.05),
        capacity=_around(rng, 53.0, 0.01),
        resistance=_around(rng, 1.2e-3, 0.06),
        reactivity=_around(rng, 0.5, 0.2),
        collapse=float(rng.normal(175.0, 4.0)),
        vent=1e-4,
        curve=data.SODIUM_CURVE,
    )


def unsafe(cell: AbusedCell, vent: float = 1.0) -> AbusedCell:
    """The same cell as a polymer one: soaked with liquid, its layer melts near 120 degC, its anode
    is rough; `vent` scales the opening of its vent."""
    return replace(
        cell,
        liquid=3.4 * cell.liquid,
        collapse=120.0 + (cell.collapse - 260.0) / 6.0,
        reactivity=6.0 * cell.reactivity,
        vent=vent * cell.vent,
    )


def nailed(rng: np.random.Generator) -> NailedCell:
    """A safe cell under the nail: a ceramic layer keeps the short at tenths of an ohm."""
    return NailedCell(lithium(rng), _around(rng, 27e-3, 0.01), _around(rng, 0.2, 0.15))


def module(rng: np.random.Generator) -> HybridModule:
    """A safe module."""
    return HybridModule(lithium(rng), sodium(rng))


def charged(cells: Cells, t0: float, keep: float = KEPT) -> AbuseBed:
    """`cells` after a full charge, at rest on their bed from run time `t0` in s on; the last `keep`
    s are kept."""
    gas = Gas(tuple(one.vent for one in cells.cells))
    return AbuseBed(cells, [1.0] * len(cells.cells), gas, t0, keep)


def survives(device: NailedCell) -> bool:
    """Whether neither fire nor explosion follows within an hour of the nail."""
    bed = charged(Cells([device.cell], 0, ROOM), 0.0, inf)
    bed.act(0.0, short=1.0 / device.short)
    return events(bed, 0.0, HOUR) == (0, 0)


def heated(device: HybridModule) -> tuple[int, int]:
    """Fires and explosions (0 or 1 each) in the heating test of the first cell and the hour after.

    The overcharge ends when the protection opens: it adds nothing.
    """
    bed = charged(Cells(device.row, 2, ROOM), 0.0, inf)
    t, end = 0.0, (HOTTEST - ROOM) / RAMP + SOAK
    power = 0.0
    while t < end:
        wanted = min(ROOM + RAMP * (t + 60.0), HOTTEST)
        power = min(max(power + 2.0 * (wanted - bed.celsius(0, t)), 0.0), 400.0)
        bed.act(t, plate=power)
        t += 60.0
    bed.act(t, plate=0.0)
    return events(bed, 0.0, t + COOLING)


def events(bed: AbuseBed, start: float, end: float) -> tuple[int, int]:
    """Whether (1 or 0) it burns, and whether it bursts, between two times in s."""
    rows = [bed.row(float(t)) for t in np.arange(start, end, 4.0)]
    return int(any(row.burning for row in rows)), int(rows[-1].burst)


def _nailed(device: NailedCell, truth: Mapping[str, Any]) -> NailedCell:
    passes = bool(truth["nail_penetration_passed"])
    found = device if passes else replace(device, cell=unsafe(device.cell), short=device.short / 12)
    return _as_wanted(found, survives(found), passes)


def _heated(device: HybridModule, truth: Mapping[str, Any]) -> HybridModule:
    wanted = (round(float(truth["fire_events"])), round(float(truth["explosion_events"])))
    found = device
    if wanted != (0, 0):
        vent = 0.08 if wanted[1] else 1.0
        found = replace(device, lithium=unsafe(device.lithium, vent))
    return _as_wanted(found, heated(found), wanted)


def _as_wanted(device: Any, outcome: object, wanted: object) -> Any:
    if outcome != wanted:
        raise UsageError(
            f"no such sample: its test ends with {outcome}, and {wanted} was asked for",
            remedy="choose another seed, or events of 0 or 1",
        )
    return device


def _full_voltage(cell: AbusedCell) -> float:
    """V at rest after a full charge."""
    return next(volts for charge, volts in cell.curve if charge == 1.0)


def _thickness(device: NailedCell) -> Mapping[str, Stated]:
    return {
        "thickness": Stated(device.thickness * 1e3, "mm", 0.002),
        "full_voltage": Stated(_full_voltage(device.cell), "V", 0.0005),
        "rated_capacity": Stated(device.cell.capacity, "A*h", 0.0),
    }


def _rating(device: HybridModule) -> Mapping[str, Stated]:
    return {
        "full_voltage": Stated(_full_voltage(device.lithium), "V", 0.0005),
        "rated_capacity": Stated(device.lithium.capacity, "A*h", 0.0),
    }


def _passed(device: NailedCell) -> Mapping[str, Figure]:
    return {"nail_penetration_passed": survives(device)}


def _counted(device: HybridModule) -> Mapping[str, Figure]:
    fires, explosions = heated(device)
    return {"fire_events": float(fires), "explosion_events": float(explosions)}


RECIPES: dict[str, Recipe] = {
    "2.4-05": Recipe(
        kind="solid-state cell",
        units={"nail_penetration_passed": ""},
        draw=nailed,
        solved=_nailed,
        figures=_passed,
        stated=_thickness,
    ),
    "2.4-19": Recipe(
        kind="module of the hybrid system",
        units={"fire_events": "event", "explosion_events": "event"},
        draw=module,
        solved=_heated,
        figures=_counted,
        stated=_rating,
    ),
}
"""By indicator id. An event is counted once for each abuse test in which it is seen."""
