"""Metals detected at once by anodic stripping, each proved by standard addition to the sample."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import NamedTuple

import msgspec
import numpy as np

from labctl.evidence import Count, Evidence, Observed
from labctl.i18n import N_
from labctl.quantity import Quantity
from labctl.run import Run
from labctl.words import Text
from procedures.methods.voltammetry.analysing import (
    BLANK,
    SAMPLE,
    Method,
    Swept,
    analysed,
    arranged,
    loaded,
    spiked,
)
from procedures.methods.voltammetry.metals import METALS, WINDOW
from procedures.methods.voltammetry.peaks import Array, Peak, fitted, heights, highest
from rigs.voltammetry import VoltammetryRig

BLANKS, SAMPLES = 4, 2
"""Sweeps of the reagent blank and of the sample as it came."""

ADDED = 10.0
"""ug/L of each metal that is added, one metal after the other."""

STEP, RANGE = 0.012, 70e-6
"""V; A, for what some 25 ug/L of arsenic give."""

SURE, POSSIBLE = 5.0, 2.0
"""So many standard deviations must an added peak, and the sample's own, stand above the noise."""

HOW = N_(
    "Square wave stripping on one electrode: blank, sample, then the sample with each metal added "
    "in turn. What an addition changes most must be a peak in the metal's window; each change, and "
    "the sample less the blank, is resolved into all these peaks at once by least squares. A metal "
    "counts where its addition and its own peak stand five standard deviations above the scatter "
    "of blanks and fit."
)
LEFT_OUT = (
    N_("matrix: shown on this sample alone, by additions to it"),
    N_("electrode fouling between the additions, which are taken in pairs of neighbours"),
)


class Found(msgspec.Struct, frozen=True):
    """A metal: `position` in V of the peak that its addition made, the significance (in standard
    deviations) of that peak and of the sample's own, and what the sample holds in ug/L."""

    metal: str
    position: float
    addition: float
    sample: float
    concentration: float


class Sweeps(NamedTuple):
    """Sweeps of the blank, of the sample, and after the addition of each metal in turn."""

    blanks: list[Swept]
    samples: list[Swept]
    additions: dict[str, Swept]


async def species(run: Run, rig: VoltammetryRig, result: str) -> Evidence:
    """Evidence for `result`: how many of the named metals are detected at once."""
    flow = run.sample.quantity("fill_flow", "m**3/s").value
    method = Method(flow, run.sample.quantity("deposition_time", "s").value, STEP, RANGE)
    added: dict[str, Quantity] = {}

    async def take(name: str) -> Swept:
        return await analysed(run, rig, name, method)

    async with run.scope("chip", lambda: arranged(rig, flow)):
        await loaded(run, rig, "blank", BLANK, flow)
        blanks = [await take(f"blank {n + 1}") for n in range(BLANKS)]
        await loaded(run, rig, "sample", SAMPLE, flow)
        samples = [await take(f"sample {n + 1}") for n in range(SAMPLES)]
        additions: dict[str, Swept] = {}
        for metal in METALS:
            added |= await spiked(run, rig, f"with {metal}", {metal: ADDED}, flow)
            additions[metal] = await take(f"added {metal}")
    sweeps = Sweeps(blanks, samples, additions)
    amounts = {metal: amount.value for metal, amount in added.items()}
    return await run.reduce(lambda: _evidence(run, result, reduced(sweeps, amounts)))


def _evidence(run: Run, result: str, found: list[Found]) -> Evidence:
    sure = [one for one in found if min(one.addition, one.sample) >= SURE]
    possible = [one for one in found if min(one.addition, one.sample) >= POSSIBLE]
    run.observe(Observed(aspect="must_include", members=tuple(one.metal for one in found)))
    return run.evidence(
        {result: Count(float(len(sure)), float(len(possible)), "kind")},
        how=(HOW, *(_told(one) for one in found)),
        left_out=LEFT_OUT,
    )


def _told(one: Found) -> Text:
    words = {
        "metal": one.metal, "volts": f"{one.position:.3f}", "addition": f"{one.addition:.1f}",
        "sample": f"{one.sample:.1f}", "amount": f"{one.concentration:.3g}",
    }  # fmt: skip
    return Text(
        N_(
            "{metal}: added, a peak at {volts} V of {addition} standard deviations; in the sample "
            "one of {sample}, {amount} ug/L."
        ),
        words,
    )


def reduced(sweeps: Sweeps, added: Mapping[str, float]) -> list[Found]:
    """Every metal as the sweeps show it; `added` in ug/L."""
    potential = sweeps.blanks[0].potentials
    blanks = np.array([one.currents for one in sweeps.blanks])
    sample = np.mean([one.currents for one in sweeps.samples], axis=0)
    peaks, steps = _additions(potential, sample, sweeps.additions, added)
    order = list(added)
    own = heights(potential, sample - blanks.mean(axis=0), [peaks[metal] for metal in order])
    scatter = _scatter(potential, blanks, [peaks[metal] for metal in order])
    found: list[Found] = []
    for n, metal in enumerate(order):
        noise = math.hypot(scatter[n], float(own.u[n]))
        height, u = steps[metal]
        significance = height / math.hypot(u, scatter[n])
        amount = float(own.value[n]) / height * added[metal] if significance > 1.0 else 0.0
        position = peaks[metal].position
        found.append(Found(metal, position, significance, float(own.value[n]) / noise, amount))
    return found


def _additions(
    potential: Array, before: Array, additions: Mapping[str, Swept], added: Mapping[str, float]
) -> tuple[dict[str, Peak], dict[str, tuple[float, float]]]:
    """The peak that each addition made, and its height with standard deviation in A.

    From one sweep to the next the electrode's sensitivity changes a little, and with it the peaks
    of all metals: each change is resolved into them all.
    """
    changes: dict[str, Array] = {}
    for metal in added:
        now = additions[metal].currents
        changes[metal], before = now - before, now
    peaks = {metal: _peak(potential, change, metal) for metal, change in changes.items()}
    steps: dict[str, tuple[float, float]] = {}
    for n, (metal, change) in enumerate(changes.items()):
        found = heights(potential, change, [*peaks.values()])
        steps[metal] = float(found.value[n]), float(found.u[n])
    return peaks, steps


def _peak(potential: Array, change: Array, metal: str) -> Peak:
    guess = highest(potential, change, METALS[metal], WINDOW)
    [peak] = fitted(potential, change, [guess], WINDOW)
    return peak


def _scatter(potential: Array, blanks: Array, peaks: list[Peak]) -> Array:
    """Standard deviation in A of the peaks' heights from blank to blank, shape (k,)."""
    middle = blanks.mean(axis=0)
    rows = [heights(potential, one - middle, peaks).value for one in blanks]
    return np.std(rows, axis=0, ddof=1)
