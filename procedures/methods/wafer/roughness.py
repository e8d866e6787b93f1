"""Roughness of a wafer by force microscope, as evidence (ISO 25178-2, ISO 25178-3).

Sq over all places: the root of the mean square of the scale-limited surfaces. Each place is
pictured twice, so that noise and offsets of lines, which the two do not share, do not count.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from labctl.asking.prompts import NumberPrompt
from labctl.evidence import Evidence, Observed
from labctl.i18n import N_
from labctl.quantity import Quantity
from labctl.run import Run
from labctl.uncertainty import Draws, MonteCarlo
from labctl.words import Text, Words
from procedures.methods.contributions import unknown, unstated
from procedures.methods.wafer.places import BAND, Place, Step, place, standard
from rigs.topography import TopographyRig

PLACES = 5
"""Places on the wafer."""

STEP, LINEAR, LATERAL, TIP = "step_height", "z_linearity", "lateral_scale", "tip_radius"
BENCH = (STEP, LINEAR, LATERAL, TIP)
"""Contributions that the bench states: of the standard's height (m), of the microscope's
sensitivity for a nanometre against that for the standard and of its lateral scale (relative), of
the tip's radius (m)."""

SEEN = 0.8
"""Least correlation of two pictures of a place: below, they show another place each, or noise."""

BUDGET_DRAWS = 300

HEIGHT = NumberPrompt(
    "step/height",
    N_("Height of the bar of the step standard by its certificate"),
    unit="m",
    low=1e-9,
    high=1e-6,
    simulated="44 nm",
)
DIAMETER = NumberPrompt(
    "wafer/diameter",
    N_("Diameter of the wafer by caliper"),
    unit="m",
    low=5e-3,
    high=0.5,
    u=5e-5,
    simulated="50.8 mm",
)
HOW = N_(
    "Sq of the S-L surface of {count} places, root of the mean square: S-filter {small} um, "
    "L-filter {large} um (Gaussian), form of second order taken off. Each place was pictured "
    "twice; what the two do not share (noise {noise} nm of one picture, offsets of lines) does not "
    "count. Pictures of {side} um, points {pitch} nm apart."
)
BESIDE = N_(
    "Places from {low} nm to {high} nm. Single pictures with their noise: Sq {single} nm, Sa "
    "{mean} nm. Heights are scaled by a step standard, by {scale}. The text does not say whether "
    "Ra or Rq counts: Sq decides, which is never below Sa."
)
LEFT_OUT = (
    N_("particles, scratches and other flaws beside the pictured places"),
    N_("waves longer than the L-filter passes and structure finer than the S-filter"),
)
FAULTS: Mapping[str, str] = {
    "missing": N_("a picture has missing points"),
    "dropped": N_("a picture has dropped lines"),
    "repeated": N_("a picture has repeated lines or points"),
    "saturated": N_("a picture is saturated"),
    "same": N_("one picture of a place is a copy of the other"),
    "processed": N_("the heights of a picture are not raw"),
    "unlike": N_("two pictures of a place differ in size or pitch"),
    "small": N_("a picture is too small for the nesting index of the L-filter"),
    "coarse": N_("the points of a picture lie too far apart for the nesting index of the S-filter"),
    "apart": N_("two pictures of a place show different places, or noise alone"),
}


async def roughness(run: Run, rig: TopographyRig, result: str) -> Evidence:
    """Evidence for `result`: Sq in m over places of the wafer."""
    if run.band("wafer_diameter", "m") is not None:
        across = await run.ask(DIAMETER)
        run.observe(Observed("wafer_diameter", across.value, "m", across.u))
    height = (await run.ask(HEIGHT)).value
    step = await standard(run, rig)
    seen = [await place(run, rig, number, PLACES) for number in range(1, PLACES + 1)]
    return await run.reduce(lambda: _evidence(run, result, height, step, seen))


def _evidence(run: Run, result: str, height: float, step: Step, seen: Sequence[Place]) -> Evidence:
    lacking = unstated(run.sample, run.contributions, (), BENCH)
    invalid = wrong(seen)
    if invalid:
        return run.evidence({}, how=HOW_NOT, invalid=invalid, unstated=lacking)

    def reduction(mc: MonteCarlo) -> Draws:
        return over_places(mc, height, step, seen, run.contributions)

    return run.evidence(
        {result: run.figure(result, reduction, "m")},
        how=told(height, step, seen),
        left_out=LEFT_OUT,
        unstated=lacking,
        budget=run.monte_carlo.budget(reduction, result, BUDGET_DRAWS),
    )


HOW_NOT = N_("No figure: at least one picture is no evidence.")


def wrong(seen: Sequence[Place]) -> tuple[Words, ...]:
    """Why these places are no evidence; empty where they are."""
    hashes = [one for each in seen for one in each.sha256]
    found = [each.fault for each in seen if each.fault]
    found += ["same"] if len(set(hashes)) < len(hashes) else []
    found += ["apart" for each in seen if not each.fault and not each.correlation >= SEEN]
    return tuple(FAULTS[fault] for fault in dict.fromkeys(found))


def over_places(
    mc: MonteCarlo,
    height: float,
    step: Step,
    seen: Sequence[Place],
    contributions: Mapping[str, Quantity],
) -> Draws:
    """Draws of Sq in m over all places, shape (draws + 1, 1).

    `height` in m is the standard's by its certificate. The scatter of the places holds the noise of
    the evaluation and what the wafer is uneven.
    """
    squares = mc.repeated("afm/places", [each.square for each in seen], "place to place")
    out = np.sqrt(np.maximum(squares, 0.0))
    bar = mc.repeated("afm/step", step.heights, "step standard as measured")
    out = out * (height + unknown(mc, contributions, STEP, "m")) / bar
    out = out * (1.0 + unknown(mc, contributions, LINEAR, "dimensionless"))
    slope = 0.5 * float(np.mean([each.slope for each in seen]))
    out = out * (1.0 + slope * unknown(mc, contributions, LATERAL, "dimensionless"))
    blunt = contributions.get(TIP, Quantity(0.0, "m")).to("m").u
    ridden = max(each.steep * (_radius(each) + 2.0 * blunt) for each in seen)
    return out + mc.rectangular("afm/tip", ridden, "tip of finite radius")


def _radius(seen: Place) -> float:
    """The tip's radius in m by the file; 0 where it states none."""
    return seen.tip if seen.tip == seen.tip else 0.0


def told(height: float, step: Step, seen: Sequence[Place]) -> tuple[Text, ...]:
    """How it was measured, and what stands beside the figure."""
    roots = np.sqrt([max(each.square, 0.0) for each in seen]) * height / np.mean(step.heights)
    values = {
        "count": str(len(seen)),
        "small": f"{1e6 * BAND.small:g}",
        "large": f"{1e6 * BAND.large:g}",
        "noise": _nm(max(each.noise for each in seen)),
        "side": f"{1e6 * min(each.side for each in seen):.3g}",
        "pitch": f"{1e9 * max(each.pitch for each in seen):.3g}",
    }
    more = {
        "low": _nm(float(roots.min())),
        "high": _nm(float(roots.max())),
        "single": _nm(float(np.mean([each.single for each in seen]))),
        "mean": _nm(float(np.mean([each.mean for each in seen]))),
        "scale": f"{height / float(np.mean(step.heights)):.4f}",
    }
    return Text(HOW, values), Text(BESIDE, more)


def _nm(length: float) -> str:
    return f"{1e9 * length:.3f}"
