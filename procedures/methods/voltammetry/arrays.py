"""Working electrodes of a chip, counted by what a redox probe shows on each pad."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import numpy as np

from labctl.evidence import Count, Evidence
from labctl.i18n import N_
from labctl.run import Run
from labctl.words import Text
from procedures.methods.voltammetry.analysing import FIRST_PAD, PROBE, arranged, loaded
from procedures.methods.voltammetry.peaks import Array
from rigs.voltammetry import VoltammetryRig

BEGIN, END, STEP, RATE, RANGE = -0.1, 0.5, 0.01, 0.1, 70e-6
"""Sweep of the probe: V, V, V, V/s; A."""

FOOT = 12
"""Points at the begin of a sweep that its baseline goes through."""

WORKS, DOUBTFUL = 0.25, 0.05
"""Parts of the median peak: from the first on an electrode works, below the second it is dead."""

CLEAR = 10.0
"""So many standard deviations of its noise a peak stands at least above the baseline."""

HOW = N_(
    "Ferrocyanide was oxidised on every pad in turn by a linear sweep. A pad works where its peak "
    "over the baseline is at least a quarter of the median of the clear ones, and is dead below a "
    "twentieth; what lies between is doubtful. All pads that the chip's sheet states were tried."
)
LEFT_OUT = (N_("whether electrodes that work differ in area, which the count does not ask"),)


class Answer(msgspec.Struct, frozen=True):
    """What a `pad` (from 1) answered: its `peak` over the baseline and the `noise` in A."""

    pad: int
    peak: float
    noise: float


async def working_arrays(run: Run, rig: VoltammetryRig, result: str) -> Evidence:
    """Evidence for `result`: how many electrodes answer the probe."""
    flow = run.sample.quantity("fill_flow", "m**3/s").value
    pads = round(run.sample.quantity("electrode_pads", "dimensionless").value)
    async with run.scope("chip", lambda: arranged(rig, flow)):
        await loaded(run, rig, "probe", PROBE, flow)
    answers = [await probed(run, rig, pad) for pad in range(1, pads + 1)]
    sure, possible = counted(answers)
    return run.evidence(
        {result: Count(float(sure), float(possible), "array")},
        how=(HOW, *(_told(one) for one in answers)),
        left_out=LEFT_OUT,
    )


async def probed(run: Run, rig: VoltammetryRig, pad: int) -> Answer:
    """The answer of `pad`, as a step."""

    async def once() -> Answer:
        await rig.multiplexer.select(FIRST_PAD + pad - 1)
        await rig.potentiostat.set_current_range(RANGE)
        found = await rig.potentiostat.linear_sweep(BEGIN, END, step=STEP, rate=RATE)
        peak, noise = height(found.potential.values, np.nan_to_num(found.current.values))
        return Answer(pad, peak, noise)

    return await run.step(f"pad {pad}", once, Answer)


def height(potential: Array, current: Array) -> tuple[float, float]:
    """Height in A of the highest current over the line through the sweep's foot, and the foot's
    standard deviation in A. Potentials in V, both of shape (n,)."""
    foot = np.polyfit(potential[:FOOT], current[:FOOT], 1)
    rest = current - np.polyval(foot, potential)
    noise = float(np.sqrt(np.sum(rest[:FOOT] ** 2) / (FOOT - 2)))
    return float(rest.max()), noise


def counted(answers: Sequence[Answer]) -> tuple[int, int]:
    """How many pads work for sure, and how many at most."""
    clear = [one.peak for one in answers if one.peak >= CLEAR * one.noise]
    if not clear:
        return 0, 0
    median = float(np.median(clear))
    sure = sum(1 for peak in clear if peak >= WORKS * median)
    return sure, sum(1 for peak in clear if peak >= DOUBTFUL * median)


def _told(one: Answer) -> Text:
    words = {
        "pad": str(one.pad),
        "peak": f"{one.peak * 1e6:.3g}",
        "noise": f"{one.noise * 1e9:.2g}",
    }
    return Text(N_("Pad {pad}: {peak} uA, noise {noise} nA."), words)
