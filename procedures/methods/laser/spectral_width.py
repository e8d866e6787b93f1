"""Width of the lines of a cascaded laser by an optical spectrum analyser."""

from __future__ import annotations

import numpy as np

from labctl.evidence import Evidence
from labctl.i18n import N_
from labctl.run import Run
from labctl.uncertainty import Draws, MonteCarlo
from labctl.words import Text
from procedures.methods.contributions import unknown, unstated
from procedures.methods.laser.lines import width_at
from procedures.methods.laser.orders import SURE, count, seen
from procedures.methods.laser.spectrum import MOST_ORDERS, Spectra, Window, spectra
from procedures.methods.one_figure import one_figure
from rigs.laser import LaserRig

SPEED_OF_LIGHT = 299_792_458.0

WINDOW = Window(half=2.5e-9, resolution=0.02e-9, floor=-60.0)
REPEATS = 10

RESOLUTION = "analyser_resolution"
"""Contribution of the bench, relative: the analyser's resolution bandwidth."""

BELL = (1.6, 2.1)
"""Width at a tenth over width at half of lines that are bell-like: 1.82 of a Gaussian, 3 of a
Lorentzian."""

HOW = N_(
    "Each order was swept ten times with the finest resolution. Full width at half maximum of the "
    "power, less the filter's width in squares, as mean over the sweeps, in frequency; the widest "
    "order decides. The width at a tenth of the height says whether a line is bell-like."
)
LEFT_OUT = (
    N_("shape of the filter, which is taken as bell-like"),
    N_("slower wandering of the line than the ten sweeps, which is not its width"),
)
SHAPE = N_(
    "order {order} is not bell-like (width at a tenth over width at half {ratio}): the filter's "
    "width cannot be taken off in squares"
)
NONE = N_("no order lases, or a line is wider than its window: there is no width")


async def spectral_width(run: Run, rig: LaserRig, result: str) -> Evidence:
    """Evidence for `result`: full width at half maximum of the widest order, in Hz."""
    found = await spectra(run, rig, range(1, MOST_ORDERS + 1), WINDOW, REPEATS)
    pump = run.sample.quantity("pump_wavelength", "m").value
    number = count([seen(found, n, pump) for n in range(1, found.reached + 1)], SURE)
    rows = {n: widths(found, n) for n in range(1, number + 1)}
    if not rows or any(np.isnan(one).any() for one in rows.values()):
        return run.evidence({}, how=HOW, invalid=(Text(NONE, {}),))
    doubts = tuple(_doubt(n, row) for n, row in rows.items() if not is_bell_like(row))
    if doubts:
        return run.evidence({}, how=HOW, invalid=doubts)
    filters = {n: found.of(n)[0].resolution for n in rows}
    scales = {n: _scale(found, n) for n in rows}
    widest = max(rows, key=lambda n: scales[n] * float(np.mean(bare(rows[n][:, 0], filters[n]))))

    def reduction(mc: MonteCarlo) -> Draws:
        off = 1.0 + unknown(mc, run.contributions, RESOLUTION, "dimensionless")
        filter_width = filters[widest] * off
        square = float(np.mean(rows[widest][:, 0] ** 2))
        each = bare(rows[widest][:, 0], filters[widest])
        scatter = mc.repeated("width from sweep to sweep", each) - float(each.mean())
        width = np.sqrt(np.maximum(square - filter_width**2, 0.0)) + scatter
        return scales[widest] * width

    return await one_figure(
        run,
        result,
        "Hz",
        reduction,
        how=(HOW, *(_told(n, scales[n] * rows[n][:, 0]) for n in rows)),
        left_out=LEFT_OUT,
        unstated=unstated(run.sample, run.contributions, (), (RESOLUTION,)),
    )


def widths(found: Spectra, order: int) -> Draws:
    """Widths in m at half and at a tenth of the peak in each sweep of `order`, shape (n, 2)."""
    return np.array([
        [width_at(one.wavelengths, one.watts, share) for share in (0.5, 0.1)]
        for one in found.of(order)
    ])


def bare(width: Draws, filter_width: float) -> Draws:
    """Widths in m without that of the filter, in squares; 0 where they are no wider."""
    return np.sqrt(np.maximum(width**2 - filter_width**2, 0.0))


def is_bell_like(row: Draws) -> bool:
    """Whether the mean ratio of the two widths is that of a bell."""
    ratio = float(np.mean(row[:, 1] / row[:, 0]))
    return BELL[0] < ratio < BELL[1]


def _scale(found: Spectra, order: int) -> float:
    """Hz in a m at the middle of the order's window."""
    one = found.of(order)[0]
    return SPEED_OF_LIGHT / (0.5 * (one.start + one.stop)) ** 2


def _doubt(order: int, row: Draws) -> Text:
    ratio = float(np.mean(row[:, 1] / row[:, 0]))
    return Text(SHAPE, {"order": str(order), "ratio": f"{ratio:.2f}"})


def _told(order: int, hertz: Draws) -> Text:
    words = {"order": str(order), "width": f"{float(hertz.mean()) * 1e-9:.3g}"}
    return Text(N_("Order {order}: {width} GHz with the filter."), words)
