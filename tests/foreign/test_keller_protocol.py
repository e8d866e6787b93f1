"""keller-protocol (MIT), the maker's own package, on the PA-33X's terminal."""

from __future__ import annotations

from typing import Any

import pytest

from labctl.platform.pty import available
from tests.foreign.libraries import library
from tests.serving import Served

ROLE, ADDRESS = "pressure_transducer", 250
PRESSURE, TEMPERATURE, NOWHERE = 1, 4, 9
"""Channels of function 73."""

BAR = 1e5
pytestmark = pytest.mark.skipif(not available(), reason="this system has no pseudo-terminals")


@pytest.fixture
def bus(served: Served) -> Any:
    kind = library("keller_protocol.keller_protocol").KellerProtocol
    bus = kind(served.endpoint(ROLE, "pty"), baud_rate=115200, timeout=2.0, echo=False)
    bus.f48(ADDRESS)
    return bus


def test_it_reads_pressure_and_temperature(served: Served, bus: Any) -> None:
    assert bus.f48(ADDRESS).startswith("5.20-")
    assert bus.f69(ADDRESS) == 0, "a simulated transmitter has no serial number"
    full_scale = bus.f30(ADDRESS, 81) * BAR
    true = served.true(ROLE, "pressure")
    assert abs(bus.f73(ADDRESS, PRESSURE) * BAR - true) <= 5e-4 * full_scale, "0.05 % of range"
    assert abs(bus.f74(ADDRESS, PRESSURE) - true) <= 5e-4 * full_scale, "in Pa"
    assert bus.f73(ADDRESS, TEMPERATURE) == pytest.approx(served.true(ROLE, "temperature"), abs=1.5)


def test_a_zero_is_set_and_taken_back(bus: Any) -> None:
    bus.f95(ADDRESS, 0, 2.5)
    assert bus.f73(ADDRESS, PRESSURE) == pytest.approx(2.5, abs=1e-3)
    bus.f95(ADDRESS, 1)
    assert bus.f30(ADDRESS, 64) == 0.0


def test_what_it_cannot_is_an_error(bus: Any) -> None:
    with pytest.raises(Exception, match="Device Error"):
        bus.f73(ADDRESS, NOWHERE)
    bus.serial.timeout = 0.3
    with pytest.raises(ConnectionRefusedError):
        bus.f48(ADDRESS - 7)


def test_a_damaged_frame_is_seen(served: Served, bus: Any) -> None:
    served.say(f"fault {ROLE} garble mask=1")
    with pytest.raises(Exception, match="CRC16"):
        bus.f73(ADDRESS, PRESSURE)
    assert bus.f73(ADDRESS, PRESSURE) > 0
