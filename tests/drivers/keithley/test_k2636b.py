"""2636B driver: what its golden transcript (tests/golden/keithley/k2636b.toml) does not show."""

from __future__ import annotations

from typing import Any

import pytest

from drivers.keithley.k2636b import Keithley2636B
from drivers.roles.source_meter import IVPoint, SourceMeter
from labctl.errors import Defect, InstrumentError, LimitRefused, LinkError
from tests.drivers.scripted import ScriptedMessages, run, transcript

FILE = "keithley/k2636b"
NO_ERROR = {"send": "print(errorqueue.count)", "answer": "0.000000000e+00"}


def meter(*scenes: str, **limits: float) -> tuple[Keithley2636B, ScriptedMessages]:
    link = ScriptedMessages(transcript(FILE, *scenes))
    driver = Keithley2636B(link, limits)
    as_role: SourceMeter = driver
    assert as_role is driver
    return driver, link


def test_identity_before_it_was_asked_is_a_defect() -> None:
    driver, _ = meter()
    with pytest.raises(Defect):
        _ = driver.identity


def test_only_a_new_level_is_sent_again() -> None:
    script = transcript(FILE, "source_half_a_volt")
    link = ScriptedMessages([*script, {"send": "smua.source.levelv=0.6"}, NO_ERROR])
    driver = Keithley2636B(link)

    async def body() -> None:
        await driver.source_voltage(0.5, compliance=0.05)
        await driver.source_voltage(0.6, compliance=0.05)

    run(body)
    assert link.is_done()


@pytest.mark.parametrize(
    "answer",
    ["", "garbage", "1.0e-3", "1.0e-3\t2.0\t3.0", "nan\t1.0", "nil\tnil", "1.0e-3\t-9.91e+37"],
)
def test_garbage_and_overflow_are_never_a_value(answer: str) -> None:
    script = transcript(FILE, "identify", "source_half_a_volt")
    script.append({"send": "print(smua.source.output)", "answer": "1.000000000e+00"})
    script.append({"send": "print(smua.measure.iv())", "answer": answer})
    driver = Keithley2636B(ScriptedMessages(script))

    async def body() -> None:
        await driver.identify()
        await driver.source_voltage(0.5, compliance=0.05)
        with pytest.raises(InstrumentError) as caught:
            await driver.measure()
        assert caught.value.command == "print(smua.measure.iv())"
        assert caught.value.address

    run(body)


def test_error_of_a_statement_without_answer_is_told() -> None:
    script = transcript(FILE, "source_half_a_volt")
    script.append({"send": "print(smua.source.output)"})
    script.append({"send": "print(errorqueue.next())", "answer": "-2.86e+02\tTSP Runtime error"})
    driver = Keithley2636B(ScriptedMessages(script))

    async def body() -> None:
        await driver.source_voltage(0.5, compliance=0.05)
        with pytest.raises(InstrumentError, match="-286 TSP Runtime error"):
            await driver.measure()

    run(body)


def test_silent_instrument_is_a_link_error() -> None:
    script = [{"send": "*IDN?"}, {"send": "print(errorqueue.next())"}]
    with pytest.raises(LinkError):
        run(Keithley2636B(ScriptedMessages(script)).identify)


def test_queue_that_never_empties_is_told() -> None:
    entry = {"send": "print(errorqueue.next())", "answer": "1.0\tagain"}
    full = {"send": "print(errorqueue.count)", "answer": "1.0"}
    link = ScriptedMessages([{"send": "smua.sense=0"}, *[full, entry] * 65])
    with pytest.raises(InstrumentError, match="never empties"):
        run(lambda: Keithley2636B(link).wires(2))


def stepped(level: str, answer: str | None) -> list[dict[str, Any]]:
    script: list[dict[str, Any]] = [{"send": f"smua.source.levelv={level}"}, NO_ERROR]
    if answer is None:
        return [*script, {"send": "print(smua.measure.iv())"}]
    return [
        *script,
        {"send": "print(smua.measure.iv())", "answer": answer},
        {"send": "print(smua.source.compliance)", "answer": "false"},
    ]


def swept(*points: tuple[str, str | None]) -> list[dict[str, Any]]:
    script = transcript(FILE, "identify", "source_half_a_volt")
    start = next(row for row in script if row["send"].startswith("smua.source.levelv"))
    start["send"] = f"smua.source.levelv={points[0][0]}"
    script += transcript(FILE, "output_on")
    for level, answer in points:
        script += stepped(level, answer)
    return script


