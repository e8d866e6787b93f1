"""Lake Shore's own client (lakeshore, MIT) and pymeasure (MIT) on the 336, over TCP."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.foreign.libraries import library
from tests.serving import Served

ROLE = "lake_shore_m336"
ZERO = 273.15
LOOKS = 200
"""Looks, 0.1 s apart, in which a heater has moved the stage."""


@pytest.fixture
def controller(served: Served) -> Iterator[Any]:
    host, port = served.socket(ROLE)
    controller = library("lakeshore").Model336(ip_address=host, tcp_port=port, timeout=5.0)
    yield controller
    controller.all_heaters_off()
    controller.disconnect_tcp()


def until(done: Callable[[], bool]) -> bool:
    """Whether `done` within the time of `LOOKS`."""
    pause = threading.Event()
    return any(done() or pause.wait(0.1) for _ in range(LOOKS))


def test_pymeasure_reads_and_controls_the_stage(served: Served) -> None:
    kind = vars(library("pymeasure.instruments.lakeshore"))["LakeShore3xx"]
    instrument = kind(served.endpoint(ROLE, "visa"), visa_library="@py", write_termination="\n")
    try:
        assert "LSCI,MODEL336,SIM-" in instrument.id
        true = served.true(ROLE, "temperature")
        assert instrument.input_A.celsius == pytest.approx(true, abs=0.1)
        assert instrument.input_A.kelvin == pytest.approx(true + ZERO, abs=0.1)
        instrument.output_2.setpoint = 50
        assert instrument.output_2.setpoint == 50
        instrument.output_2.range = "low"
        assert instrument.output_2.range == "low"
        instrument.output_2.range = "off"
        instrument.output_2.mout = 12.5
        assert instrument.output_2.mout == 12.5
        assert instrument.output_2.output == 0.0
    finally:
        instrument.adapter.close()


def test_the_makers_client_reads_the_stage(served: Served, controller: Any) -> None:
    assert controller.model_number == "MODEL336"
    assert controller.serial_number.startswith("SIM-")
    true = served.true(ROLE, "temperature")
    assert controller.get_celsius_reading("A") == pytest.approx(true, abs=0.1)
    assert controller.get_kelvin_reading("A") == pytest.approx(true + ZERO, abs=0.1)
    assert len(controller.get_all_kelvin_reading()) == 4
    status = controller.get_input_reading_status("A")
    assert not status.invalid_reading and not status.temp_overrange
    assert controller.get_input_reading_status("B").invalid_reading
    sensor = controller.get_input_sensor("A")
    assert sensor.sensor_type == controller.InputSensorType.PLATINUM_RTD
    assert sensor.units == controller.InputSensorUnits.KELVIN


def test_the_makers_client_controls_the_stage(served: Served, controller: Any) -> None:
    mode = controller.HeaterOutputMode.CLOSED_LOOP
    channel = controller.InputChannel.CHANNEL_A
    controller.set_heater_output_mode(1, mode, channel)
    assert controller.get_heater_output_mode(1)["mode"] == mode
    controller.set_heater_pid(1, 60, 15, 0)
    assert controller.get_heater_pid(1) == {"gain": 60, "integral": 15, "derivative": 0}
    controller.set_control_setpoint(1, 133.15)
    assert controller.get_control_setpoint(1) == pytest.approx(133.15)
    before = controller.get_kelvin_reading("A")
    controller.set_heater_range(1, controller.HeaterRange.HIGH)
    assert controller.get_heater_range(1) == controller.HeaterRange.HIGH
    assert until(lambda: controller.get_kelvin_reading("A") > before + 0.5)
    assert controller.get_heater_output(1) == pytest.approx(100.0)
    controller.all_heaters_off()
    assert controller.get_heater_range(1) == controller.HeaterRange.OFF
    assert controller.get_heater_output(1) == 0.0


def test_the_makers_client_ramps(served: Served, controller: Any) -> None:
    controller.set_control_setpoint(1, 100.0)
    controller.set_setpoint_ramp_parameter(1, True, 100.0)
    controller.set_control_setpoint(1, 110.0)
    assert controller.get_setpoint_ramp_status(1)
    assert controller.get_setpoint_ramp_parameter(1) == {"ramp_enable": True, "rate_value": 100.0}
    controller.set_setpoint_ramp_parameter(1, False, 100.0)


def test_the_makers_client_sees_what_is_refused(served: Served, controller: Any) -> None:
    problem = library("lakeshore").InstrumentException
    with pytest.raises(problem):
        controller.command("SETP 9,300")
    with pytest.raises(problem):
        controller.command("VOLTS 1")
    assert controller.get_celsius_reading("A") < 0.0
