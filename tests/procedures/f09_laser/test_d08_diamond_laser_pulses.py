"""What the module binds."""

from __future__ import annotations

from labctl.procedure import registered
from procedures.f09_laser import d08_diamond_laser_pulses as d08
from rigs.pulses import PulsesRig


def test_indicators_are_bound_to_the_pulse_rig() -> None:
    bound = {"9.8-04": d08.power_in_equilibrium, "9.8-05": d08.power_of_short_pulses}
    specs = registered()
    assert {key: specs[key].function for key in bound} == bound
    assert all(specs[key].rig is PulsesRig for key in bound)
