"""2450 driver against transcripts in the manual's formats (tests/golden/keithley/k2450.toml)."""

from __future__ import annotations

from itertools import pairwise

import pytest

from drivers.generic.scpi import Scpi
from drivers.keithley._trigger_model import PATIENCE, SLOWER, STATE, until_idle
from drivers.keithley.k2450 import Keithley2450
from drivers.roles.source_meter import IVPoint, SourceMeter
from labctl import clock
from labctl.errors import Defect, InstrumentError, LimitRefused, LinkError
from tests.drivers.scripted import ScriptedMessages, run, transcript

FILE = "keithley/k2450"
NO_ERROR = {"send": ":SYST:ERR?", "answer": '0,"No error;0;0 0"'}


def meter(*scenes: str, **limits: float) -> tuple[Keithley2450, ScriptedMessages]:
    link = ScriptedMessages(transcript(FILE, *scenes))
    driver = Keithley2450(link, limits)
    as_role: SourceMeter = driver
    assert as_role is driver
    return driver, link


def test_identity_is_as_read() -> None:
    driver, link = meter("identify")
    identity = run(driver.identify)
    assert (identity.maker, identity.model) == ("KEITHLEY INSTRUMENTS", "2450")
    assert (identity.serial, identity.firmware) == ("04031234", "1.6.7c")
    assert not identity.simulated
    assert driver.identity is identity
    assert link.is_done()


def test_identity_before_it_was_asked_is_a_defect() -> None:
    driver, _ = meter()
    with pytest.raises(Defect):
        _ = driver.identity


@pytest.mark.parametrize(
    ("scene", "command", "answer"),
    [("another_model", "*IDN?", "MODEL 2461"), ("another_language", "*LANG?", "TSP")],
)
def test_another_instrument_is_refused(scene: str, command: str, answer: str) -> None:
    driver, _ = meter(scene)
    with pytest.raises(InstrumentError) as caught:
        run(driver.identify)
    error = caught.value
    assert error.command == command
    assert answer in error.answer
    assert error.address
    assert error.remedy


@pytest.mark.parametrize("garbage", ["", "   ", "2450", "A,B", "\\xff\\xfe,,,"])
def test_garbage_for_an_identity_is_refused(garbage: str) -> None:
    driver = Keithley2450(ScriptedMessages([{"send": "*IDN?", "answer": garbage}]))
    with pytest.raises(InstrumentError):
        run(driver.identify)


def test_ranges_are_fixed_and_only_a_new_level_is_sent_again() -> None:
    driver, link = meter("source_half_a_volt", "another_level")

    async def body() -> None:
        await driver.source_voltage(0.5, compliance=0.05)
        await driver.source_voltage(0.6, compliance=0.05)

    run(body)
    assert link.is_done()


def test_reading_carries_time_serial_and_the_line_of_its_range() -> None:
    driver, link = meter("identify", "source_half_a_volt", "output_on", "measure")

    async def body() -> tuple[IVPoint, float, float]:
        await driver.identify()
        await driver.source_voltage(0.5, compliance=0.05)
        await driver.output(True)
        return await driver.measure(), *clock.stamp()

    point, t, utc = run(body)
    assert link.is_done()
    assert (point.voltage.value, point.voltage.unit) == (0.4999512, "V")
    assert (point.current.value, point.current.unit) == (-0.03512345, "A")
    assert not point.in_compliance
    assert (point.current.t, point.current.utc) == (t, utc)
    assert point.current.serial == "04031234"
    assert point.current.address == driver.address
    assert point.voltage.accuracy is not None and point.current.accuracy is not None
    assert point.voltage.accuracy.range == 2.0
    assert (point.voltage.accuracy.gain, point.voltage.accuracy.offset) == (0.00012, 300e-6)
    assert point.current.accuracy.range == 0.1
    assert (point.current.accuracy.gain, point.current.accuracy.offset) == (0.00025, 6e-6)