OFF = [
    {"send": "smua.source.output=0"},
    NO_ERROR,
    {"send": "print(smua.source.output)", "answer": "0.0"},
]


def test_sweep_steps_on_one_range_and_ends_with_output_off() -> None:
    script = swept(("1.2", "1e-3\t1.2"), ("0.5", "2e-3\t0.5"), ("-0.2", "3e-3\t-0.2"))
    link = ScriptedMessages([*script, *OFF])
    driver = Keithley2636B(link)

    async def body() -> list[IVPoint]:
        await driver.identify()
        return await driver.sweep_voltage(1.2, -0.2, 3, delay=0.1, compliance=0.05)

    points = run(body)
    assert link.is_done()
    assert [point.voltage.value for point in points] == [1.2, 0.5, -0.2]
    assert points[1].current.t - points[0].current.t == pytest.approx(0.13, abs=0.03)
    assert {p.voltage.accuracy.range for p in points if p.voltage.accuracy} == {2.0}


def test_sweep_that_fails_ends_with_output_off() -> None:
    script = [*swept(("1.2", None)), {"send": "print(errorqueue.next())"}, *OFF]
    link = ScriptedMessages(script)
    driver = Keithley2636B(link)

    async def body() -> None:
        await driver.identify()
        with pytest.raises(LinkError):
            await driver.sweep_voltage(1.2, -0.2, 3, delay=0.1, compliance=0.05)

    run(body)
    assert link.is_done()


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
    with pytest.raises(LimitRefused):
        run(lambda: driver.source_current(amps, compliance=volts))
    assert link.is_done()


@pytest.mark.parametrize(
    ("volts", "amps"), [(203.0, 0.01), (30.0, 0.2), (0.5, 1.52), (0.5, 0.0), (0.5, 1e-11)]
)
def test_the_instruments_own_limits_are_kept(volts: float, amps: float) -> None:
    driver, _ = meter()
    with pytest.raises(LimitRefused):
        run(lambda: driver.source_voltage(volts, compliance=amps))


def test_other_impossible_requests_are_refused() -> None:
    driver, link = meter()
    for call in (
        lambda: driver.integrate(0.001),
        lambda: driver.wires(3),
        lambda: driver.sweep_voltage(0.0, 1.0, 1, delay=0.0, compliance=0.1),
        lambda: driver.sweep_voltage(0.0, 1.0, 11, delay=-1.0, compliance=0.1),
        lambda: driver.source_voltage(1.0, compliance=0.1, voltage_range=0.2),
        lambda: driver.source_voltage(1.0, compliance=0.1, voltage_range=500.0),
    ):
        with pytest.raises(LimitRefused):
            run(call)
    assert link.is_done()


def test_lowest_source_range_is_1_na() -> None:
    expected = "smua.source.rangei=1e-09"
    script = transcript(FILE, "source_half_a_volt")[:1]
    sent = [
        "smua.source.func=0",
        "smua.measure.autorangev=1",
        "smua.source.limitv=2",
        "smua.measure.rangev=2",
        "smua.source.autorangei=1",
        "smua.source.leveli=0",
        expected,
    ]
    link = ScriptedMessages([*script, *({"send": line} for line in sent), NO_ERROR])
    run(lambda: Keithley2636B(link).source_current(0.0, compliance=2.0))
    assert link.is_done()


def test_measuring_without_a_source_is_refused() -> None:
    driver, _ = meter()
    with pytest.raises(InstrumentError, match="nothing is being sourced"):
        run(driver.measure)


def test_resync_ends_a_script_and_forgets_what_was_set() -> None:
    again = [{"send": "abort"}, {"send": "errorqueue.clear()"}, NO_ERROR]
    again += [{"send": "format.asciiprecision=10"}, NO_ERROR]
    once = transcript(FILE, "source_half_a_volt")
    link = ScriptedMessages([*once, *again, *once])
    driver = Keithley2636B(link)

    async def body() -> None:
        await driver.source_voltage(0.5, compliance=0.05)
        await driver.resync()
        await driver.source_voltage(0.5, compliance=0.05)

    run(body)
    assert link.is_done()
    assert link.resyncs == 1


def test_every_line_of_the_data_sheet_has_a_range_of_its_own() -> None:
    lines = Keithley2636B.accuracies
    assert len({(line.function, line.range) for line in lines}) == len(lines) == 16
