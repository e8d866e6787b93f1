"""Conversion and slope efficiency of a laser: output and pump power by one head on one scale.

The same head on the same scale reads both powers, so that its calibration cancels; what is left is
its spectral correction at two wavelengths, the mirrors before it at two places, and the drift of
the pump. The pump is read before and after the output.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from labctl.evidence import Evidence
from labctl.i18n import N_
from labctl.run import Run
from labctl.uncertainty import Draws, MonteCarlo
from labctl.uncertainty.shapes import student
from labctl.words import Text
from procedures.methods.contributions import unstated
from procedures.methods.laser.head import (
    DRIFT,
    OUTPUT,
    PATH,
    PUMP,
    SPECTRAL,
    Levels,
    creep,
    levels,
    place,
    powers,
    stated,
)
from procedures.methods.laser.straight import Straight, straight
from procedures.methods.one_figure import one_figure
from rigs.laser import LaserRig

REPEATS = 4
"""Levels at the rated setting in each pass."""

SHARES = (0.12, 0.23, 0.34, 0.45, 0.56, 0.505, 0.395, 0.285, 0.175)
"""Where between threshold and rated setting the line is read: below the roll-over of most lasers;
whether it is straight there is tested. Up and down again, so that a drift is no slope."""

HEADROOM = 1.05

CONVERSION = N_(
    "One thermal head on one scale read the pump beam before the cavity, the output at the rated "
    "setting, and the pump again: output over the mean of both pump powers."
)
SLOPE = N_(
    "One thermal head on one scale read the pump beam at nine settings above threshold, the output "
    "at the same settings, and the pump again: slope of the line of output over pump by least "
    "squares. A term of second order that stands out of the scatter would make it no evidence."
)
LEFT_OUT = (
    N_("pump light that does not enter the crystal: all that falls on the cavity counts"),
    N_("drift over longer times than the measurement"),
)
BENT = N_(
    "the output does not rise in a straight line between {low} W and {high} W of pump: a slope is "
    "no figure of it"
)


class Passes(msgspec.Struct, frozen=True):
    """The pump before, the output, the pump after, at the same settings."""

    before: Levels
    output: Levels
    after: Levels


async def passes(run: Run, rig: LaserRig, settings: Sequence[float]) -> Passes:
    """The three passes over `settings` of the pump in W; people move the head in between."""
    sheet, most = run.sample, max(settings) * HEADROOM
    waves = {
        PUMP: sheet.quantity("pump_wavelength", "m").value,
        OUTPUT: sheet.quantity("stokes_wavelength", "m").value,
    }
    found = list[Levels]()
    for name, where in (("pump before", PUMP), ("output", OUTPUT), ("pump after", PUMP)):
        await place(run, name, where)
        found.append(await levels(run, rig, name, waves[where], settings, most))
    return Passes(*found)


async def conversion_efficiency(run: Run, rig: LaserRig, result: str) -> Evidence:
    """Evidence for `result`: output over pump power at the rated setting, dimensionless."""
    setting = run.sample.quantity("rated_pump_setting", "W").value
    found = await passes(run, rig, [setting] * REPEATS)
    threshold = run.sample.quantity("pump_threshold", "W").value

    def reduction(mc: MonteCarlo) -> Draws:
        output, pump = both(mc, run, found)
        ratio = output.mean(axis=1, keepdims=True) / pump.mean(axis=1, keepdims=True)
        lever = setting / (setting - threshold)
        drift = 1.0 + (stated(mc, run, DRIFT, "passes") - 1.0) * lever
        return ratio * drift

    return await one_figure(
        run,
        result,
        "dimensionless",
        reduction,
        how=(CONVERSION, *told(run.monte_carlo.like(2), run, found)),
        left_out=LEFT_OUT,
        unstated=unstated(run.sample, run.contributions, (), (SPECTRAL, PATH, DRIFT)),
    )


async def slope_efficiency(run: Run, rig: LaserRig, result: str) -> Evidence:
    """Evidence for `result`: slope of output over pump power above threshold, dimensionless."""
    rated = run.sample.quantity("rated_pump_setting", "W").value
    threshold = run.sample.quantity("pump_threshold", "W").value
    settings = [threshold + share * (rated - threshold) for share in SHARES]
    found = await passes(run, rig, settings)
    output, pump = (part[0] for part in both(run.monte_carlo.like(2), run, found))
    line = straight(pump, output)

    def reduction(mc: MonteCarlo) -> Draws:
        outputs, pumps = both(mc, run, found)
        away = pumps - pumps.mean(axis=1, keepdims=True)
        slope = (away * outputs).sum(axis=1) / (away * away).sum(axis=1)
        scatter = mc.certified("scatter about the line", line.u, student(len(settings) - 2))
        return slope[:, None] * stated(mc, run, DRIFT, "passes") + scatter

    evidence = await one_figure(
        run,
        result,
        "dimensionless",
        reduction,
        how=(SLOPE, *told(run.monte_carlo.like(2), run, found), line_told(line)),
        left_out=LEFT_OUT,
        unstated=unstated(run.sample, run.contributions, (), (SPECTRAL, PATH, DRIFT)),
    )
    words = {"low": f"{pump.min():.0f}", "high": f"{pump.max():.0f}"}
    return msgspec.structs.replace(evidence, invalid=(Text(BENT, words),) if line.is_bent else ())


def both(mc: MonteCarlo, run: Run, found: Passes) -> tuple[Draws, Draws]:
    """Draws of output and pump power in W at each setting, each of shape (draws + 1, n)."""
    outputs = powers(mc, found.output, OUTPUT) + creep(mc, found.output, OUTPUT)
    before = powers(mc, found.before, "before") + creep(mc, found.before, "before")
    after = powers(mc, found.after, "after") + creep(mc, found.after, "after")
    factors = {
        where: stated(mc, run, SPECTRAL, where) * stated(mc, run, PATH, where)
        for where in (OUTPUT, PUMP)
    }
    return outputs * factors[OUTPUT], 0.5 * (before + after) * factors[PUMP]


def told(mc: MonteCarlo, run: Run, found: Passes) -> tuple[Text, ...]:
    """The powers at the highest setting, in words."""
    output, pump = (part[0] for part in both(mc, run, found))
    words = {"output": f"{output.max():.4g}", "pump": f"{pump.max():.4g}"}
    return (Text(N_("At the highest setting {output} W from {pump} W of pump."), words),)


def line_told(line: Straight) -> Text:
    """Threshold and scatter of the line, in words."""
    words = {"threshold": f"{line.crossing:.3g}", "scatter": f"{line.scatter:.2g}"}
    return Text(N_("The line meets zero at {threshold} W; scatter about it {scatter} W."), words)
