"""Detection limit of each named gas: three times the standard deviation of a blank over the slope.

IUPAC's factor of three (Long and Winefordner, Anal. Chem. 55 (1983) 712A), as the map names it;
the limit by a calibration in the sense of ISO 11843-2 (t for both kinds of error, single readings,
known blank) is printed beside it. Blanks follow each other within a second, so that their
successive differences hold noise and hardly any drift (J. von Neumann, Ann. Math. Stat. 12 (1941)
367); such a deviation of n readings is worth 2 n / 3 degrees of freedom.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from labctl import clock
from labctl.evidence import Evidence, Reading
from labctl.i18n import N_
from labctl.quantity import Quantity
from labctl.run import Run
from labctl.uncertainty import Draws, MonteCarlo
from labctl.uncertainty.shapes import quantile
from labctl.words import Text, Words
from procedures.methods.gas_sensing.blending import (
    GASES,
    SCCM,
    conductance,
    connected,
    dosed,
    led_to,
    purged,
)
from procedures.methods.one_figure import one_figure
from procedures.methods.voltammetry.detection_limit import blank_scatter
from rigs.gas_sensing import GasSensingRig

Array = NDArray[np.float64]

BLANKS, EACH = 200, 20
"""Blanks in a row, and readings of a dose and of the air before it."""

EVERY = 0.5
"""s between two readings."""

DOSES = tuple(one * SCCM for one in (50.0, 100.0, 200.0, 200.0, 100.0, 50.0))
"""m3/s of the cylinder's gas: some 10, 19 and 36 umol/mol, up and down."""

EXPOSED, RECOVERY = 15.0, 20.0
"""s of a dose before it is read, and of purging after it: short, for the baseline drifts."""

FACTOR, CONFIDENCE = 3.0, 0.95

ANSWERS = 5.0
"""Times its standard deviation must the change of conductance by the largest dose be: a slope that
is not told from nothing has either sign, and no limit stands on it."""

DISTINCT = BLANKS // 10
"""Different values that blanks must have: fewer are steps of the meter, or one that stands still,
and their deviation is not the film's."""

HOW = N_(
    "For each gas on the film that the sheet names for it: three times the standard deviation of a "
    "blank, from successive differences of 200 readings of one power line cycle, over the slope at "
    "nothing of a parabola through doses of three sizes. The worst gas decides."
)
SILENT = N_("The film named for {gas} does not answer to it: its change is not above its scatter.")
COARSE = N_("The blanks for {gas} show steps of the meter, or stand still: they have no deviation.")
LEFT_OUT = (
    N_("the source meter's gain, which is common to blanks and doses"),
    N_("that the worst of six limits is also the one that reads worst"),
    N_("drift over more than a second between two blanks: it is no part of this limit"),
    N_("the source meter's own noise, which counts as the film's"),
)


class Dose(msgspec.Struct, frozen=True):
    """A dose: `share` is the change of conductance over that in clean air, `u` its standard
    deviation by scatter, `moved` by how much clean air after it differs from that before, as a
    part, and `ends` the standard deviation of that by scatter; the `flows` of dosing, dry and humid
    line as read."""

    share: float
    u: float
    moved: float
    ends: float
    flows: tuple[Reading, Reading, Reading]


class Blanks(msgspec.Struct, frozen=True):
    """Relative standard `deviation` of a blank, and how many `distinct` values there are."""

    deviation: float
    distinct: int


class OfGas(NamedTuple):
    """What a limit is made of: the `blanks`, its doses, and what is in the cylinder in umol/mol."""

    blanks: Blanks
    doses: list[Dose]
    amount: Quantity


