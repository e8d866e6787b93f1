from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim_backends.data.photocharging import PACK
from sim_backends.models.storage_pack import StoragePack, open_circuit


def test_the_curve_rises_and_goes_on_straight_beyond_its_ends() -> None:
    volts = [open_circuit(PACK, charge / 100.0) for charge in range(-10, 115)]
    assert volts == sorted(volts)
    assert open_circuit(PACK, 0.0) == pytest.approx(6.0)
    assert open_circuit(PACK, -0.03) == pytest.approx(6.0 - 6 * 0.16)


def test_what_goes_in_comes_out_less_the_coulombic_loss() -> None:
    pack = StoragePack(PACK, 0.2)
    pack.pass_current(0.2, 3600.0)
    assert pack.charge == pytest.approx(0.2 + 0.2 * PACK.efficiency / PACK.capacity)
    pack.pass_current(-0.2 * PACK.efficiency, 3600.0)
    assert pack.charge == pytest.approx(0.2)


def test_the_side_turns_with_the_charge_and_stays_at_rest() -> None:
    pack = StoragePack(PACK, 0.2)
    assert pack.side == -1.0
    pack.pass_current(0.2, 0.05 * PACK.capacity / 0.2 * 3600.0)
    assert pack.side == pytest.approx(1.0 - 2.0 * math.exp(-1.0))
    before = pack.side
    pack.pass_current(0.0, 1e5)
    assert pack.side == before and pack.polarised == pytest.approx(0.0, abs=1e-9)


@settings(max_examples=50, derandomize=True)
@given(st.lists(st.floats(0.1, 500.0), min_size=1, max_size=6), st.floats(-0.5, 0.5))
def test_any_steps_of_one_current_come_to_the_same(steps: list[float], current: float) -> None:
    many, one = StoragePack(PACK, 0.5), StoragePack(PACK, 0.5)
    for step in steps:
        many.pass_current(current, step)
    one.pass_current(current, math.fsum(steps))
    assert many.charge == pytest.approx(one.charge, abs=1e-12)
    assert many.source == pytest.approx(one.source, abs=1e-9)


def test_a_copy_goes_on_apart() -> None:
    pack = StoragePack(replace(PACK, cells=1), 0.4)
    other = pack.copy()
    other.pass_current(1.0, 100.0)
    assert pack.charge == 0.4 and other.charge > 0.4 and pack.source < other.source
