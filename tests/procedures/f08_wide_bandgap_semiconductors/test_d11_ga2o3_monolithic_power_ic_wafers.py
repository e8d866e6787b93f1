"""What the module binds."""

from __future__ import annotations

from labctl.procedure import registered
from procedures.f08_wide_bandgap_semiconductors import (
    d11_ga2o3_monolithic_power_ic_wafers as wafers,
)
from rigs.diffraction import DiffractionRig
from rigs.topography import TopographyRig


def test_wafers_are_bound_to_the_rigs_of_their_instruments() -> None:
    bound = {
        "8.11-01": (wafers.substrate_roughness, TopographyRig),
        "8.11-03": (wafers.film_rocking_curve, DiffractionRig),
        "8.11-04": (wafers.film_roughness, TopographyRig),
    }
    specs = registered()
    assert {key: (specs[key].function, specs[key].rig) for key in bound} == bound
