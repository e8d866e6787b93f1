"""Addresses: the scheme says which link; a wrong one is refused with what would be right."""

from __future__ import annotations

import pytest

from drivers.links.doors import Doors
from drivers.links.opening import (
    open_link,
    open_message_link,
    open_register_link,
    parse_address,
)
from drivers.links.settings import MessageSettings, RegisterSettings
from labctl import clock
from labctl.errors import UsageError


def test_parts_of_an_address() -> None:
    parts = parse_address("modbus+rtu:///dev/ttyUSB1?baudrate=9600&unit=1")
    assert (parts.scheme, parts.target) == ("modbus+rtu", "/dev/ttyUSB1")
    assert parts.options == {"baudrate": "9600", "unit": "1"}
    assert parse_address("serial://sim://1-lamp?baudrate=9600").target == "sim://1-lamp"


@pytest.mark.parametrize("text", ["", "COM3", "visa:", "visa://", "/dev/ttyUSB0"])
def test_no_address(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_address(text)
    assert "visa" in caught.value.remedy


@pytest.mark.parametrize(
    ("address", "settings"),
    [
        ("modbus+tcp://192.0.2.1", MessageSettings()),
        ("http://192.0.2.1", MessageSettings()),
        ("sim:visa", MessageSettings()),
        ("visa://TCPIP::192.0.2.1::5025::SOCKET", RegisterSettings()),
    ],
)
def test_scheme_that_does_not_fit(
    address: str, settings: MessageSettings | RegisterSettings
) -> None:
    with pytest.raises(UsageError) as caught:
        clock.run(open_link(address, Doors(), settings), virtual=True)
    assert caught.value.address == address
    assert caught.value.remedy


@pytest.mark.parametrize("options", ["?unit=0", "?unit=248", "?unit=x"])
def test_wrong_unit_number(options: str) -> None:
    with pytest.raises(UsageError, match="unit"):
        clock.run(open_register_link(f"modbus+tcp://192.0.2.1:502{options}"), virtual=True)


def test_wrong_port_and_frame() -> None:
    with pytest.raises(UsageError, match="port"):
        clock.run(open_register_link("modbus+tcp://192.0.2.1:99999"), virtual=True)
    with pytest.raises(UsageError):
        clock.run(open_message_link("serial://loop://?parity=Q"), virtual=True)
