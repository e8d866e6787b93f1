"""pymeasure (MIT), through pyvisa-py and a TCP socket."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tests.foreign.libraries import library
from tests.serving import Served

LINE = {"visa_library": "@py", "read_termination": "\n", "write_termination": "\n"}
"""What pyvisa needs to know of a raw socket, as with the real instrument."""


@contextmanager
def opened(served: Served, name: str, role: str) -> Iterator[Any]:
    module = "thorlabs" if name.startswith("Thorlabs") else "keithley"
    kind = vars(library(f"pymeasure.instruments.{module}"))[name]
    instrument = kind(served.endpoint(role, "visa"), **LINE)
    try:
        yield instrument
    finally:
        instrument.adapter.close()


def test_keithley_2450_measures_the_resistor(served: Served) -> None:
    ohms = served.true("source_meter", "resistance")
    with opened(served, "Keithley2450", "source_meter") as meter:
        assert "MODEL 2450,SIM-" in meter.id
        meter.reset()
        meter.apply_voltage(voltage_range=2, compliance_current=0.01)
        meter.source_voltage = 1.0
        meter.enable_source()
        meter.measure_current()
        assert meter.current == pytest.approx(1.0 / ohms, rel=2e-3)
        meter.measure_voltage()
        assert meter.voltage == pytest.approx(1.0, rel=1e-3)
        meter.apply_current(current_range=0.01, compliance_voltage=10)
        meter.source_current = 1e-3
        meter.enable_source()
        meter.measure_voltage()
        assert meter.voltage == pytest.approx(1e-3 * ohms, rel=2e-3)
        meter.measure_resistance()
        assert meter.resistance == pytest.approx(ohms, rel=2e-3)
        meter.shutdown()
        assert not meter.source_enabled and not meter.check_errors()


def test_keithley_2450_holds_its_compliance(served: Served) -> None:
    with opened(served, "Keithley2450", "source_meter") as meter:
        meter.reset()
        meter.apply_voltage(voltage_range=20, compliance_current=1e-3)
        meter.source_voltage = 10.0
        meter.enable_source()
        meter.measure_current()
        assert meter.current == pytest.approx(1e-3, rel=1e-2)
        meter.shutdown()


@pytest.mark.parametrize("name", ["Keithley2450", "KeithleyDMM6500", "KeithleyDAQ6510"])
def test_a_wrong_command_is_an_error_in_the_queue(served: Served, name: str) -> None:
    roles = {
        "Keithley2450": "source_meter",
        "KeithleyDMM6500": "multimeter",
        "KeithleyDAQ6510": "scanner",
    }
    with opened(served, name, roles[name]) as instrument:
        instrument.clear()
        instrument.write("NO:SUCH:COMMAND 1")
        (error,) = instrument.check_errors()
        assert error[0] == -113 and "Undefined header" in error[1]
        assert not instrument.check_errors()


def test_keithley_dmm6500_measures_the_source(served: Served) -> None:
    volts = served.true("multimeter", "voltage")
    with opened(served, "KeithleyDMM6500", "multimeter") as meter:
        assert "MODEL DMM6500,SIM-" in meter.id
        meter.reset()
        assert meter.voltage == pytest.approx(volts, rel=2e-4)
        meter.measure_voltage(1)
        assert meter.mode == "voltage" and meter.range == 1.0
        assert meter.voltage == pytest.approx(volts, rel=2e-4)
        meter.range = 0.1
        assert meter.voltage > 9e37, "an overload reads 9.9E37"


def test_keithley_daq6510_measures_the_source(served: Served) -> None:
    volts = served.true("scanner", "voltage")
    with opened(served, "KeithleyDAQ6510", "scanner") as meter:
        assert "MODEL DAQ6510,SIM-" in meter.id
        meter.reset()
        meter.measure_voltage()
        assert meter.voltage == pytest.approx(volts, rel=2e-4)
        assert not meter.check_errors()


def test_keithley_2636b_measures_with_both_channels(served: Served) -> None:
    ohms = served.true("dual_source_meter", "resistance")
    with opened(served, "Keithley2600", "dual_source_meter") as meter:
        assert "Model 2636B, SIM-" in meter.id
        meter.reset()
        for channel in (meter.ChA, meter.ChB):
            channel.apply_voltage(2, 0.01)
            channel.source_voltage = 1.0
            channel.source_output = "ON"
            assert channel.current == pytest.approx(1.0 / ohms, rel=2e-3)
            assert channel.voltage == pytest.approx(1.0, rel=2e-3)
            assert channel.resistance == pytest.approx(ohms, rel=4e-3)
            channel.shutdown()
            assert channel.source_output == "OFF"
        assert not meter.check_errors()
        meter.write("smua.source.levelv = 1e6")
        code, text = meter.next_error
        assert code != 0 and text


def test_thorlabs_pm100_measures_the_beam(served: Served) -> None:
    watts = served.true("power_meter", "power")
    metres = served.true("power_meter", "wavelength")
    with opened(served, "ThorlabsPM100USB", "power_meter") as meter:
        assert "SIM-" in meter.id
        meter.wavelength = metres * 1e9
        assert meter.wavelength == pytest.approx(metres * 1e9)
        assert meter.power == pytest.approx(watts, rel=0.06)
        meter.write("NO:SUCH 1")
        (error,) = meter.check_errors()
        assert error[0] == -113
