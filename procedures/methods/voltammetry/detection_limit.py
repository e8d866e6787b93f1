"""Detection limit of metal ions: three times the blank's standard deviation over the slope.

IUPAC's factor of three (Long and Winefordner, Anal. Chem. 55 (1983) 712A) is what METHODS names.
HJ 168-2020 takes t(n - 1, 99 %) in its place, of at least seven low levels; both are printed. The
standard deviation of n blanks is known to 1 / sqrt(2 (n - 1)) of itself: its distribution is the
scaled inverse chi of n - 1 degrees of freedom (JCGM 101, 6.4.9 for what follows from it).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from labctl.evidence import Evidence
from labctl.i18n import N_
from labctl.quantity import Quantity
from labctl.run import Run
from labctl.traceable import Unstated
from labctl.uncertainty import Draws, MonteCarlo
from labctl.uncertainty.shapes import quantile, student
from labctl.words import Text
from procedures.methods.voltammetry.analysing import (
    ALL,
    BLANK,
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

BLANKS, STANDARDS = 35, 3
"""Analyses of the reagent blank, and of the standard before them and after them."""

LEVEL = 6.0
"""ug/L of each metal in the standard."""

STEP, RANGE = 0.018, 35e-6
"""V; A."""

FACTOR, CONFIDENCE = 3.0, 0.99
"""How many standard deviations of the blank make a detection limit, and HJ 168's confidence."""

STANDARD, DILUTION = "standard_concentration", "dilution"
"""Contributions of the bench: of the standards as bought, of one preparation."""

HOW = N_(
    "Blanks and, before and after them, a standard of all metals were stripped on one electrode. "
    "Each sweep less the mean blank is resolved into six peaks at once; a metal's limit is three "
    "times the standard deviation of its blanks over its slope. The worst metal decides."
)
LEFT_OUT = (
    N_("water matrix: the limit is that of the reagent blank"),
    N_("the potentiostat's gain, which is common to blanks and standards on one range"),
    N_("that the worst of six limits is also the one that reads worst"),
)


class Limits(NamedTuple):
    """By metal: standard deviation of the blanks in A (`scatter`), slopes in A per ug/L of each
    standard, those before the blanks first (`slopes`, shape (standards,))."""

    scatter: dict[str, float]
    slopes: dict[str, Array]


class Taken(NamedTuple):
    """The sweeps: standards before, blanks, standards after; what was added to the standards."""

    before: list[Swept]
    blanks: list[Swept]
    after: list[Swept]
    levels: tuple[Quantity, Quantity]


async def detection_limit(run: Run, rig: VoltammetryRig, result: str) -> Evidence:
    """Evidence for `result`: the worst detection limit of the named ions, in ug/L."""
    flow = run.sample.quantity("fill_flow", "m**3/s").value
    method = Method(flow, run.sample.quantity("deposition_time", "s").value, STEP, RANGE)

    async def standards(name: str) -> tuple[list[Swept], Quantity]:
        await loaded(run, rig, f"{name}/blank", BLANK, flow)
        level = (await spiked(run, rig, name, {ALL: LEVEL}, flow))[ALL]
        names = [f"{name} {n + 1}" for n in range(STANDARDS)]
        return [await analysed(run, rig, one, method) for one in names], level

    async with run.scope("chip", lambda: arranged(rig, flow)):
        before, first = await standards("before")
        await loaded(run, rig, "blank", BLANK, flow)
        blanks = [await analysed(run, rig, f"blank {n + 1}", method) for n in range(BLANKS)]
        after, last = await standards("after")
    taken = Taken(before, blanks, after, (first, last))
    return await run.reduce(lambda: _evidence(run, result, limits(taken)))


