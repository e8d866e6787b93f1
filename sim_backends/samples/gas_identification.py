"""Arrays that tell so many gases apart: how they are drawn and solved.

A solved device that is to miss some has the physics for it: gases of the same bond that no catalyst
of its films tells apart, two and two, and for an odd number one that does not react at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from labctl.errors import Defect, UsageError
from sim_backends.data import gas_identification as data
from sim_backends.data.gas_sensing import GASES
from sim_backends.models.gas_patterns import ArrayDesign, CoveredArray, alike, unanswered
from sim_backends.models.gas_separation import species
from sim_backends.samples.gas_sensing import ARRAY, draw_array
from sim_backends.samples.recipe import Recipe, Samples
from sim_backends.samples.stating import Stated
from sim_backends.streams import stream

CHOSEN = 200
"""Designs among which a maker chooses one that tells all gases apart."""


@dataclass(frozen=True)
class IdentifyingDevice:
    """An `array` of the production of `design`; `number` is that of its making, which keys what
    else comes of this production."""

    design: ArrayDesign
    array: CoveredArray
    number: int


def drawn_design(rng: np.random.Generator) -> ArrayDesign:
    """A design at random: film n answers most to gas n, the others of all gases to some."""
    plain = draw_array(rng)
    films, gases = len(plain.exponents), len(GASES)
    own = np.array([max(row) for row in plain.strengths])
    cross = rng.uniform(*data.CROSS, (films, gases))
    for n in range(gases):
        cross[n, n] = 1.0
    base = CoveredArray(
        plain,
        half=tuple(rng.uniform(*data.HALF, gases).tolist()),
        shared=tuple(rng.uniform(*data.SHARED, films).tolist()),
    )
    return ArrayDesign(base, np.log(own), np.log(cross), np.eye(gases), np.zeros(gases))


def draw_device(rng: np.random.Generator) -> IdentifyingDevice:
    """A device of a design that tells all gases apart; not solved for anything."""
    for _ in range(CHOSEN):
        design = drawn_design(rng)
        array = design.made(rng)
        if len(species(design, array)) == len(GASES):
            return IdentifyingDevice(design, array, int(rng.integers(1 << 31)))
    raise Defect(f"none of {CHOSEN} designs tells {len(GASES)} gases apart")


def with_species(device: IdentifyingDevice, count: int) -> IdentifyingDevice:
    """`device` of a production whose films tell `count` gases apart, 0..6: its array is made anew
    of the films that it has."""
    design, short = device.design, len(GASES) - count
    pairs = data.ALIKE[: short // 2]
    for pair in pairs:
        design = alike(design, *(GASES.index(gas) for gas in pair))
    if short % 2:
        design = unanswered(design, GASES.index(data.INERT[short // 2]))
    if design is device.design:
        return device
    return replace(device, design=design, array=design.made(stream(device.number, "array")))


def _figures(device: IdentifyingDevice) -> Mapping[str, float]:
    return {"species_detected": float(len(species(device.design, device.array)))}


def _solved(device: IdentifyingDevice, truth: Mapping[str, Any]) -> IdentifyingDevice:
    wanted = float(truth["species_detected"])
    if not wanted.is_integer():
        raise UsageError(f"an array tells {wanted:g} gases apart: a whole number is needed")
    found = with_species(device, int(wanted))
    if _figures(found)["species_detected"] != wanted:
        raise Defect(f"the device solved for {wanted:g} gases does not tell so many apart")
    return found


def _stated(device: IdentifyingDevice) -> Mapping[str, Stated]:
    return {"films": Stated(float(len(device.array.shared)), "dimensionless", 0.0)}


RECIPES: dict[str, Recipe] = {
    "6.7-01": Recipe(
        kind=ARRAY,
        units={"species_detected": "kind"},
        draw=draw_device,
        solved=_solved,
        figures=_figures,
        stated=_stated,
        reach=lambda _: {"species_detected": (0.0, float(len(GASES)))},
    )
}
"""By indicator id."""

SAMPLES = Samples(RECIPES)
