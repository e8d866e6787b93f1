"""Beam quality factor M2 of a laser, as evidence (ISO 11146-1)."""

from __future__ import annotations

from labctl.evidence import Evidence
from labctl.i18n import N_
from labctl.run import Run
from labctl.uncertainty import Draws, MonteCarlo
from procedures.methods.beam_propagation.measuring import caustic, mirror
from procedures.methods.beam_propagation.reducing import (
    BREATH,
    PITCH,
    lacking,
    qualities,
    told,
    worse,
)
from procedures.methods.beam_propagation.showing import shown
from procedures.methods.contributions import unstated
from rigs.beam import BeamRig

PASSES = 2
WAVELENGTH = "wavelength_1"
"""Property of the sample: the wavelength of the beam."""

HOW = N_(
    "The beam was focused by a mirror and pictured in {planes} planes along its axis, forth and "
    "back, five inside the Rayleigh length and six beyond twice it. Second moments in three times "
    "the beam's width, background taken off by a dark picture and by the pixels without light; a "
    "hyperbola through the squared widths of each axis. The figure is the M2 of the worse axis."
)
LEFT_OUT = (
    N_("what the mirror and the attenuator do to the wave front"),
    N_("non-linearity of the camera; its saturation is looked for"),
)


async def beam_quality(run: Run, rig: BeamRig, result: str) -> Evidence:
    """Evidence for `result`: M2 (1) of the worse of the beam's two axes."""
    wavelength = run.sample.quantity(WAVELENGTH, "m")
    focusing = await mirror(run)
    seen = await caustic(run, rig, "caustic", focusing, PASSES)
    missing = lacking(seen)

    def reduction(mc: MonteCarlo) -> Draws:
        return worse(qualities(mc, "caustic", seen, wavelength, run.contributions))

    return await shown(
        run,
        result,
        "dimensionless",
        reduction,
        missing=missing,
        how=(HOW, () if missing else told(seen, wavelength.value), len(seen.planes)),
        left_out=LEFT_OUT,
        unstated=unstated(run.sample, run.contributions, (), (PITCH, BREATH)),
    )
