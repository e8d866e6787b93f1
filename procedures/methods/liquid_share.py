"""Liquid electrolyte of a dismantled cell: the reduction of weighings, areas and steps. Pure.

How the parts come about says `procedures/methods/liquid_electrolyte.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import msgspec
import numpy as np
from numpy.typing import NDArray

from labctl.evidence import Reading
from labctl.quantity import Quantity
from labctl.uncertainty import Draws, MonteCarlo
from labctl.uncertainty.shapes import student

Array = NDArray[np.float64]

KEY = "liquid_electrolyte_mass_fraction"
SOLVENTS = ("EC", "EMC")
"""Channels of the chromatograph's file: the solvents of the liquid."""

PORTIONS, INJECTIONS, PIECES = 5, 5, 5
"""Jars of the stack; injections of the extract; pieces in the thermobalance."""

COLD, HOT = (40.0, 50.0), (245.0, 260.0)
"""degC between which a mass is the mean before and after the solvents leave."""

SCALE, SALT = "cell_mass", "salt_fraction"
"""Properties of the sheet: mass of the closed cell, salt in kg/kg of the liquid."""

NEEDED = {
    "extract_volume": "dimensionless",
    "spike": "dimensionless",
    "native_recovery": "dimensionless",
    "transfer_loss": "dimensionless",
    "debris": "kg",
    "moisture_uptake": "kg",
    "zero_drift": "kg",
    "tga_baseline": "kg",
}
"""Contributions that the bench states: relative of the flasks' volumes, of the spike and of what
its recovery says of the cell's own solvent; share of the solvent lost on the way; masses of crumbs
lost, of moisture, of the balance's zero, of the thermobalance's baseline."""

RECOVERIES = (0.85, 1.10)
"""Recovery outside of which the work-up itself is not under control."""


class Series(msgspec.Struct, frozen=True):
    """Areas of one solvent: `blank` stack, `standard`, `spike`, injections of the `extract`."""

    blank: float
    standard: float
    spike: float
    extract: tuple[float, ...]


class Asked(msgspec.Struct, frozen=True):
    """What people told: `spike` kg, `transfer` share, `standard` kg/m3, `volume` m3."""

    spike: float
    transfer: float
    standard: float
    volume: float


class Found(msgspec.Struct, frozen=True):
    """All that was read: weighings by name, areas by solvent, `steps` in kg/kg that the empty
    crucible (in kg), the blank and the pieces lost; `piece` in kg; what was `asked`."""

    masses: dict[str, Reading]
    areas: dict[str, Series]
    empty: float
    blank: float
    pieces: tuple[float, ...]
    piece: float
    asked: Asked


def lost(celsius: Array, mass: Array) -> float:
    """Loss of `mass` in kg (points,) between the plateaus before and after the solvents leave, at
    temperatures `celsius` in degC (points,)."""
    ends = [mass[(celsius >= low) & (celsius <= high)].mean() for low, high in (COLD, HOT)]
    return float(ends[0] - ends[1])


def weighed(found: Found) -> Quantity:
    """Mass in kg of all parts: stands for that of the closed cell where its sheet has none."""
    parts = sum(found.masses[f"stack-{n}"].value for n in range(PORTIONS))
    return Quantity(
        parts + found.masses["case"].value - PORTIONS * found.masses["jar"].value, "kg", 0.0
    )


def recovery(found: Found) -> float:
    """Share of the spike that is found, by the standard solution; mean over the solvents."""
    asked = found.asked
    seen = [
        (one.spike - one.blank) / one.standard * asked.standard * asked.volume / (asked.spike / 2.0)
        for one in found.areas.values()
    ]
    return float(np.mean(seen))


def extracted(found: Found) -> float:
    """kg of solvent in the extracted parts, by the spike in the same series."""
    return sum(
        (float(np.mean(one.extract)) - one.blank) / (one.spike - one.blank)
        for one in found.areas.values()
    ) * (found.asked.spike / 2.0)


def scatter(found: Found) -> float:
    """Relative standard uncertainty of `extracted` by the scatter of the injections; the spike is
    injected once, and scatters as one injection does. Solvents are taken as independent."""
    parts = [
        (float(np.mean(one.extract)) / (one.spike - one.blank), relative(one.extract))
        for one in found.areas.values()
    ]
    total = sum(size for size, _ in parts)
    single = sum((size * each / total) ** 2 for size, each in parts) ** 0.5
    return float(single * (1.0 + 1.0 / INJECTIONS) ** 0.5)


def relative(values: tuple[float, ...]) -> float:
    """Relative standard deviation of one of `values`."""
    return float(np.std(values, ddof=1) / np.mean(values))


def _u(contributions: Mapping[str, Quantity], name: str) -> float:
    return contributions[name].to(NEEDED[name]).u if name in contributions else 0.0


def fraction(
    mc: MonteCarlo,
    found: Found,
    contributions: Mapping[str, Quantity],
    whole: Quantity,
    salt: Quantity,
) -> Draws:
    """Draws of the liquid over the mass of the `whole` closed cell, shape (draws + 1, 1)."""

    def drawn(name: str) -> Draws:
        return _u(contributions, name) * mc.normal(f"bench/{name}")

    cell, salty = mc.quantity(f"sample/{SCALE}", whole), mc.quantity(f"sample/{SALT}", salt)
    stack, opened = _opened(mc, found, cell, _u(contributions, "zero_drift"), drawn)
    freedom = student(len(SOLVENTS) * (INJECTIONS - 1))
    injected = mc.certified("gc/injections", scatter(found), freedom, "readings")
    bulk = extracted(found) * (1.0 + injected) * (1.0 + drawn("extract_volume"))
    bulk = bulk * (1.0 + drawn("spike")) / (1.0 + drawn("native_recovery"))
    step = mc.repeated("tga/pieces", list(found.pieces), "sampling")
    baseline = drawn("tga_baseline") * 2.0**0.5 / found.piece
    residue = (step - found.blank + baseline) * (stack - bulk / (1.0 - salty))
    there = (bulk + residue) / (1.0 - found.asked.transfer - drawn("transfer_loss"))
    return (opened + there) / (1.0 - salty) / cell


def _opened(
    mc: MonteCarlo, found: Found, cell: Draws, zero: float, drawn: Callable[[str], Draws]
) -> tuple[Draws, Draws]:
    """Masses in kg of the stack as weighed in its jars, and of the solvent that left on opening;
    `zero` is the u in kg of the balance's zero at a weighing."""
    names = list(found.masses)
    read = mc.readings([found.masses[name] for name in names])
    wander = zero * mc.block("bench/zero_drift", "weighings", len(names))
    parts = {name: (read[:, n] + wander[:, n])[:, None] for n, name in enumerate(names)}
    stack = sum((parts[f"stack-{n}"] - parts["jar"] for n in range(PORTIONS)), 0.0)
    gone = cell - parts["case"] - stack - drawn("debris") + drawn("moisture_uptake")
    return np.asarray(stack), gone
