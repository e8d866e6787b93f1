"""Direction 9.8: diamond lasers, the shape of their beams and of their pulses."""

from __future__ import annotations

from labctl.evidence import Evidence
from labctl.procedure import procedure
from labctl.run import Run
from procedures.methods.beam_propagation.divergence import beam_divergence
from procedures.methods.beam_propagation.quality import beam_quality
from procedures.methods.beam_propagation.spread import divergence_spread
from rigs.beam import BeamRig


@procedure("9.8-09", rig=BeamRig)
async def quality_of_beam(run: Run, rig: BeamRig) -> Evidence:
    """M2 of the worse axis of the beam."""
    return await beam_quality(run, rig, "beam_quality_m2")


@procedure("9.8-10", rig=BeamRig)
async def divergence_of_beam(run: Run, rig: BeamRig) -> Evidence:
    """Full divergence of the beam in rad."""
    return await beam_divergence(run, rig, "beam_divergence")


@procedure("9.8-11", rig=BeamRig)
async def spread_of_divergence(run: Run, rig: BeamRig) -> Evidence:
    """Largest less smallest full divergence of the wavelengths in rad."""
    return await divergence_spread(run, rig, "beam_divergence_difference")
