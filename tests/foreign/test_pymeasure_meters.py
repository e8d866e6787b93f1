"""pymeasure (MIT), its Keithley2400 and AgilentE4980, through pyvisa-py and a TCP socket."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import pytest

from tests.foreign.libraries import library
from tests.serving import Served

SMU, BRIDGE = "source_meter_2400", "impedance_analyzer"
LINE = {"visa_library": "@py", "read_termination": "\n", "write_termination": "\n"}


@pytest.fixture
def smu(served: Served) -> Iterator[Any]:
    meter = library("pymeasure.instruments.keithley").Keithley2400(
        served.endpoint(SMU, "visa"), **LINE
    )
    meter.clear()
    yield meter
    meter.source_enabled = False
    meter.adapter.close()


@pytest.fixture
def bridge(served: Served) -> Iterator[Any]:
    meter = library("pymeasure.instruments.agilent").AgilentE4980(
        served.endpoint(BRIDGE, "visa"), timeout=5000, **LINE
    )
    meter.clear()
    yield meter
    meter.adapter.close()


def test_keithley_2400_measures_the_resistor(served: Served, smu: Any) -> None:
    ohms = served.true(SMU, "resistance")
    assert "MODEL 2400,SIM-" in smu.id
    smu.reset()
    smu.reset_data_format()
    smu.source_mode = "voltage"
    smu.source_voltage_range = 2
    smu.compliance_current = 0.01
    smu.source_voltage = 1.0
    smu.enable_source()
    assert smu.source_enabled
    assert smu.current == pytest.approx(1.0 / ohms, rel=2e-3)
    assert smu.voltage == pytest.approx(1.0, rel=2e-3)
    everything = smu.measure_all()
    assert everything["voltage"] / everything["current"] == pytest.approx(ohms, rel=4e-3)
    assert everything["resistance"] == pytest.approx(ohms, rel=4e-3)
    smu.wires = 4
    assert smu.wires == 4
    smu.disable_source()
    assert not smu.source_enabled and not smu.check_errors()


def test_keithley_2400_sources_a_current(served: Served, smu: Any) -> None:
    smu.reset()
    smu.reset_data_format()
    smu.source_mode = "current"
    smu.source_current_range = 1e-3
    smu.compliance_voltage = 5
    smu.source_current = 1e-3
    smu.enable_source()
    assert smu.voltage == pytest.approx(1e-3 * served.true(SMU, "resistance"), rel=2e-3)


def test_keithley_2400_holds_its_compliance(smu: Any) -> None:
    smu.reset()
    smu.reset_data_format()
    smu.source_mode = "voltage"
    smu.source_voltage_range = 20
    smu.compliance_current = 1e-3
    smu.source_voltage = 10.0
    smu.enable_source()
    everything = smu.measure_all()
    assert everything["current"] == pytest.approx(1e-3, rel=1e-2)
    assert everything["status"] & 1 << 3, "the status word tells compliance"


def test_what_a_keithley_2400_refuses_is_in_its_queue(smu: Any) -> None:
    smu.write("NO:SUCH:COMMAND 1")
    (error,) = smu.check_errors()
    assert error[0] == -113
    smu.write(":SOURCE:VOLTAGE 1000")
    (error,) = smu.check_errors()
    assert error[0] == -222
    assert not smu.check_errors()


def test_agilent_e4980_measures_the_network(served: Served, bridge: Any) -> None:
    ohms, reactance = (served.true(BRIDGE, name) for name in ("resistance", "reactance"))
    assert "E4980A,SIM-" in bridge.id
    bridge.mode = "RX"
    bridge.ac_voltage = 1.0
    bridge.frequency = served.true(BRIDGE, "frequency")
    bridge.aperture("MED", 1)
    bridge.trigger_source = "BUS"
    assert (bridge.mode, bridge.trigger_source) == ("RX", "BUS")
    bridge.write(":INIT:CONT ON;:TRIG:IMM")
    size = math.hypot(ohms, reactance)
    assert bridge.impedance == pytest.approx([ohms, reactance], abs=2e-3 * size)
    assert bridge.aperture() == ["MED", 1] or bridge.aperture() == ("MED", 1)
    assert not bridge.check_errors()


def test_agilent_e4980_sweeps_a_list(served: Served, bridge: Any) -> None:
    bridge.mode = "RX"
    bridge.ac_voltage = 1.0
    ohms, reactances = bridge.freq_sweep([1e3, 10e3, 100e3])
    assert len(ohms) == len(reactances) == 3
    assert ohms[0] == pytest.approx(served.true(BRIDGE, "resistance"), rel=0.01)
    assert reactances[0] == pytest.approx(served.true(BRIDGE, "reactance"), rel=0.01)
    assert ohms[2] < ohms[1] < ohms[0]


def test_what_an_agilent_e4980_refuses_is_in_its_queue(bridge: Any) -> None:
    bridge.write(":FREQ:CW 1")
    (error,) = bridge.check_errors()
    assert error[0] == -222
    bridge.write("NO:SUCH 1")
    (error,) = bridge.check_errors()
    assert error[0] == -113
