"""The size of a chip by caliper as evidence."""

from __future__ import annotations

from labctl.evidence import Contribution, Evidence
from labctl.i18n import N_
from labctl.run import Run
from labctl.uncertainty import Draws, MonteCarlo, Reduction
from labctl.words import Text, Words
from procedures.methods.gauging import EXPANSION, gauged, mean_length, unstated
from procedures.methods.trace import Trace
from rigs.imaging import ImagingRig

PLACES = {"width": 5, "length": 5}
"""Places along the chip at which each size is gauged."""

BUDGET_DRAWS = 300
"""Draws for a budget line: enough for two digits."""

HOW = N_(
    "{key}: mean of the lengths at {count} places at 20 degC; from {low} mm to {high} mm as "
    "gauged. The mean decides."
)
LEFT_OUT = (
    N_("abrasion of the jaws beyond the limits of error of the caliper"),
    N_("flash and burrs of the edges that the jaws press flat"),
)


async def chip_size(run: Run, rig: ImagingRig) -> Evidence:
    """Evidence for `width` and `length`: means over the places, at 20 degC."""
    read = await gauged(run, rig.caliper, "chip", PLACES)
    return await run.reduce(lambda: _evidence(run, read))


def _evidence(run: Run, read: dict[str, Trace]) -> Evidence:
    known = run.sample.properties
    per_kelvin = run.sample.quantity(EXPANSION, "1/K").value if EXPANSION in known else 0.0

    def of(key: str) -> Reduction:
        def reduction(mc: MonteCarlo) -> Draws:
            return mean_length(mc, key, read[key], run.contributions, per_kelvin)

        return reduction

    lines: list[Contribution] = []
    for key in PLACES:
        lines += run.monte_carlo.budget(of(key), key, BUDGET_DRAWS)
    return run.evidence(
        {key: run.figure(key, of(key), "m") for key in PLACES},
        how=tuple(_how(key, read[key]) for key in PLACES),
        left_out=LEFT_OUT,
        unstated=unstated(run.contributions, tuple(known)),
        budget=tuple(lines),
    )


def _how(key: str, read: Trace) -> Words:
    low, high = (f"{1e3 * value:.2f}" for value in (min(read.values), max(read.values)))
    return Text(HOW, {"key": key, "count": str(len(read.values)), "low": low, "high": high})
