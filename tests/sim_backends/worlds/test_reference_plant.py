from __future__ import annotations

import pytest

from sim_backends.worlds.reference.plant import CELLS, ports


def test_the_truth_is_what_the_ports_show() -> None:
    devices, truth = ports(1, 5.0)
    assert set(devices) == set(truth)
    chamber, rack, air = devices["chamber"], devices["rack"], devices["probe_air"]
    day = 86405.0
    assert chamber.temperature(day) == pytest.approx(truth["chamber"]["temperature"][0])
    assert chamber.humidity(day) == pytest.approx(truth["chamber"]["humidity"][0])
    for name, (value, _) in truth["rack"].items():
        if name != "plate_heater":
            assert rack.sense(name, day) == pytest.approx(value)
    assert air.carbon_dioxide(day) * 1e6 == truth["probe_air"]["carbon_dioxide"][0]
    for number, cell in enumerate(devices["cells"], 1):
        assert cell.voltage(day) == pytest.approx(truth["cells"][f"channel_{number}_voltage"][0])
        assert cell.state_of_charge(day) == pytest.approx(CELLS[number - 1])


def test_nothing_is_shared_between_two_worlds() -> None:
    one, two = ports(1, 0.0)[0], ports(1, 0.0)[0]
    one["chamber"].condition(1.0, 0.0, 0.0)
    one["rack"].drive("plate_heater", 100.0, 0.0)
    one["cells"][0].drive(-1.0, 0.0)
    assert two["chamber"].temperature(600.0) == pytest.approx(23.0)
    assert two["rack"].sense("plate_temperature", 600.0) == pytest.approx(23.0)
    assert two["cells"][0].voltage(600.0) > one["cells"][0].voltage(600.0) + 0.01
