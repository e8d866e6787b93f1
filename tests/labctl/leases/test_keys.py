from __future__ import annotations

import socket
import sys
from pathlib import Path

import pytest

from labctl.leases.keys import keys_of
from labctl.platform.hosts import host_name

SAME = [
    ("tcp://192.0.2.10:5025", "visa://TCPIP0::192.0.2.10::5025::SOCKET"),
    ("tcp://192.0.2.10:5025", "visa://tcpip::192.0.2.10::5025::socket"),
    ("tcp://192.0.2.10:4001", "socket://192.0.2.10:4001"),
    ("tcp://192.0.2.10:4001", "rfc2217://192.0.2.10:4001?baudrate=9600"),
    ("tcp://192.0.2.10:4001", "serial://socket://192.0.2.10:4001"),
    ("tcp://[2001:db8::1]:5025", "tcp://[2001:0DB8:0::1]:5025"),
    ("tcp://127.0.0.1:5025", "tcp://[::1]:5025"),
    ("visa://TCPIP::192.0.2.10::INSTR", "visa://TCPIP0::192.0.2.10::inst0::INSTR"),
    ("visa://TCPIP::192.0.2.10::INSTR", "visa://TCPIP0::192.0.2.10::hislip0,4880::INSTR"),
    ("visa://USB0::0x05E6::0x2450::0431::INSTR", "visa://USB::1510::9296::0431::0::INSTR"),
    ("visa://GPIB0::5::INSTR", "visa://gpib::5::0::INSTR"),
    ("visa://ASRL/dev/ttyUSB7::INSTR", "serial:///dev/ttyUSB7?baudrate=115200"),
    ("serial://COM3", "serial://\\\\.\\com3"),
    ("serial:///dev/ttyUSB7", "modbus+rtu:///dev/ttyUSB7?unit=3"),
    ("modbus+tcp://192.0.2.10", "modbus+tcp://192.0.2.10:502?unit=1"),
    ("ble://aa:bb:cc:dd:ee:ff", "ble://AA:BB:CC:DD:EE:FF"),
    ("mqtt://192.0.2.10", "mqtt://192.0.2.10:1883"),
]

OTHER = [
    ("tcp://192.0.2.10:5025", "tcp://192.0.2.11:5025"),
    ("tcp://192.0.2.10:5025", "tcp://192.0.2.10:5026"),
    ("visa://GPIB0::5::INSTR", "visa://GPIB1::5::INSTR"),
    ("visa://GPIB0::5::INSTR", "visa://GPIB0::5::1::INSTR"),
    ("visa://USB::1510::9296::0431::INSTR", "visa://USB::1510::9296::0432::INSTR"),
    ("modbus+tcp://192.0.2.10?unit=1", "modbus+tcp://192.0.2.10?unit=2"),
    ("ble://name/Thermometer", "ble://name/THERMOMETER"),
    ("mqtt://192.0.2.10?gateway=a", "mqtt://192.0.2.10?gateway=b"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_two_spellings_of_one_instrument_have_a_key_in_common(one: str, other: str) -> None:
    assert set(keys_of(one)) & set(keys_of(other))


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_two_instruments_have_no_key_in_common(one: str, other: str) -> None:
    assert not set(keys_of(one)) & set(keys_of(other))


def test_two_units_of_a_serial_line_share_its_port_alone() -> None:
    one, other = (set(keys_of(f"modbus+rtu:///dev/ttyS9?unit={unit}")) for unit in (1, 2))
    assert one & other == set(keys_of("serial:///dev/ttyS9"))
    assert one - other and other - one


def test_what_hangs_on_one_machine_bears_its_name() -> None:
    local = ("serial:///dev/ttyS9", "visa://GPIB0::5::INSTR", "tcp://localhost:1", "process://x")
    for address in local:
        assert all(host_name() in key for key in keys_of(address)), address
    for address in ("tcp://192.0.2.10:1", "ble://AA:BB:CC:DD:EE:FF"):
        assert not any(host_name() in key for key in keys_of(address)), address


def test_simulated_instruments_and_folders_need_none() -> None:
    assert keys_of("sim:visa") == keys_of("sim:modbus://x") == keys_of("folder:///data") == ()


@pytest.mark.parametrize(
    "text", ["", "COM3", "visa://", "visa://TCPIP", "visa://USB::x::y::z", "a://"]
)
def test_what_is_no_address_has_a_key_all_the_same(text: str) -> None:
    assert len(keys_of(text)) == 1


def test_a_host_by_name_is_known_by_its_numbers_too(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [(0, 0, 0, "", ("192.0.2.10", 0)), (0, 0, 0, "", ("192.0.2.11", 0))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda name, port: rows)
    keys = keys_of("tcp://SMU.lab.:5025")
    assert keys == ("tcp:smu.lab:5025", "tcp:192.0.2.10:5025", "tcp:192.0.2.11:5025")


def test_a_name_that_nobody_knows_is_its_own_key(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(name: str, port: object) -> None:
        raise socket.gaierror("unknown")

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    assert keys_of("tcp://smu.lab:5025") == ("tcp:smu.lab:5025",)


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_a_port_by_its_number_is_the_device_it_leads_to(tmp_path: Path) -> None:
    device, link = tmp_path / "ttyUSB0", tmp_path / "by-id"
    device.touch()
    link.symlink_to(device)
    assert keys_of(f"serial://{link}") == keys_of(f"serial://{device}")
