"""Reduction of curves: the value, and what the uncertainty is made of."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest

from labctl import clock
from labctl.quantity import Quantity
from labctl.traceable import Unstated
from labctl.uncertainty import MonteCarlo
from procedures.methods.photovoltaics.device import Device
from procedures.methods.photovoltaics.iv_reduction import repeatability, stc_power
from procedures.methods.photovoltaics.iv_sweep import Pair, SweepSettings, sweep_pairs
from tests.procedures.fake_rig import rig, sample, smu, true_power
from tests.procedures.fake_run import FakeRun


def pairs(irradiance: float = 1000.0, hysteresis: float = 0.0) -> tuple[list[Pair], Device]:
    found, world = rig()
    world.open, world.level, world.chuck = True, irradiance / world.gain, 20.0
    smu(found).hysteresis = hysteresis
    how = SweepSettings(pairs=4)
    swept = clock.run(sweep_pairs(FakeRun(sample()).run, found, "iv", how), virtual=True)
    return swept, Device(sample(), found.reference_cell, {})


def test_power_is_that_of_the_device() -> None:
    swept, device = pairs()
    found = stc_power(MonteCarlo(500, 1), device, swept, "iv")
    assert found.draws[0] == pytest.approx(true_power(), rel=1e-4)
    assert found.hysteresis == pytest.approx(0.0, abs=1e-9)


def test_power_is_corrected_to_1000_watts_per_square_metre() -> None:
    swept, device = pairs(985.0)
    found = stc_power(MonteCarlo(10, 1), device, swept, "iv")
    assert found.draws[0] == pytest.approx(true_power(), rel=6e-4)


def test_both_directions_are_averaged_and_half_their_difference_is_uncertain() -> None:
    swept, device = pairs(hysteresis=0.02)
    mc = MonteCarlo(4000, 1, only="hysteresis")
    found = stc_power(mc, device, swept, "iv")
    assert found.draws[0] == pytest.approx(true_power(), rel=1e-4)
    assert found.hysteresis == pytest.approx(1 - 0.98 / 1.02, rel=1e-3)
    assert found.draws[1:].std() == pytest.approx(0.02 * true_power() / np.sqrt(3), rel=0.05)


def test_the_reference_cells_uncertainty_is_that_of_the_power() -> None:
    swept, device = pairs()
    mc = MonteCarlo(4000, 1, only="reference_cell/responsivity")
    draws = stc_power(mc, device, swept, "iv").draws
    assert draws[1:].std() / draws[0] == pytest.approx(0.005, rel=0.1)


def test_what_a_bench_states_enters_and_what_it_does_not_is_named() -> None:
    swept, device = pairs()
    stated = {
        "spectral_mismatch": Quantity(0.0, "dimensionless", 0.01),
        "temperature_offset": Quantity(0.0, "K", 0.5),
    }
    told = Device(device.sample, device.cell, stated)
    mc = MonteCarlo(4000, 1, only="bench/spectral_mismatch")
    draws = stc_power(mc, told, swept, "iv").draws
    assert draws[1:].std() / draws[0] == pytest.approx(0.01, rel=0.1)
    assert told.unstated() == (Unstated("non_uniformity"), Unstated("cell_heating", "sample"))
    assert len(device.unstated()) == 4
    bare = msgspec.structs.replace(device.sample, properties={})
    asked = Device(bare, device.cell, stated).unstated("activation_energy")[1:]
    assert asked == (Unstated("cell_heating", "sample"), Unstated("activation_energy", "sample"))


def test_a_new_mounting_draws_the_place_anew_and_nothing_else() -> None:
    _, device = pairs()
    stated = {
        "spectral_mismatch": Quantity(0.0, "dimensionless", 0.01),
        "non_uniformity": Quantity(0.0, "dimensionless", 0.01),
    }
    mc = MonteCarlo(4000, 1)
    first = Device(device.sample, device.cell, stated).light_factor(mc)
    same = Device(device.sample, device.cell, stated).light_factor(mc)
    again = Device(device.sample, device.cell, stated, "again").light_factor(mc)
    assert np.array_equal(first, same)
    assert (again / first)[1:].std() == pytest.approx(0.01 * np.sqrt(2), rel=0.1)


def test_repeatability_widens_the_scatter_of_few_readings() -> None:
    each = np.array([1.0, 1.1, 0.9, 1.0, 1.0])
    assert repeatability(each) == pytest.approx(each.std(ddof=1) / np.sqrt(5) * np.sqrt(2))
    with pytest.raises(ValueError, match="3 readings"):
        repeatability(each[:3])
