"""What the modules bind, and with which set points they are called."""

from __future__ import annotations

from labctl.procedure import registered
from procedures.f01_new_energy import (
    d01_flexible_perovskite_zinc_ion_photostorage as d01,
)
from procedures.f01_new_energy import d02_wide_gap_chalcopyrite_silicon_tandem as d02
from rigs.photovoltaic import PhotovoltaicRig


def test_the_five_indicators_are_bound_to_the_photovoltaic_rig() -> None:
    bound = {
        "1.1-03": d01.cell_efficiency,
        "1.1-04": d01.loss_after_light,
        "1.1-05": d01.loss_after_bending,
        "1.1-12": d01.module_areal_power,
        "1.2-06": d02.loss_after_maximum_power,
    }
    specs = registered()
    assert {key: specs[key].function for key in bound} == bound
    assert all(specs[key].rig is PhotovoltaicRig for key in bound)
