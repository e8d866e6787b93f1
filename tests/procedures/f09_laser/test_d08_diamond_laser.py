"""What the module binds."""

from __future__ import annotations

from labctl.procedure import registered
from procedures.f09_laser import d08_diamond_laser as d08
from rigs.laser import LaserRig


def test_indicators_are_bound_to_the_laser_rig() -> None:
    bound = {
        "9.8-01": d08.single_frequency,
        "9.8-02": d08.orders_of_cascade,
        "9.8-03": d08.continuous_output_power,
        "9.8-06": d08.balance_of_orders,
        "9.8-07": d08.efficiency_from_pump,
        "9.8-08": d08.slope_above_threshold,
        "9.8-12": d08.width_of_single_line,
        "9.8-13": d08.width_of_orders,
        "9.8-14": d08.ratio_of_single_line,
        "9.8-15": d08.ratio_of_orders,
    }
    specs = registered()
    assert {key: specs[key].function for key in bound} == bound
    assert all(specs[key].rig is LaserRig for key in bound)
