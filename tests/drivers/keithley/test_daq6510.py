"""DAQ6510 driver: what its golden transcript (tests/golden/keithley/daq6510.toml) does not show."""

from __future__ import annotations

from typing import Any, cast, get_args

import pytest

from drivers.keithley.daq6510 import KeithleyDAQ6510
from drivers.roles.arrays import ReadingArray
from drivers.roles.digital_multimeter_scanner import DigitalMultimeterScanner, ScanChannel
from drivers.roles.temperature_logger import Sensor, TemperatureLogger
from labctl.errors import Defect, InstrumentError, LimitRefused, UsageError
from labctl.evidence import Reading
from tests.drivers.scripted import ScriptedMessages, run, transcript

FILE = "keithley/daq6510"
NO_ERROR = {"send": ":SYST:ERR?", "answer": '0,"No error;0;0 0"'}
Daq = KeithleyDAQ6510


def logger(*scenes: str, **limits: float) -> tuple[Daq, ScriptedMessages]:
    link = ScriptedMessages(transcript(FILE, *scenes))
    driver = Daq(link, limits)
    as_logger: TemperatureLogger = driver
    as_scanner: DigitalMultimeterScanner = driver
    assert as_logger is as_scanner
    return driver, link


def scanned(channels: str, count: int, answer: str) -> list[dict[str, Any]]:
    script = transcript(FILE, "temperature")
    script[1]["send"] = script[1]["send"].replace("(@101)", channels)
    data = next(one for one in script if one["send"].startswith(":TRAC:DATA?"))
    data["send"] = f':TRAC:DATA? 1,{count},"defbuffer1",CHAN,READ'
    data["answer"] = answer
    script[-1]["send"] = f":SENS:FUNC? {channels}"
    script[-1]["answer"] = ";".join(['"TEMP"'] * count)
    return script


def test_two_sensors_are_read_in_the_order_asked_for() -> None:
    script = transcript(FILE, "identify", "thermocouple_k", "pt100")
    script += scanned("(@102,101)", 2, "102,2.000000E+01,101,-1.500000E+01")
    link = ScriptedMessages(script)
    driver = Daq(link)

    async def body() -> tuple[Reading, ...]:
        await driver.identify()
        await driver.configure(101, "K")
        await driver.configure(102, "Pt100")
        assert await driver.temperatures([]) == ()
        return await driver.temperatures([102, 101])

    pt100, k = run(body)
    assert link.is_done()
    assert (pt100.value, k.value) == (20.0, -15.0)
    assert pt100.accuracy is not None and k.accuracy is not None
    assert (pt100.accuracy.offset, k.accuracy.offset) == (0.06, 1.0)


def test_a_logger_that_has_restarted_since_is_told_and_gives_no_temperature() -> None:
    script = transcript(FILE, "identify", "thermocouple_k") + scanned("(@101)", 1, "101,1.2E-03")
    script[-1]["answer"] = '"VOLT:DC"'
    driver = Daq(ScriptedMessages(script))

    async def body() -> None:
        await driver.identify()
        await driver.configure(101, "K")
        await driver.temperature(101)

    with pytest.raises(InstrumentError, match="knows no sensor any more") as caught:
        run(body)
    assert caught.value.answer == '"VOLT:DC"' and "configure" in caught.value.remedy


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "garbage",
        "101",
        "101,2.0E+01,102,2.0E+01",
        "102,2.345670E+01",
        "101.5,2.345670E+01",
        "101,nan",
        "101,9.910000E+37",
        "101,-9.900000E+37",
        "101,-3.000000E+02",
        "101,5.000000E+03",
    ],
)
def test_garbage_and_overflow_are_never_a_temperature(answer: str) -> None:
    script = transcript(FILE, "identify", "thermocouple_k") + scanned("(@101)", 1, answer)
    driver = Daq(ScriptedMessages(script))

    async def body() -> None:
        await driver.identify()
        await driver.configure(101, "K")
        with pytest.raises(InstrumentError) as caught:
            await driver.temperature(101)
        assert caught.value.command.startswith(":TRAC:DATA?")
        assert caught.value.address

    run(body)


@pytest.mark.parametrize(("answer", "broken"), [("101,9.900000E+37", True), ("101,2.1E+1", False)])
def test_open_sensors_are_found(answer: str, broken: bool) -> None:
    script = transcript(FILE, "identify", "thermocouple_k") + scanned("(@101)", 1, answer)
    driver = Daq(ScriptedMessages(script))

    async def body() -> bool:
        await driver.identify()
        await driver.configure(101, "K")
        return await driver.is_open(101)

    assert run(body) is broken


def test_a_scan_that_fails_is_told() -> None:
    script = transcript(FILE, "identify", "thermocouple_k") + scanned("(@101)", 1, "")
    state = next(one for one in script if one["send"] == ":TRIG:STAT?")
    state["answer"] = "FAILED;FAILED;2"
    driver = Daq(ScriptedMessages(script))

    async def body() -> None:
        await driver.identify()
        await driver.configure(101, "K")
        with pytest.raises(InstrumentError, match="did not come to its end"):
            await driver.temperature(101)

    run(body)


