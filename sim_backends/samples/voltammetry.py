"""Sensor chips, detection systems and catalyst batches: how they are drawn and solved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from sim_backends.data.voltammetry import ELECTRODE_AREA, EXCHANGE, METALS, TAFEL
from sim_backends.models import sensor_chip
from sim_backends.models.detection_system import DetectionSystem, duration, peak, scaled
from sim_backends.models.rotating_disk import CatalystBatches, overpotential, worst_deviation
from sim_backends.models.sensor_chip import NAMES, SensorChip
from sim_backends.samples.recipe import Recipe, one_figure
from sim_backends.samples.stating import Stated

CHIP, SYSTEM, CATALYST = (
    "microfluidic electrochemical sensor array",
    "field detection system",
    "catalyst batches on a rotating disk",
)
PADS = 6
BATCHES = 5
DENSITY = 100.0
"""A/m2 at which overpotentials are compared: 10 mA/cm2."""

_IONS = {"ions": ", ".join(NAMES)}


def draw_chip(rng: np.random.Generator) -> SensorChip:
    """A chip on which everything works, not solved for any figure.

    Its best ion has a third of the scatter of its worst; blanks show some four times their scatter.
    """
    count = len(METALS)
    scatter = rng.uniform(0.30, 0.65, count)
    scatter[int(rng.integers(count))] = 1.0
    scatter *= 0.25
    return SensorChip(
        affinity=tuple(float(x) for x in rng.uniform(0.6, 1.0, count)),
        residue=tuple(float(x) for x in 4.0 * scatter),
        scatter=tuple(float(x) for x in scatter),
        sample=tuple(float(x) for x in rng.uniform(8.0, 14.0, count)),
        areas=tuple(float(x) for x in ELECTRODE_AREA * np.exp(rng.normal(0.0, 0.06, PADS))),
        shift=float(rng.normal(0.0, 0.008)),
        fouling=float(rng.uniform(2e-4, 8e-4)),
        dead_volume=float(rng.uniform(0.9e-6, 1.2e-6)),
        mixing=float(rng.uniform(0.015, 0.035)),
        flow=8.333e-9,
        pretreatment=180.0,
        deposition=240.0,
    )


def _chip(chip: SensorChip) -> dict[str, Stated]:
    """What comes with a chip: its method of analysis, and how many pads it has."""
    return {
        "fill_flow": Stated(chip.flow, "m**3/s", 0.0),
        "pretreatment_time": Stated(chip.pretreatment, "s", 0.0),
        "deposition_time": Stated(chip.deposition, "s", 0.0),
        "electrode_pads": Stated(float(len(chip.areas)), "dimensionless", 0.0),
    }


def _with_species(chip: SensorChip, truth: Mapping[str, Any]) -> SensorChip:
    missing = len(METALS) - round(float(truth["species_detected"]))
    order = sorted(range(len(METALS)), key=lambda n: chip.affinity[n])
    return sensor_chip.without(chip, tuple(order[:missing]))


def _with_arrays(chip: SensorChip, truth: Mapping[str, Any]) -> SensorChip:
    missing = len(chip.areas) - round(float(truth["sensor_arrays"]))
    order = sorted(range(len(chip.areas)), key=lambda n: chip.areas[n])
    dead = set(order[:missing])
    areas = tuple(0.0 if n in dead else area for n, area in enumerate(chip.areas))
    return replace(chip, areas=areas)


def draw_system(rng: np.random.Generator) -> DetectionSystem:
    """A system with its phases: filling, pretreatment, deposition with stirring, sweep, rinse."""
    share = rng.uniform(0.45, 0.85, 5)
    share[int(rng.integers(3))] = 1.0
    seconds = (90.0, 180.0, 330.0, 30.0, 90.0)
    phases = tuple((s, float(x) / 3.0) for s, x in zip(seconds, share, strict=True))
    return DetectionSystem(standby=float(rng.uniform(0.05, 0.1)), phases=phases)


def _system(system: DetectionSystem) -> dict[str, Stated]:
    return {"analysis_time": Stated(duration(system), "s", 0.0)}


def draw_batches(rng: np.random.Generator) -> CatalystBatches:
    """Five batches of which one stands out."""
    others = rng.uniform(0.5, 1.5, BATCHES - 1)
    deviations = np.insert(-others / others.sum(), int(rng.integers(BATCHES)), 1.0)
    tafel = TAFEL * float(np.exp(rng.normal(0.0, 0.06)))
    activity = EXCHANGE * float(np.exp(rng.normal(0.0, 0.2)))
    exchange = activity * 10.0 ** (-5e-3 * deviations / tafel)
    return CatalystBatches(tuple(float(x) for x in exchange), tafel)


def with_deviation(batches: CatalystBatches, worst: float) -> CatalystBatches:
    """`batches` whose overpotentials are spread so that the worst deviation is `worst` in V."""
    found = [overpotential(batches, n, DENSITY) for n in range(len(batches.exchange))]
    mean = sum(found) / len(found)
    factor = worst / worst_deviation(batches, DENSITY)
    moved = ((eta - mean) * (factor - 1.0) for eta in found)
    pairs = zip(batches.exchange, moved, strict=True)
    return replace(batches, exchange=tuple(i0 * 10.0 ** (-by / batches.tafel) for i0, by in pairs))


def _batches(batches: CatalystBatches) -> dict[str, Stated]:
    return {"batches": Stated(float(len(batches.exchange)), "dimensionless", 0.0)}


RECIPES: dict[str, Recipe] = {
    "5.2-08": one_figure(
        kind=CATALYST,
        key="overpotential_difference_between_batches",
        unit="mV",
        draw=draw_batches,
        figure=lambda batches: 1e3 * worst_deviation(batches, DENSITY),
        vary=lambda batches, millivolts: with_deviation(batches, 1e-3 * millivolts),
        low=-60.0,
        high=60.0,
        stated=_batches,
    ),
    "6.8-02": Recipe(
        kind=CHIP,
        units={"species_detected": "kind"},
        draw=draw_chip,
        solved=_with_species,
        figures=lambda chip: {"species_detected": float(sensor_chip.detected(chip))},
        stated=_chip,
        reach=lambda chip: {"species_detected": (0.0, float(len(METALS)))},
    ),
    "6.8-03": one_figure(
        kind=CHIP,
        key="detection_limit_by_mass",
        unit="ug/L",
        draw=draw_chip,
        figure=sensor_chip.detection_limit,
        vary=sensor_chip.with_scatter,
        low=0.01,
        high=1.3,
        stated=_chip,
        aspects=_IONS,
    ),
    "6.8-04": one_figure(
        kind=CHIP,
        key="analysis_time",
        unit="min",
        draw=draw_chip,
        figure=lambda chip: sensor_chip.analysis_time(chip) / 60.0,
        vary=lambda chip, seconds: replace(chip, deposition=seconds),
        low=20.0,
        high=3000.0,
        stated=_chip,
    ),
    "6.8-06": one_figure(
        kind=SYSTEM,
        key="power_consumption",
        unit="W",
        draw=draw_system,
        figure=peak,
        vary=scaled,
        low=0.05,
        high=4.0,
        stated=_system,
    ),
    "6.8-07": Recipe(
        kind=CHIP,
        units={"sensor_arrays": "array"},
        draw=draw_chip,
        solved=_with_arrays,
        figures=lambda chip: {"sensor_arrays": float(sensor_chip.working_arrays(chip))},
        stated=_chip,
        reach=lambda chip: {"sensor_arrays": (0.0, float(PADS))},
    ),
}
"""By indicator id. The peak of a system counts as the mean over the phase that takes most."""
