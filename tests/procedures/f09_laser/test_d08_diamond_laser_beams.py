"""What the module binds."""

from __future__ import annotations

from labctl.procedure import registered
from procedures.f09_laser import d08_diamond_laser_beams as d08
from rigs.beam import BeamRig


def test_indicators_are_bound_to_the_beam_rig() -> None:
    bound = {
        "9.8-09": d08.quality_of_beam,
        "9.8-10": d08.divergence_of_beam,
        "9.8-11": d08.spread_of_divergence,
    }
    specs = registered()
    assert {key: specs[key].function for key in bound} == bound
    assert all(specs[key].rig is BeamRig for key in bound)