def test_voltages_and_resistances_are_scanned_with_the_line_of_their_range() -> None:
    script = transcript(FILE, "identify")
    script += [
        {"send": ':SENS:FUNC "VOLT:DC",(@101);:SENS:VOLT:RANG:AUTO ON,(@101)'},
        NO_ERROR,
        {"send": ':SENS:FUNC "FRES",(@103);:SENS:FRES:RANG:AUTO ON,(@103)'},
        NO_ERROR,
    ]
    script += scanned("(@101,103)", 2, "101,5.100000E+00,103,9.950000E+01")[:-1]
    link = ScriptedMessages(script)
    driver = Daq(link)

    async def body() -> tuple[Reading, ...]:
        await driver.identify()
        assert await driver.scan([]) == ()
        return await driver.scan([ScanChannel(101, "voltage"), ScanChannel(103, "resistance_4w")])

    volts, ohms = run(body)
    assert link.is_done()
    assert (volts.unit, ohms.unit) == ("V", "ohm")
    assert volts.accuracy is not None and ohms.accuracy is not None
    assert (volts.accuracy.range, ohms.accuracy.range) == (10.0, 100.0)


def test_digitized_voltages_come_in_pieces() -> None:
    pieces = ["1.0E+00," * 999 + "1.0E+00", "2.0E+00,3.0E+00"]
    script = [
        *transcript(FILE, "identify"),
        {
            "send": ':SENS:DIG:FUNC "VOLT";:SENS:DIG:VOLT:RANG 10;:SENS:DIG:VOLT:SRAT 1000'
            ';:SENS:DIG:COUN 1002;:TRAC:CLE "defbuffer1"'
        },
        NO_ERROR,
        {"send": ':READ:DIG? "defbuffer1"', "answer": "3.0E+00", "after": 1.0},
        {"send": ':TRAC:DATA? 1,1000,"defbuffer1",READ', "answer": pieces[0]},
        {"send": ':TRAC:DATA? 1001,1002,"defbuffer1",READ', "answer": pieces[1]},
    ]
    link = ScriptedMessages(script)
    driver = Daq(link)

    async def body() -> ReadingArray:
        await driver.identify()
        return await driver.digitize_voltage(sample_rate=1000.0, samples=1002, voltage_range=9.0)

    found = run(body)
    assert link.is_done()
    assert found.values.shape == (1002,)
    assert (found.values[0], found.values[-1]) == (1.0, 3.0)
    assert found.accuracy is not None and found.accuracy.range == 10.0


def test_a_sensor_must_be_configured_first() -> None:
    driver, link = logger("identify")

    async def body() -> None:
        await driver.identify()
        with pytest.raises(UsageError, match="has no sensor"):
            await driver.temperature(101)
        with pytest.raises(UsageError, match="reference junction"):
            await driver.cold_junction()

    run(body)
    assert link.is_done()


@pytest.mark.parametrize("sensor", get_args(Sensor))
def test_every_sensor_of_the_role_has_commands_and_a_line(sensor: str) -> None:
    asked: list[str] = []

    class Recording(ScriptedMessages):
        async def write(self, command: str) -> None:
            asked.append(command)

    link = Recording([*[one for one in transcript(FILE, "identify") if "answer" in one], NO_ERROR])
    driver = Daq(link)

    async def body() -> None:
        await driver.identify()
        await driver.configure(105, cast(Sensor, sensor))

    run(body)
    assert f"TYPE {sensor}," in asked[-1] or "FRTD" in asked[-1]
    assert ("RTD:ZERO 1000" in asked[-1]) == (sensor == "Pt1000")
    assert any(line.function == f"temperature {sensor}" for line in driver.accuracies)


def test_what_the_cards_do_not_have_is_refused() -> None:
    driver, link = logger("identify", voltage=50.0)

    async def body() -> None:
        await driver.identify()
        for channel in (1, 100, 121, 301):
            with pytest.raises(LimitRefused):
                await driver.configure(channel, "K")
        with pytest.raises(LimitRefused):
            await driver.configure(111, "Pt100")
        with pytest.raises(LimitRefused):
            await driver.scan([ScanChannel(115, "resistance_4w")])
        with pytest.raises(InstrumentError, match="holds no 7700"):
            await driver.configure(201, "K")
        with pytest.raises(LimitRefused):
            await driver.measure_voltage(voltage_range=51.0)
        with pytest.raises(LimitRefused):
            await driver.measure_current(current_range=3.1)
        with pytest.raises(LimitRefused):
            await driver.measure_resistance(wires=cast(Any, 3))
        for rate, samples in ((999.0, 10), (1.1e6, 10), (1000.0, 0)):
            with pytest.raises(LimitRefused):
                await driver.digitize_voltage(sample_rate=rate, samples=samples, voltage_range=1.0)

    run(body)
    assert link.is_done()


def test_identity_before_it_was_asked_is_a_defect() -> None:
    driver, _ = logger()
    with pytest.raises(Defect):
        _ = driver.identity


def test_resync_forgets_what_was_configured() -> None:
    script = transcript(FILE, "identify", "thermocouple_k")
    link = ScriptedMessages([*script, {"send": "*CLS"}, NO_ERROR, {"send": ":ABOR"}, NO_ERROR])
    driver = Daq(link)

    async def body() -> None:
        await driver.identify()
        await driver.configure(101, "K")
        await driver.resync()
        with pytest.raises(UsageError):
            await driver.temperature(101)

    run(body)
    assert link.is_done() and link.resyncs == 1
