"""What the module binds."""

from __future__ import annotations

from labctl.procedure import registered
from procedures.f08_wide_bandgap_semiconductors import d11_ga2o3_monolithic_power_ic as d11
from rigs.semiconductor import SemiconductorRig


def test_indicators_are_bound_to_the_semiconductor_rig() -> None:
    bound = {
        "8.11-06": d11.contacts,
        "8.11-07": d11.transistor_ratio,
        "8.11-08": d11.thresholds,
        "8.11-09": d11.blocks,
        "8.11-10": d11.diode_ratio,
        "8.11-11": d11.inverter,
    }
    specs = registered()
    assert {key: specs[key].function for key in bound} == bound
    assert all(specs[key].rig is SemiconductorRig for key in bound)