def test_compliance_is_told() -> None:
    driver, _ = meter("identify", "source_half_a_volt", "measure_limited")

    async def body() -> IVPoint:
        await driver.identify()
        await driver.source_voltage(0.5, compliance=0.05)
        return await driver.measure()

    assert run(body).in_compliance


def test_output_is_off_while_another_function_is_chosen() -> None:
    driver, link = meter("source_half_a_volt", "open_circuit_while_on")

    async def body() -> None:
        await driver.source_voltage(0.5, compliance=0.05)
        await driver.source_current(0.0, compliance=2.0)

    run(body)
    assert link.is_done()


def test_refused_settings_raise_with_every_text_of_the_queue() -> None:
    driver, link = meter("settings_refused")
    with pytest.raises(InstrumentError) as caught:
        run(lambda: driver.integrate(5.0))
    assert "-222 Parameter 1 error: out of range" in caught.value.answer
    assert "-113 Undefined header" in caught.value.answer
    assert caught.value.command == ":SENS:VOLT:NPLC 5;:SENS:CURR:NPLC 5"
    assert link.is_done()


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "garbage",
        "1.0E-01",
        "1.0E-01,2.0E-02",
        "1.0E-01,2.0E-02,136,7",
        "1.0E-01,nan,136",
        "1.0E-01,inf,136",
        "1.0E-01,9.9E37,136",
        "1.0E-01,-9.9E+37,136",
        "9.91E37,1.0E-02,136",
        "1.0E-01;2.0E-02;136",
    ],
)
def test_garbage_and_overflow_are_never_a_value(answer: str) -> None:
    script = transcript(FILE, "identify", "source_half_a_volt")
    script.append({"send": ':READ? "defbuffer1",SOUR,READ,SOURSTAT', "answer": answer})
    driver = Keithley2450(ScriptedMessages(script))

    async def body() -> None:
        await driver.identify()
        await driver.source_voltage(0.5, compliance=0.05)
        with pytest.raises(InstrumentError) as caught:
            await driver.measure()
        assert caught.value.command.startswith(":READ?")
        assert caught.value.address

    run(body)


def test_error_of_a_command_without_answer_is_told() -> None:
    script = transcript(FILE, "source_half_a_volt")
    script.append({"send": ':READ? "defbuffer1",SOUR,READ,SOURSTAT'})
    script.append({"send": ":SYST:ERR?", "answer": '5066,"Output off;1;2026"'})
    driver = Keithley2450(ScriptedMessages(script))

    async def body() -> None:
        await driver.source_voltage(0.5, compliance=0.05)
        with pytest.raises(InstrumentError, match="5066 Output off"):
            await driver.measure()

    run(body)


def test_silent_instrument_is_a_link_error() -> None:
    driver = Keithley2450(ScriptedMessages([{"send": "*IDN?"}, {"send": ":SYST:ERR?"}]))
    with pytest.raises(LinkError):
        run(driver.identify)


def test_measuring_without_a_source_is_refused() -> None:
    driver, _ = meter()
    with pytest.raises(InstrumentError, match="nothing is being sourced"):
        run(driver.measure)


def test_sweep_has_the_instruments_own_times_and_ends_with_output_off() -> None:
    driver, link = meter("identify", "sweep")

    async def body() -> tuple[float, list[IVPoint]]:
        await driver.identify()
        begin = clock.now()
        points = await driver.sweep_voltage(1.2, -0.1, 3, delay=0.1, compliance=0.05)
        return begin, points

    begin, points = run(body)
    assert link.is_done()
    assert [p.voltage.value for p in points] == [1.200012, 0.5500034, -0.0999876]
    assert [p.current.value for p in points] == [0.0021, -0.034, -0.035]
    steps = [b.current.t - a.current.t for a, b in pairwise(points)]
    assert steps == pytest.approx([0.123456, 0.123456])
    assert points[0].current.t - begin == pytest.approx(0.1 + 0.02, abs=0.1)
    assert {p.voltage.accuracy.range for p in points if p.voltage.accuracy} == {2.0}


