"""Width of the rocking curve of an epitaxial wafer, as evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import sin

import numpy as np

from labctl.asking.prompts import NumberPrompt
from labctl.evidence import Evidence
from labctl.i18n import N_
from labctl.quantity import Quantity
from labctl.run import Run
from labctl.uncertainty import Draws, MonteCarlo
from labctl.words import Text, Words
from procedures.methods.contributions import unknown, unstated
from procedures.methods.wafer.curves import (
    Curve,
    arcsec,
    beam_width,
    place_curve,
    reference_curve,
)
from rigs.diffraction import DiffractionRig

PLACES = (-20, -10, 0, 10, 20)
"""Places along the plane of diffraction, in mm from the middle of the wafer."""

OWN, DEAD, SCALE = "reference_width", "dead_time", "omega_scale"
BENCH = (OWN, DEAD, SCALE)
"""Contributions that the bench states: of the reference crystal's own width (rad), of the
detector's dead time (s), of the goniometer's scale (relative)."""

BUDGET_DRAWS = 300

WIDTH = NumberPrompt(
    "reference/width",
    N_("Full width at half maximum of the reference crystal itself by its certificate"),
    unit="rad",
    low=0.0,
    high=2e-4,
    simulated="4 arcsec",
)
DEAD_TIME = NumberPrompt(
    "detector/dead_time",
    N_("Dead time of the detector by its certificate"),
    unit="s",
    low=0.0,
    high=1e-4,
    simulated="0.4 us",
)
HOW = N_(
    "Omega scans at {count} places along the plane of diffraction, mean of their full widths at "
    "half maximum. Each is a pseudo-Voigt fitted with the instrument folded in, {beam} arcsec by "
    "the curve of a reference crystal less its own width; dead time of the detector corrected. "
    "The wafer's own curvature counts as the wafer's."
)
BESIDE = N_(
    "Places from {low} to {high} arcsec; curves as they are, by half maximum, {half} arcsec; "
    "Lorentzian share {share}. Peaks shift by {bend} arcsec a millimetre: so much a footprint of 1 "
    "mm is smeared. Detector at {angle} degrees, lattice planes {spacing} nm apart; the text "
    "names no reflection."
)
NOT = N_("No figure: at least one curve is no evidence.")
LEFT_OUT = (
    N_("interpolation of the goniometer's encoder from flank to flank"),
    N_("places of the wafer beside the scanned line"),
)
FAULTS: Mapping[str, str] = {
    "axis": N_("a scan did not move omega"),
    "missing": N_("a scan lacks counts or its counting time"),
    "attenuator": N_("an attenuator was in the beam: its counts cannot be corrected for dead time"),
    "few": N_("a curve has too few counts at its peak"),
    "saturated": N_("the detector was at its end"),
    "coarse": N_("a peak has too few points"),
    "narrow": N_("a scan does not show enough on both sides of its peak"),
    "shape": N_("a curve is not one peak: its fit leaves more than counting explains"),
    "same": N_("one file was handed in for two places"),
    "beam": N_("the reference crystal's curve is not wider than the crystal's own width"),
}


async def rocking_width(run: Run, rig: DiffractionRig, result: str) -> Evidence:
    """Evidence for `result`: mean full width at half maximum over places of the wafer, in rad."""
    own, dead = (await run.ask(WIDTH)).value, (await run.ask(DEAD_TIME)).value
    reference = await reference_curve(run, rig, dead)
    beam = beam_width(reference, own)
    seen = list[Curve]()
    for number, place in enumerate(PLACES):
        run.progress(number / len(PLACES), f"{place} mm")
        seen.append(await place_curve(run, rig, place, beam, dead))
    return await run.reduce(lambda: _evidence(run, result, own, dead, reference, seen))


def _evidence(
    run: Run, result: str, own: float, dead: float, reference: Curve, seen: Sequence[Curve]
) -> Evidence:
    lacking = unstated(run.sample, run.contributions, (), BENCH)
    invalid = wrong(reference, own, seen)
    if invalid:
        return run.evidence({}, how=NOT, invalid=invalid, unstated=lacking)

    def reduction(mc: MonteCarlo) -> Draws:
        return mean_width(mc, own, dead, reference, seen, run.contributions)

    return run.evidence(
        {result: run.figure(result, reduction, "rad")},
        how=told(own, reference, seen),
        left_out=LEFT_OUT,
        unstated=lacking,
        budget=run.monte_carlo.budget(reduction, result, BUDGET_DRAWS),
    )


def wrong(reference: Curve, own: float, seen: Sequence[Curve]) -> tuple[Words, ...]:
    """Why these curves are no evidence; empty where they are."""
    curves = (reference, *seen)
    found = [each.fault for each in curves if each.fault]
    found += ["same"] if len({each.sha256 for each in curves}) < len(curves) else []
    found += ["beam"] if not reference.fault and reference.width <= own else []
    return tuple(FAULTS[fault] for fault in dict.fromkeys(found))


def mean_width(
    mc: MonteCarlo,
    own: float,
    dead: float,
    reference: Curve,
    seen: Sequence[Curve],
    contributions: Mapping[str, Quantity],
) -> Draws:
    """Draws of the mean width in rad, shape (draws + 1, 1).

    The scatter of the places holds counting and what the wafer is uneven. What the shape that is
    fitted gets wrong is taken from the width by half maximum, less the instrument in squares.
    """
    beam = beam_width(reference, own)
    out = mc.repeated("xrd/places", [each.width for each in seen], "place to place")
    counted = reference.u * mc.normal("xrd/reference", "counts of the reference crystal")
    wider = (reference.width * counted - own * unknown(mc, contributions, OWN, "rad")) / beam
    out = out + float(np.mean([each.by_beam for each in seen])) * wider
    if dead > 0.0:
        late = unknown(mc, contributions, DEAD, "s") / dead
        out = out + float(np.mean([each.by_dead for each in seen])) * late
    out = out + mc.rectangular("xrd/shape", abs(shape_error(beam, seen)), "shape of the curve")
    return out * (1.0 + unknown(mc, contributions, SCALE, "dimensionless"))


def shape_error(beam: float, seen: Sequence[Curve]) -> float:
    """Mean width in rad by half maximum, less the `beam` as far as the fit takes it off, less that
    by the fit.

    How much a `beam` widens a curve between Gaussian and Lorentzian is the fit's own account:
    half of its slope at that width, since the widening goes with its square.
    """
    return float(np.mean([each.half + 0.5 * each.by_beam * beam - each.width for each in seen]))


def told(own: float, reference: Curve, seen: Sequence[Curve]) -> tuple[Text, ...]:
    """How it was measured, and what stands beside the figure."""
    widths = [each.width for each in seen]
    bend = np.polyfit([each.place for each in seen], [each.peak for each in seen], 1)[0]
    angle = seen[0].two_theta
    values = {"count": str(len(seen)), "beam": arcsec(beam_width(reference, own))}
    more = {
        "low": arcsec(min(widths)),
        "high": arcsec(max(widths)),
        "half": arcsec(float(np.mean([each.half for each in seen]))),
        "share": f"{float(np.mean([each.share for each in seen])):.2f}",
        "bend": arcsec(1e-3 * abs(float(bend))),
        "angle": f"{np.degrees(angle):.2f}",
        "spacing": f"{0.5e9 * seen[0].wavelength / sin(0.5 * angle):.4f}",
    }
    return Text(HOW, values), Text(BESIDE, more)
