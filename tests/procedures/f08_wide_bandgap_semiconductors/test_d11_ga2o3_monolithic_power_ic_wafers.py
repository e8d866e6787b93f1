"""What the module binds."""

from __future__ import annotations

from labctl.procedure import registered
from procedures.f08_wide_bandgap_semiconductors import (
    d11_ga2o3_monolithic_power_ic_wafers as wafers,
)
from rigs.topography import TopographyRig


def test_roughness_is_bound_to_the_topography_rig() -> None:
    bound = {"8.11-01": wafers.substrate_roughness, "8.11-04": wafers.film_roughness}
    specs = registered()
    assert {key: specs[key].function for key in bound} == bound
    assert all(specs[key].rig is TopographyRig for key in bound)
