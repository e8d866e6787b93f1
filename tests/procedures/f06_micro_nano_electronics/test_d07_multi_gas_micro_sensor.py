"""What the module binds."""

from __future__ import annotations

from labctl.procedure import registered
from procedures.f06_micro_nano_electronics import d07_multi_gas_micro_sensor as d07
from rigs.gas_sensing import GasSensingRig


def test_the_indicators_are_bound_to_the_gas_sensing_rig() -> None:
    bound = {
        "6.7-02": d07.worst_detection_limit,
        "6.7-03": d07.time_of_response,
        "6.7-04": d07.rate_of_false_alarms,
        "6.7-05": d07.volume_of_package,
    }
    specs = registered()
    assert {key: specs[key].function for key in bound} == bound
    assert all(specs[key].rig is GasSensingRig for key in bound)
