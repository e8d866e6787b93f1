"""Divergence of a laser by the width in the focal plane of a mirror, as evidence (ISO 11146-1)."""

from __future__ import annotations

from labctl.evidence import Evidence
from labctl.i18n import N_
from labctl.run import Run
from labctl.uncertainty import Draws, MonteCarlo
from procedures.methods.beam_propagation.measuring import caustic, mirror
from procedures.methods.beam_propagation.quality import WAVELENGTH
from procedures.methods.beam_propagation.reducing import (
    BREATH,
    FOCUS,
    LENGTH,
    PITCH,
    divergences,
    lacking,
    told,
    worse,
)
from procedures.methods.beam_propagation.showing import shown
from procedures.methods.contributions import unstated
from rigs.beam import BeamRig

PASSES = 2
BENCH = (PITCH, LENGTH, FOCUS, BREATH)

HOW = N_(
    "The beam was focused by a mirror and pictured in {planes} planes along its axis, forth and "
    "back. The width in the focal plane, read off the hyperbola through all planes, over the focal "
    "length is the full divergence of the laser, of the worse axis: the slope that its caustic "
    "comes to far away and nowhere exceeds, so that near the output it is no larger."
)
LEFT_OUT = (N_("what the mirror and the attenuator do to the wave front"),)


async def beam_divergence(run: Run, rig: BeamRig, result: str) -> Evidence:
    """Evidence for `result`: full divergence in rad of the worse of the beam's two axes."""
    wavelength = run.sample.quantity(WAVELENGTH, "m")
    focusing = await mirror(run)
    seen = await caustic(run, rig, "caustic", focusing, PASSES)
    missing = lacking(seen)

    def reduction(mc: MonteCarlo) -> Draws:
        return worse(divergences(mc, "caustic", seen, focusing, run.contributions))

    return await shown(
        run,
        result,
        "rad",
        reduction,
        missing=missing,
        how=(HOW, () if missing else told(seen, wavelength.value), len(seen.planes)),
        left_out=LEFT_OUT,
        unstated=unstated(run.sample, run.contributions, (), BENCH),
    )
