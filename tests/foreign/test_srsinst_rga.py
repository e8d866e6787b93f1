"""srsinst.rga (MIT), the maker's own client, on the mass spectrometer's terminal.

The head's 28800 baud are no standard rate, which a pseudo-terminal refuses; it has none.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from labctl.platform.pty import available
from tests.foreign.libraries import library
from tests.serving import Served

ROLE = "mass_spectrometer"
TORR = 133.322368
pytestmark = pytest.mark.skipif(not available(), reason="this system has no pseudo-terminals")


@pytest.fixture
def head(served: Served) -> Iterator[Any]:
    port = served.endpoint(ROLE, "pty")
    head = library("srsinst.rga").RGA100("serial", port, 38400, True)
    yield head
    head.cem.turn_off()
    head.filament.turn_off()
    head.disconnect()


def test_it_knows_the_head(head: Any) -> None:
    model, serial, firmware = head.check_id()
    assert (model, serial[:4], firmware) == ("SRSRGA200", "SIM-", "0.24")
    assert head.get_max_mass() == 200


def test_pressures_are_those_of_the_chamber(served: Served, head: Any) -> None:
    assert head.filament.turn_on() == 0
    assert head.ionizer.emission_current == pytest.approx(1.0, abs=0.02)
    factor = head.pressure.get_partial_pressure_sensitivity_in_torr() * TORR
    nitrogen = factor * head.scan.get_single_mass_scan(28)
    assert nitrogen == pytest.approx(served.true(ROLE, "nitrogen_partial_pressure"), rel=0.1)
    total = head.pressure.get_total_pressure_in_torr() * TORR
    assert total == pytest.approx(served.true(ROLE, "total_pressure"), rel=0.1)


def test_scans_show_the_gases(head: Any) -> None:
    head.filament.turn_on()
    head.scan.set_parameters(26, 30, 7, 10)
    analog = head.scan.get_analog_scan()
    masses = head.scan.get_mass_axis(True)
    assert masses[analog.argmax()] == pytest.approx(28.0, abs=0.1)
    bars = head.scan.get_histogram_scan()
    assert len(bars) == 5
    assert bars.argmax() == 2
    assert bars[2] == pytest.approx(head.scan.get_single_mass_scan(28), rel=0.02)


def test_a_bad_parameter_stands_in_the_error_bytes(head: Any) -> None:
    head.comm.send("MI999")
    assert head.status.get_errors() == "CM1"
    assert "Bad Parameter" in head.status.get_error_text("CM1")
    assert head.status.get_errors() == "NE"


def test_a_silent_head_is_told(served: Served, head: Any) -> None:
    head.comm.set_timeout(1.0)
    served.say(f"fault {ROLE} silence")
    with pytest.raises(library("srsgui").InstCommunicationError):
        head.query_text("ID?")
    assert head.query_text("ID?").startswith("SRSRGA")
