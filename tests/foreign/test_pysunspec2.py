"""pysunspec2 (Apache-2.0) on the storage system: it finds the models by itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.foreign.libraries import library
from tests.serving import Served

ROLE = "storage"


@pytest.fixture
def device(served: Served) -> Iterator[Any]:
    host, port = served.socket(ROLE, "modbus-tcp")
    client = library("sunspec2.modbus.client")
    device = client.SunSpecModbusClientDeviceTCP(slave_id=1, ipaddr=host, ipport=port, timeout=5)
    device.scan()
    yield device
    device.close()


def test_it_finds_every_model(device: Any) -> None:
    models = {key for key in device.models if isinstance(key, int)}
    assert {1, 103, 701, 713, 802, 803} <= models
    assert device.common[0].SN.value.startswith("SIM-")


def test_the_battery_at_rest(served: Served, device: Any) -> None:
    battery = device.models[802][0]
    battery.read()
    assert battery.V.cvalue == pytest.approx(served.true(ROLE, "voltage"), rel=0.01)
    assert battery.SoC.cvalue == pytest.approx(served.true(ROLE, "state_of_charge"), abs=3.0)
    assert battery.A.cvalue == pytest.approx(served.true(ROLE, "current"), abs=1.0)


def test_the_grid(served: Served, device: Any) -> None:
    inverter = device.models[701][0]
    inverter.read()
    assert inverter.Hz.cvalue == pytest.approx(served.true(ROLE, "grid_frequency"), abs=0.1)
    assert inverter.LNV.cvalue == pytest.approx(served.true(ROLE, "grid_voltage"), rel=0.02)


def test_a_point_is_written_and_read_back(device: Any) -> None:
    control = device.models[704][0]
    control.read()
    control.WSetEna.value = 0
    control.WSetEna.write()
    control.read()
    assert control.WSetEna.value == 0


def test_what_is_beside_the_map_is_an_exception(device: Any) -> None:
    errors = library("sunspec2.modbus.client")
    with pytest.raises((
        errors.SunSpecModbusClientError,
        library("sunspec2.modbus.modbus").ModbusClientError,
    )):
        device.read(60000, 2)