async def detection_limit(run: Run, rig: GasSensingRig, result: str) -> Evidence:
    """Evidence for `result`: the worst detection limit of the named gases in umol/mol."""
    films = {gas: round(run.sample.quantity(f"film_{gas}", "dimensionless").value) for gas in GASES}
    found: dict[str, OfGas] = {}
    async with run.scope("air", lambda: purged(rig)):
        for gas in GASES:
            amount = await connected(run, rig, gas, gas)
            async with run.scope(f"{gas}/film", lambda gas=gas: led_to(rig, films[gas])):
                blanks = await _blanks(run, rig, gas)
                doses = [await _dose(run, rig, f"{gas}/{n + 1}", f) for n, f in enumerate(DOSES)]
            found[gas] = OfGas(blanks, doses, amount)
    return await _evidence(run, result, found)


async def _read(rig: GasSensingRig, count: int) -> list[Reading]:
    readings: list[Reading] = []
    for _ in range(count):
        readings.append(await conductance(rig))
        await clock.sleep(EVERY)
    return readings


async def _blanks(run: Run, rig: GasSensingRig, gas: str) -> Blanks:
    async def once() -> Blanks:
        readings = await _read(rig, BLANKS)
        await run.record(f"{gas}/blanks", *readings)
        values = [one.value for one in readings]
        return Blanks(successive(values), len(set(values)))

    return await run.step(f"{gas}/blanks", once, Blanks)


async def _dose(run: Run, rig: GasSensingRig, name: str, flow: float) -> Dose:
    async def once() -> Dose:
        before = await _read(rig, EACH)
        await dosed(rig, flow)
        await clock.sleep(EXPOSED)
        lines = (rig.dosing, rig.dry, rig.humid)
        flows = [(await line.flow()).flow for line in lines]
        during = await _read(rig, EACH)
        await dosed(rig, 0.0)
        await clock.sleep(RECOVERY)
        after = await _read(rig, EACH)
        await run.record(name, *before, *during, *after)
        return _shared(before, during, after, (flows[0], flows[1], flows[2]))

    return await run.step(name, once, Dose)


def _shared(
    before: list[Reading],
    during: list[Reading],
    after: list[Reading],
    flows: tuple[Reading, Reading, Reading],
) -> Dose:
    """The answer against the mean of the air before and after: as if drift were straight."""
    first, high, last = (np.array([one.value for one in row]) for row in (before, during, after))
    base = float(first.mean() + last.mean()) / 2.0
    ends = float(first.var(ddof=1) + last.var(ddof=1)) / EACH
    u = float(np.sqrt(high.var(ddof=1) / EACH + ends / 4.0))
    moved = float(last.mean() - first.mean()) / base
    return Dose(
        float(high.mean()) / base - 1.0, u / base, moved, float(np.sqrt(ends)) / base, flows
    )


def wandered(doses: list[Dose]) -> float:
    """How far clean air at a dose may lie from the mean of that before and after it, as a part.

    A baseline that wanders without memory (Brownian bridge) lies off in the middle by half of what
    it moves from end to end; what the readings' scatter adds to that is taken off.
    """
    way = float(np.mean([dose.moved**2 - dose.ends**2 for dose in doses]))
    return max(way, 0.0) ** 0.5 / 2.0


def scale(mc: MonteCarlo, freedom: int) -> Draws:
    """Draws of the baseline's true wandering over what doses of so many degrees of `freedom` show,
    sqrt(nu / chi2), shape (draws + 1, 1): one for all doses, of which each is drawn for itself."""
    normal = mc.block("size of the wandering", "doses", freedom, "by how far air moved at doses")
    squares = np.sum(normal**2, axis=1, keepdims=True)
    squares[squares == 0.0] = freedom
    return np.asarray(np.sqrt(freedom / squares), dtype=np.float64)


def successive(values: list[float]) -> float:
    """Relative standard deviation of single readings in a row by their successive differences."""
    series = np.array(values)
    return float(np.sqrt(np.mean(np.diff(series) ** 2) / 2.0) / abs(series.mean()))


