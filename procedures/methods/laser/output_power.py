"""Continuous output power of a laser at its rated pump (ISO 11554)."""

from __future__ import annotations

from labctl.evidence import Evidence
from labctl.i18n import N_
from labctl.run import Run
from labctl.uncertainty import Draws, MonteCarlo
from labctl.words import Text
from procedures.methods.contributions import unstated
from procedures.methods.laser.head import (
    DRIFT,
    OUTPUT,
    PATH,
    SPECTRAL,
    Levels,
    creep,
    levels,
    place,
    powers,
    stated,
)
from procedures.methods.one_figure import one_figure
from rigs.laser import LaserRig

REPEATS = 5
"""Levels that follow one another at the rated setting, 38 s each."""

HEADROOM = 1.05
"""The scale holds so many times the power expected."""

HOW = N_(
    "A calibrated thermal head in the output beam, set to the Stokes wavelength of the sheet: mean "
    "of five levels at the rated setting of the pump, each after 30 s, less the zero with the "
    "shutter closed before and after."
)
LEFT_OUT = (
    N_("drift over longer times than the three minutes of the measurement"),
    N_("pump light left in the output beam, which a dichroic mirror takes out"),
)


async def output_power(run: Run, rig: LaserRig, result: str) -> Evidence:
    """Evidence for `result`: output power at the rated setting of the pump, in W."""
    sheet = run.sample
    setting = sheet.quantity("rated_pump_setting", "W").value
    threshold = sheet.quantity("pump_threshold", "W").value
    wavelength = sheet.quantity("stokes_wavelength", "m").value
    await place(run, "output", OUTPUT)
    most = (setting - threshold) * HEADROOM
    found = await levels(run, rig, "output", wavelength, [setting] * REPEATS, most)

    def reduction(mc: MonteCarlo) -> Draws:
        lever = setting / (setting - threshold)
        drift = 1.0 + (stated(mc, run, DRIFT, "output") - 1.0) * lever
        return mean_power(mc, found) * stated(mc, run, SPECTRAL, OUTPUT) * path(mc, run) * drift

    return await one_figure(
        run,
        result,
        "W",
        reduction,
        how=(HOW, *told(found)),
        left_out=LEFT_OUT,
        unstated=unstated(sheet, run.contributions, (), (SPECTRAL, PATH, DRIFT)),
    )


def path(mc: MonteCarlo, run: Run) -> Draws:
    """Draws of the factor by the mirrors of the output path, shape (draws + 1, 1)."""
    return stated(mc, run, PATH, OUTPUT)


def mean_power(mc: MonteCarlo, found: Levels) -> Draws:
    """Draws of the mean power in W over all levels, shape (draws + 1, 1)."""
    each = powers(mc, found, "output")
    return each.mean(axis=1, keepdims=True) + creep(mc, found, "output")


def told(found: Levels) -> tuple[Text, ...]:
    """What the levels were, in words."""
    means = [sum(one.value for one in part) / len(part) for part in found.lit]
    words = {"low": f"{min(means):.4g}", "high": f"{max(means):.4g}"}
    return (Text(N_("The five levels lay between {low} W and {high} W."), words),)
