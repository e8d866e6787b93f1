"""What the module binds."""

from __future__ import annotations

from labctl.procedure import registered
from procedures.f09_laser import d08_diamond_laser as d08
from rigs.laser import LaserRig


def test_indicators_are_bound_to_the_laser_rig() -> None:
    bound = {
        "9.8-03": d08.continuous_output_power,
        "9.8-07": d08.efficiency_from_pump,
        "9.8-08": d08.slope_above_threshold,
    }
    specs = registered()
    assert {key: specs[key].function for key in bound} == bound
    assert all(specs[key].rig is LaserRig for key in bound)
