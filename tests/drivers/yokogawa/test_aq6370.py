"""AQ6370D driver: log-in, options, refusals (exchanges: tests/golden/yokogawa/aq6370.toml)."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.roles.optical_spectrum_analyzer import OpticalSpectrumAnalyzer
from drivers.yokogawa import _aq6370_sheet as sheet
from drivers.yokogawa._login import LoggedIn, User
from drivers.yokogawa.aq6370 import YokogawaAQ6370
from labctl.errors import Defect, InstrumentError, LimitRefused, LinkError
from tests.drivers.scripted import ScriptedMessages, run, transcript

FILE = "yokogawa/aq6370"
NO_ERROR = {"send": ":SYST:ERR?", "answer": '0,"No error"'}
OPEN, ANY_PASSWORD = transcript(FILE, "identify")[:2]
LOGIN = [OPEN, ANY_PASSWORD]


class Gpib(ScriptedMessages):
    """The same analyser on a line without log-in."""

    address = "visa://GPIB0::1::INSTR"


def analyser(script: list[dict[str, Any]]) -> tuple[YokogawaAQ6370, ScriptedMessages]:
    link = ScriptedMessages(script)
    driver = YokogawaAQ6370(link)
    as_role: OpticalSpectrumAnalyzer = driver
    assert as_role is driver
    return driver, link


def test_nothing_is_known_before_it_is_identified() -> None:
    with pytest.raises(Defect, match="optical spectrum analyser"):
        _ = analyser([])[0].identity


def test_the_users_name_and_password_come_from_the_bench() -> None:
    script = [
        {"send": 'OPEN "lab"', "answer": "AUTHENTICATE CRAM-MD5."},
        {"send": "secret", "answer": "READY"},
        *transcript(FILE, "identify")[2:],
    ]
    link = ScriptedMessages(script)
    made = YokogawaAQ6370.configured({"user": "lab", "password": "secret"})
    driver = made(link, {})
    assert run(driver.identify).model == "AQ6370D"
    assert link.is_done()
    assert made.settings == YokogawaAQ6370.settings


def test_a_password_is_not_shown() -> None:
    assert "secret" not in repr(User("lab", "secret"))


@pytest.mark.parametrize("options", [{"usr": "lab"}, {"user": 1}, {"user": "a\nb"}])
def test_a_wrong_option_is_named(options: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="us"):
        YokogawaAQ6370.configured(options)


def test_who_is_not_let_in_is_told_what_to_write() -> None:
    refused = [OPEN, {"send": " ", "answer": "AUTHENTICATE ERROR"}]
    with pytest.raises(InstrumentError) as caught:
        run(analyser(refused)[0].identify)
    assert "options" in caught.value.remedy
    with pytest.raises(InstrumentError):
        run(analyser([{**OPEN, "answer": "BUSY"}])[0].identify)


def test_on_gpib_nobody_logs_in() -> None:
    link = Gpib(transcript(FILE, "identify")[2:])
    assert run(YokogawaAQ6370(link).identify).maker == "YOKOGAWA"
    assert link.is_done()


def test_a_lost_line_is_logged_in_at_again() -> None:
    link = ScriptedMessages([*LOGIN, {"send": "A?"}, *LOGIN, {"send": "A?", "answer": "1"}])
    line = LoggedIn(link, User())

    async def body() -> str:
        with pytest.raises(LinkError):
            await line.query("A?")
        return await line.query("A?")

    assert run(body) == "1"
    assert link.is_done()


def test_closing_logs_out_whoever_is_in() -> None:
    link = ScriptedMessages([*LOGIN, {"send": "B"}, {"send": "CLOSE"}])
    line = LoggedIn(link, User())

    async def body() -> None:
        await line.write("B")
        await line.close()

    run(body)
    assert link.is_done() and link.closed == 1
    never = ScriptedMessages([])
    run(LoggedIn(never, User()).close)
    assert never.closed == 1


def test_resync_logs_in_and_stops_the_sweep() -> None:
    driver, link = analyser([*LOGIN, {"send": "*CLS"}, NO_ERROR, {"send": ":ABOR"}, NO_ERROR])
    run(driver.resync)
    assert link.is_done() and link.resyncs == 1


@pytest.mark.parametrize(
    ("start", "stop"),
    [(590e-9, 1e-6), (1e-6, 1701e-9), (1.55e-6, 1.54e-6), (float("nan"), 1.5e-6)],
)
def test_a_span_that_it_does_not_have_is_refused(start: float, stop: float) -> None:
    with pytest.raises(LimitRefused):
        run(lambda: analyser([])[0].set_span(start, stop))


def test_finer_and_more_sensitive_than_it_is_are_refused() -> None:
    driver, _ = analyser([])
    for call in (
        lambda: driver.set_resolution(0.01e-9),
        lambda: driver.set_sensitivity(-95.0),
        lambda: driver.set_averages(0),
        lambda: driver.set_averages(1000),
    ):
        with pytest.raises(LimitRefused):
            run(call)


def test_a_sweep_that_does_not_end_is_stopped() -> None:
    never = {"send": ":STAT:OPER:EVEN?", "answer": "0", "after": 900.0}
    start = transcript(FILE, "sweep")[:4]
    identify = transcript(FILE, "identify")
    driver, link = analyser([*identify, *start, *[never] * 2, {"send": ":ABOR"}, NO_ERROR])

    async def body() -> None:
        await driver.identify()
        await driver.sweep()

    with pytest.raises(InstrumentError, match="does not end"):
        run(body)
    assert link.is_done()


def test_after_resync_the_span_is_set_again_before_a_sweep() -> None:
    again = [*LOGIN, {"send": "*CLS"}, NO_ERROR, {"send": ":ABOR"}, NO_ERROR]
    identify = transcript(FILE, "identify")
    manner = identify[-2:]
    assert manner[0]["send"].endswith(":INIT:SMOD SING"), "a restarted analyser sweeps for ever"
    driver, link = analyser([*identify, *again, *manner, *transcript(FILE, "span")])

    async def body() -> None:
        await driver.identify()
        await driver.resync()
        with pytest.raises(InstrumentError, match="settings") as caught:
            await driver.sweep()
        assert "span" in caught.value.remedy
        await driver.set_span(1549e-9, 1552e-9)

    run(body)
    assert link.is_done()


@given(st.floats(0.02e-9, 5e-9))
def test_the_resolution_taken_is_not_above_the_one_asked_for(resolution: float) -> None:
    taken = sheet.widest(resolution)
    assert taken <= resolution * (1 + 1e-9)
    assert not any(taken < one <= resolution for one in sheet.RESOLUTIONS)


@given(st.floats(-84.9, 20.0))
def test_the_sensitivity_taken_sees_the_level(level: float) -> None:
    floors = dict(sheet.SENSITIVITIES)
    assert floors[sheet.fastest(level)] < level


@given(st.floats(600e-9, 1700e-9), st.floats(600e-9, 1700e-9))
def test_a_span_has_the_accuracy_of_the_band_that_holds_it(one: float, other: float) -> None:
    low, high = min(one, other), max(one, other)
    line = sheet.line(sheet.WAVELENGTH, low, high)
    inside = low >= 1520e-9 and high <= 1580e-9
    assert (line.offset == pytest.approx(0.01e-9)) == inside


def test_a_peak_is_that_of_a_sweep_and_of_nothing_else() -> None:
    driver, link = analyser(transcript(FILE, "identify", "peak", "calibrate"))

    async def body() -> None:
        await driver.identify()
        with pytest.raises(InstrumentError, match="no trace"):
            await driver.peak()
        await driver.sweep()
        line = (await driver.peak()).wavelength.accuracy
        assert line is not None and line.resolution == pytest.approx(1e-11), "its points"
        await driver.calibrate_wavelength()
        with pytest.raises(InstrumentError, match="no trace") as caught:
            await driver.peak()
        assert caught.value.remedy == "sweep first"

    run(body)
    assert link.is_done()


def test_without_the_reference_light_a_calibration_is_none() -> None:
    elsewhere = {"answer": "+1.53052000E-006"}
    script = transcript(FILE, "identify", "calibrate")
    last = max(i for i, one in enumerate(script) if one.get("send") == ":CALC:MARK:X? 0")
    script[last] = {**script[last], **elsewhere}
    driver, link = analyser(script)

    async def body() -> None:
        await driver.identify()
        with pytest.raises(InstrumentError, match="reference line is not at") as caught:
            await driver.calibrate_wavelength()
        assert "reference output" in caught.value.remedy

    run(body)
    assert link.is_done(), "the span is as it was"
