"""What the module binds."""

from __future__ import annotations

from labctl.procedure import registered
from procedures.f08_wide_bandgap_semiconductors import d11_ga2o3_monolithic_power_ic_warp as module
from rigs.wafer_shape import WaferShapeRig


def test_warp_is_bound_to_the_rig_of_its_gauge() -> None:
    spec = registered()["8.11-02"]
    assert (spec.function, spec.rig) == (module.substrate_warp, WaferShapeRig)
