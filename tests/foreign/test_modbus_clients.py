"""pymodbus (BSD) and minimalmodbus (Apache-2.0) on the Eurotherm 3216."""

from __future__ import annotations

from typing import Any

import pytest

from labctl.platform.pty import available
from tests.foreign.libraries import library
from tests.serving import Served

ROLE = "temperature_controller"
VALUE, TARGET, TYPE, NOWHERE = 1, 2, 122, 9999
"""Registers of the engineering handbook HA028651; values in tenths of a degree."""


def test_minimalmodbus_on_a_terminal(served: Served) -> None:
    if not available():
        pytest.skip("this system has no pseudo-terminals")
    modbus = library("minimalmodbus")
    controller = modbus.Instrument(served.endpoint(ROLE, "pty"), 1)
    controller.serial.baudrate, controller.serial.timeout = 9600, 5.0
    try:
        celsius = controller.read_register(VALUE, number_of_decimals=1, signed=True)
        assert celsius == pytest.approx(served.true(ROLE, "temperature"), abs=0.3)
        assert controller.read_register(TYPE) >> 4 == 0x326
        controller.write_register(TARGET, 31.5, number_of_decimals=1)
        assert controller.read_register(TARGET, number_of_decimals=1) == 31.5
        with pytest.raises(modbus.IllegalRequestError):
            controller.read_register(NOWHERE)
    finally:
        controller.serial.close()


def client(served: Served, kind: str) -> Any:
    clients = library("pymodbus.client")
    if kind == "tcp":
        host, port = served.socket(ROLE, "modbus-tcp")
        return clients.ModbusTcpClient(host, port=port, timeout=5)
    return clients.ModbusSerialClient(served.endpoint(ROLE, "rtu-over-tcp"), timeout=5)


@pytest.mark.parametrize("kind", ["tcp", "rtu over tcp"])
def test_pymodbus(served: Served, kind: str) -> None:
    with client(served, kind) as modbus:
        answer = modbus.read_holding_registers(VALUE, count=1, device_id=1)
        assert answer.registers[0] / 10 == pytest.approx(served.true(ROLE, "temperature"), abs=0.3)
        modbus.write_register(TARGET, 275, device_id=1)
        assert modbus.read_holding_registers(TARGET, count=1, device_id=1).registers == [275]
        refused = modbus.read_holding_registers(NOWHERE, count=1, device_id=1)
        assert refused.isError() and refused.exception_code == 2


def test_many_pymodbus_clients_at_once(served: Served) -> None:
    clients = [client(served, "tcp") for _ in range(8)]
    for modbus in clients:
        assert modbus.connect()
    for _ in range(3):
        for modbus in clients:
            answer = modbus.read_holding_registers(TYPE, count=1, device_id=1)
            assert answer.registers[0] >> 4 == 0x326
    nobody = clients[0].read_holding_registers(TYPE, count=1, device_id=9)
    assert nobody.exception_code == 11
    for modbus in clients:
        modbus.close()


def test_pymodbus_reads_the_ups(served: Served) -> None:
    host, port = served.socket("ups", "modbus-tcp")
    with library("pymodbus.client").ModbusTcpClient(host, port=port, timeout=5) as modbus:
        # Application note 176: 130 state of charge, 151 input voltage, by their scale factors.
        charge = modbus.read_holding_registers(130, count=1, device_id=1).registers[0] / 512
        volts = modbus.read_holding_registers(151, count=1, device_id=1).registers[0] / 64
        assert charge == pytest.approx(served.true("ups", "state_of_charge"), abs=2.0)
        assert volts == pytest.approx(served.true("ups", "input_voltage"), rel=0.03)
        assert modbus.read_holding_registers(60000, count=1, device_id=1).exception_code == 2
