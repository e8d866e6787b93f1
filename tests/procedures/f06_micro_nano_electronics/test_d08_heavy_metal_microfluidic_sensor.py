"""What the module binds."""

from __future__ import annotations

from labctl.procedure import registered
from procedures.f05_hydrogen import d02_pem_oxygen_evolution_catalyst as catalyst
from procedures.f06_micro_nano_electronics import d08_heavy_metal_microfluidic_sensor as d08
from rigs.voltammetry import VoltammetryRig


def test_six_indicators_are_bound_to_the_voltammetry_rig() -> None:
    bound = {
        "5.2-08": catalyst.activity_of_batches,
        "6.8-02": d08.metals_at_once,
        "6.8-03": d08.worst_detection_limit,
        "6.8-04": d08.time_of_analysis,
        "6.8-06": d08.power_of_system,
        "6.8-07": d08.arrays_on_chip,
    }
    specs = registered()
    assert {key: specs[key].function for key in bound} == bound
    assert all(specs[key].rig is VoltammetryRig for key in bound)