def _evidence(run: Run, result: str, found: Limits) -> Evidence:
    name = worst(found)
    deviation, slopes = found.scatter[name], found.slopes[name]

    def reduction(mc: MonteCarlo) -> Draws:
        sigma = blank_scatter(mc, deviation, BLANKS)
        return FACTOR * sigma / slope(mc, run.contributions, slopes)

    stated = run.contributions
    return run.evidence(
        {result: run.figure(result, reduction, "ug/L")},
        how=(HOW, *_told(found)),
        left_out=LEFT_OUT,
        unstated=tuple(Unstated(one) for one in (STANDARD, DILUTION) if one not in stated),
        budget=run.monte_carlo.budget(reduction, result),
    )


def _told(found: Limits) -> list[Text]:
    t = quantile(CONFIDENCE, BLANKS - 1)
    template = N_("{metal}: {three} ug/L by three, {student} ug/L by t of HJ 168.")
    rows: list[Text] = []
    for name, slopes in found.slopes.items():
        once = found.scatter[name] / float(slopes.mean())
        words = {"metal": name, "three": f"{FACTOR * once:.2g}", "student": f"{t * once:.2g}"}
        rows.append(Text(template, words))
    return rows


def worst(found: Limits) -> str:
    """The metal with the largest limit."""
    return max(found.scatter, key=lambda name: found.scatter[name] / found.slopes[name].mean())


def blank_scatter(mc: MonteCarlo, deviation: float, count: int) -> Draws:
    """Draws of the blanks' true standard deviation, shape (draws + 1, 1), in the unit of the
    `deviation` that `count` of them show: s sqrt(nu / chi2)."""
    freedom = count - 1
    normal = mc.block("blank scatter", "blanks", freedom, "standard deviation of the blanks")
    squares = np.sum(normal**2, axis=1, keepdims=True)
    squares[squares == 0.0] = freedom
    return deviation * np.sqrt(freedom / squares)


def slope(mc: MonteCarlo, stated: Mapping[str, Quantity], slopes: Array) -> Draws:
    """Draws of the slope in A per ug/L, shape (draws + 1, 1), from `slopes` of single standards.

    Half of them were taken before the blanks and half after: what lies between is drift, which
    counts as rectangular over the blanks.
    """
    half = len(slopes) // 2
    early, late = slopes[:half], slopes[half:]
    pooled = float(np.sqrt((early.var(ddof=1) + late.var(ddof=1)) / 2 / len(slopes)))
    drift = abs(float(late.mean() - early.mean())) / 2
    out = slopes.mean() + mc.certified("slope", pooled, student(2 * (half - 1)), "repeatability")
    out = out + mc.rectangular("drift", drift, "fouling between both standards")
    for name, share in ((STANDARD, 1.0), (DILUTION, 0.5**0.5)):
        if name in stated:
            u = stated[name].to("dimensionless").u * share
            out = out * (1.0 + u * mc.normal(f"bench/{name}"))
    return out


def limits(taken: Taken) -> Limits:
    """Blank scatter and slopes of all metals from the sweeps."""
    potential = taken.blanks[0].potentials
    blanks = np.array([one.currents for one in taken.blanks])
    middle = blanks.mean(axis=0)
    rows = [(one, taken.levels[0]) for one in taken.before]
    rows += [(one, taken.levels[1]) for one in taken.after]
    risen = [(one.currents - middle) / level.to("ug/L").value for one, level in rows]
    peaks = found_peaks(potential, np.mean(risen, axis=0))
    order = [peaks[name] for name in METALS]
    noise = np.array([heights(potential, one - middle, order).value for one in blanks])
    scatter = noise.std(axis=0, ddof=1)
    steep = np.array([heights(potential, one, order).value for one in risen])
    return Limits(
        {name: float(scatter[n]) for n, name in enumerate(METALS)},
        {name: steep[:, n] for n, name in enumerate(METALS)},
    )


def found_peaks(potential: Array, current: Array) -> dict[str, Peak]:
    """The peak of each metal in the mean sweep of a standard less the blank."""
    guesses: Sequence[Peak] = [
        highest(potential, current, expected, WINDOW) for expected in METALS.values()
    ]
    return dict(zip(METALS, fitted(potential, current, guesses, WINDOW), strict=True))
