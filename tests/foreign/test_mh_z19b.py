"""pymh-z19b-serial (its metadata says MIT and LGPL-3.0) on the MH-Z19B's terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from labctl.platform.pty import available
from tests.foreign.libraries import library
from tests.serving import Served

ROLE = "gas_sensor"
pytestmark = pytest.mark.skipif(not available(), reason="this system has no pseudo-terminals")


@pytest.fixture
def sensor(served: Served) -> Iterator[Any]:
    sensor = library("mh_z19b.sync").Sensor(
        port=served.endpoint(ROLE, "pty"), baudrate=9600, timeout=2
    )
    yield sensor
    sensor.serial.close()


def test_it_reads_the_gas_mixture(served: Served, sensor: Any) -> None:
    metric = sensor.read_metric()
    true = served.true(ROLE, "carbon_dioxide")
    assert abs(metric.co2 - true) <= 50 + 0.03 * true, "the data sheet: 50 ppm + 3 %"
    assert metric.temperature == pytest.approx(served.true(ROLE, "temperature"), abs=3)


def test_a_corrupted_frame_is_seen(served: Served, sensor: Any) -> None:
    served.say(f"fault {ROLE} garble mask=1")
    with pytest.raises(AssertionError):
        sensor.read_metric()
    sensor.serial.reset_input_buffer()
    assert sensor.read_metric().co2 > 0


def test_a_silent_sensor_is_seen(served: Served, sensor: Any) -> None:
    served.say(f"fault {ROLE} silence")
    with pytest.raises(AssertionError, match="length"):
        sensor.read_metric()
    assert sensor.read_metric().co2 > 0
