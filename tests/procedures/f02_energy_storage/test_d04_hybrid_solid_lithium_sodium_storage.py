"""What direction 2.4 binds to the storage cell rig."""

from __future__ import annotations

from labctl.procedure import registered
from procedures.f02_energy_storage import d04_hybrid_solid_lithium_sodium_storage as d04
from rigs.storage_cell import StorageCellRig


def test_eight_indicators_are_bound_to_the_storage_cell_rig() -> None:
    bound = {
        "2.4-01": d04.lithium_capacity,
        "2.4-02": d04.lithium_specific_energy,
        "2.4-03": d04.lithium_cycle_life,
        "2.4-06": d04.sodium_capacity,
        "2.4-07": d04.sodium_specific_energy,
        "2.4-08": d04.sodium_peak_rate,
        "2.4-09": d04.sodium_cycle_life,
        "2.4-10": d04.sodium_temperature_range,
    }
    specs = registered()
    assert {key: specs[key].function for key in bound} == bound
    assert all(specs[key].rig is StorageCellRig for key in bound)
