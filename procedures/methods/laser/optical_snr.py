"""Optical signal-to-noise ratio of a laser's lines: power of the weakest over the background."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from labctl.evidence import Evidence
from labctl.i18n import N_
from labctl.run import Run
from labctl.uncertainty import Draws, MonteCarlo
from labctl.words import Text
from procedures.methods.contributions import unstated
from procedures.methods.laser.head import stated
from procedures.methods.laser.lines import line
from procedures.methods.laser.orders import SURE, count, seen
from procedures.methods.laser.spectrum import MOST_ORDERS, Spectra, Window, spectra
from procedures.methods.one_figure import one_figure
from rigs.laser import LaserRig

BANDWIDTH = 0.1e-9
"""m in which the background counts (ITU-T G.692, the usual reference of optical ratios)."""

WINDOW = Window(half=10e-9, resolution=0.2e-9, floor=-84.0)
"""Wide and sensitive: the filter's skirts are far below the background in its outer half."""

REPEATS = 4

ABOVE = 20.0
"""The background must be so many times what is seen in the dark."""

COUPLING = "coupling_ratio"
"""Contribution of the bench, relative: line over background, in the fibre over in the beam."""

HOW = N_(
    "Power of the line over the background beside it in 0.1 nm, both through one filter in one "
    "sweep, so that its width cancels; mean of four sweeps in decibels. The weakest line decides."
)
LEFT_OUT = (
    N_("linearity of the analyser's level between line and background"),
    N_("background under the line that differs from that beside it"),
    N_("the reference bandwidth of 0.1 nm, which the text does not state"),
)
FLOOR = N_(
    "the background of order {order} is not above the analyser's own noise: the ratio could be "
    "larger than what was seen"
)
NONE = N_("no line was found at the place of the first order")


async def optical_snr(run: Run, rig: LaserRig, result: str, most: int = MOST_ORDERS) -> Evidence:
    """Evidence for `result`: power of the weakest line over the background in 0.1 nm, in dB, among
    up to `most` orders."""
    found = await spectra(run, rig, range(1, most + 1), WINDOW, REPEATS)
    pump = run.sample.quantity("pump_wavelength", "m").value
    number = count([seen(found, n, pump) for n in range(1, found.reached + 1)], SURE)
    if not number:
        return run.evidence({}, how=HOW, invalid=(Text(NONE, {}),))
    orders = range(1, number + 1)
    covered = tuple(Text(FLOOR, {"order": str(n)}) for n in orders if not is_above(found, n))
    if covered:
        return run.evidence({}, how=HOW, invalid=covered)
    rows = {n: ratios(found, n) for n in orders}
    weakest = min(rows, key=lambda n: float(np.mean(rows[n])))

    def reduction(mc: MonteCarlo) -> Draws:
        factor = np.maximum(stated(mc, run, COUPLING, f"order {weakest}"), 0.1)
        mean = mc.repeated("ratio from sweep to sweep", rows[weakest])
        return mean + 10.0 * np.log10(factor)

    return await one_figure(
        run,
        result,
        "dB",
        reduction,
        how=(HOW, *(_told(n, rows[n]) for n in rows)),
        left_out=LEFT_OUT,
        unstated=unstated(run.sample, run.contributions, (), (COUPLING,)),
    )


def ratios(found: Spectra, order: int) -> list[float]:
    """Line over background in 0.1 nm of each sweep of `order`, in dB."""
    shown = [line(one.wavelengths, one.watts) for one in found.of(order)]
    return [float(10.0 * np.log10(one.area / (one.background * BANDWIDTH))) for one in shown]


def is_above(found: Spectra, order: int) -> bool:
    """Whether the background of every sweep is well above the mean of the dark one."""
    dark = float(np.mean(found.dark_of(order).watts))
    seen_there = [line(one.wavelengths, one.watts).background for one in found.of(order)]
    return min(seen_there) > ABOVE * dark


def _told(order: int, decibels: Sequence[float]) -> Text:
    words = {"order": str(order), "ratio": f"{float(np.mean(decibels)):.2f}"}
    return Text(N_("Order {order}: {ratio} dB."), words)