def doubts(found: Mapping[str, OfGas]) -> tuple[Words, ...]:
    """Why there is no limit of a gas; the one that reads worst is not known then either."""
    silent = [gas for gas, one in found.items() if not _answers(one.doses)]
    coarse = [gas for gas, one in found.items() if one.blanks.distinct < DISTINCT]
    return (
        *(Text(SILENT, {"gas": gas}) for gas in silent),
        *(Text(COARSE, {"gas": gas}) for gas in coarse),
    )


def _answers(doses: list[Dose]) -> bool:
    most = max(dose.flows[0].value for dose in doses)
    largest = [dose for dose in doses if dose.flows[0].value > 0.9 * most]
    change = sum(dose.share for dose in largest) / len(largest)
    scatter = max(float(np.hypot(dose.u, wandered(doses))) for dose in largest)
    return change > ANSWERS * scatter / len(largest) ** 0.5


def worst(found: Mapping[str, OfGas]) -> str:
    """The gas with the largest limit."""
    return max(found, key=lambda gas: _limit(found[gas]))


def _limit(one: OfGas) -> float:
    """The limit of a gas in umol/mol as read."""
    fractions = [
        one.amount.value * dose.flows[0].value / sum(flow.value for flow in dose.flows)
        for dose in one.doses
    ]
    rows = np.array(fractions)[None, :], np.array([dose.share for dose in one.doses])[None, :]
    return FACTOR * one.blanks.deviation / float(slope(*rows)[0])


def slope(fractions: Array, shares: Array) -> Array:
    """Slope at nothing of the parabola through nothing and the doses, least squares over each row
    of `fractions` in umol/mol and `shares`, both (rows, doses); in mol/umol, shape (rows,)."""
    x2, x3, x4 = (np.sum(fractions**n, axis=1) for n in (2, 3, 4))
    y1, y2 = np.sum(fractions * shares, axis=1), np.sum(fractions**2 * shares, axis=1)
    return np.asarray((y1 * x4 - y2 * x3) / (x2 * x4 - x3**2), dtype=np.float64)


async def _evidence(run: Run, result: str, found: Mapping[str, OfGas]) -> Evidence:
    unknown = doubts(found)
    if unknown:
        return run.evidence({}, how=(HOW,), left_out=LEFT_OUT, invalid=unknown)
    gas = worst(found)
    one = found[gas]

    def reduction(mc: MonteCarlo) -> Draws:
        amount = mc.quantity(f"cylinder/{gas}", one.amount)
        fractions: list[Draws] = []
        shares: list[Draws] = []
        wander = wandered(one.doses) * scale(mc, len(one.doses))
        for n, dose in enumerate(one.doses):
            flows = [mc.readings([flow]) for flow in dose.flows]
            fractions.append(amount * flows[0] / (flows[0] + flows[1] + flows[2]))
            noise = dose.u * mc.normal(f"noise/{n}", "scatter of readings at a dose")
            drift = wander * mc.normal(f"drift/{n}", "wandering of clean air under a dose")
            shares.append(dose.share + noise + drift)
        steep = slope(np.hstack(fractions), np.hstack(shares))[:, None]
        sigma = blank_scatter(mc, one.blanks.deviation, round(2 * BLANKS / 3) + 1)
        return FACTOR * sigma / steep

    return await one_figure(
        run,
        result,
        "umol/mol",
        reduction,
        how=(HOW, *(_told(name, each) for name, each in found.items())),
        left_out=LEFT_OUT,
    )


def _told(gas: str, one: OfGas) -> Words:
    template = N_("{gas}: {three} umol/mol by three, {iso} umol/mol by ISO 11843-2.")
    limit = _limit(one)
    t = quantile(CONFIDENCE, round(2 * BLANKS / 3))
    iso = 2.0 * t * limit / FACTOR * (1.0 + 1.0 / BLANKS) ** 0.5
    return Text(template, {"gas": gas, "three": f"{limit:.2f}", "iso": f"{iso:.2f}"})
