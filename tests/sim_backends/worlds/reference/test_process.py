from __future__ import annotations

import pytest

from sim_backends.emulators.alicat.element import FULL_SCALE, LITRES, STANDARD
from sim_backends.models.gas_line import NORMAL_TEMPERATURE
from sim_backends.worlds.reference.process import (
    CONTROLLED,
    LOAD,
    METERED,
    SEALED,
    TRUTH,
    VESSEL_PRESSURE,
    ports,
)


def test_every_port_stands_at_its_truth() -> None:
    devices, truth = ports(1, 0.0)
    assert set(devices) == set(truth)
    gauge = devices["vessel"].pressure(1.0) - SEALED
    assert gauge == pytest.approx(truth["vessel"]["pressure"][0])
    assert devices["pan"].loading(1.0).mass == LOAD
    assert devices["axis"].position(1.0) == truth["axis"]["position"][0]
    state = devices["metered_line"].state(1.0, 1.0)
    assert state.flow == truth["metered_line"]["flow"][0] == METERED
    assert devices["controlled_line"].state(0.0, 1.0).flow == 0.0


def test_a_gas_flow_is_told_as_mass_too() -> None:
    # Nitrogen in the normal state has 1.2498 kg/m3.
    assert TRUTH["metered_line"]["mass_flow"][0] == pytest.approx(METERED * 1.2498, rel=1e-4)


def test_the_lines_suit_instruments_of_their_range() -> None:
    full = FULL_SCALE / LITRES * NORMAL_TEMPERATURE / STANDARD
    assert METERED < full < CONTROLLED
    assert VESSEL_PRESSURE - SEALED < 10e5


def test_two_worlds_share_no_device() -> None:
    first, second = ports(1, 0.0)[0], ports(1, 0.0)[0]
    first["pan"].put(1e-3, 1.0)
    assert second["pan"].loading(2.0).mass == LOAD