@pytest.mark.parametrize(
    ("volts", "amps"),
    [(1.01, 0.05), (-1.01, 0.05), (0.5, 0.11), (float("nan"), 0.05), (0.5, float("inf"))],
)
def test_bench_limits_are_refused_before_anything_is_sent(volts: float, amps: float) -> None:
    driver, link = meter(voltage=1.0, current=0.1)
    with pytest.raises(LimitRefused) as caught:
        run(lambda: driver.source_voltage(volts, compliance=amps))
    assert caught.value.remedy
    with pytest.raises(LimitRefused):
        run(lambda: driver.sweep_voltage(0.0, volts, 11, delay=0.0, compliance=amps))
    assert link.is_done()


@pytest.mark.parametrize(
    ("volts", "amps"), [(211.0, 0.01), (30.0, 0.2), (0.5, 1.06), (0.5, 0.0), (0.5, -0.1)]
)
def test_the_instruments_own_limits_are_kept(volts: float, amps: float) -> None:
    driver, _ = meter()
    with pytest.raises(LimitRefused):
        run(lambda: driver.source_voltage(volts, compliance=amps))


def test_other_impossible_requests_are_refused() -> None:
    driver, _ = meter()
    with pytest.raises(LimitRefused):
        run(lambda: driver.integrate(0.001))
    with pytest.raises(LimitRefused):
        run(lambda: driver.wires(3))
    with pytest.raises(LimitRefused):
        run(lambda: driver.sweep_voltage(0.0, 1.0, 1, delay=0.0, compliance=0.1))
    with pytest.raises(LimitRefused):
        run(lambda: driver.source_voltage(1.0, compliance=0.1, voltage_range=0.2))


def test_safe_reads_back() -> None:
    driver, link = meter("safe")
    run(driver.safe)
    assert link.is_done()
    driver, _ = meter("not_safe")
    with pytest.raises(InstrumentError, match="not off"):
        run(driver.safe)


def test_resync_clears_line_and_queue_and_forgets_what_was_set() -> None:
    script = transcript(FILE, "source_half_a_volt")
    script += [{"send": "*CLS"}, NO_ERROR, {"send": ":ABOR"}, NO_ERROR]
    link = ScriptedMessages(script + transcript(FILE, "source_half_a_volt"))
    driver = Keithley2450(link)

    async def body() -> None:
        await driver.source_voltage(0.5, compliance=0.05)
        await driver.resync()
        await driver.source_voltage(0.5, compliance=0.05)

    run(body)
    assert link.is_done()
    assert link.resyncs == 1


def test_every_line_of_the_data_sheet_has_a_source_and_a_range_of_its_own() -> None:
    lines = Keithley2450.accuracies
    assert len({(line.function, line.range) for line in lines}) == len(lines) == 14
    assert all("SPEC-2450" in line.source for line in lines)


def test_a_sweep_that_never_ends_is_no_endless_wait() -> None:
    link = ScriptedMessages([{"send": STATE, "answer": "RUNNING;RUNNING;2"}] * 2000)

    async def body() -> None:
        with pytest.raises(InstrumentError, match="the sweep did not come to its end"):
            await until_idle(Scpi(link), "the sweep", 10.0)
        assert clock.now() == pytest.approx(10.0 * SLOWER + PATIENCE, abs=1.0)

    run(body)


def test_an_earlier_sweep_in_the_buffer_is_no_reading() -> None:
    script = transcript(FILE, "identify", "sweep")
    at = next(n for n, one in enumerate(script) if one["send"].startswith(":TRAC:DATA?"))
    rows = "-0.1,-3.5E-02,0.0,136,0.55,-3.4E-02,0.12,136,1.2,2.1E-03,0.25,136"
    driver = Keithley2450(ScriptedMessages([*script[:at], {**script[at], "answer": rows}]), {})

    async def body() -> None:
        await driver.identify()
        with pytest.raises(InstrumentError, match=r"another sweep.*from -0\.1 V"):
            await driver.sweep_voltage(1.2, -0.1, 3, delay=0.1, compliance=0.05)

    run(body)
