"""WT310E driver against transcripts in the manual's formats (tests/golden/yokogawa/wt310e.toml)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

import pytest

from drivers.codecs.scpi import ScpiError
from drivers.roles.power_analyzer import EnergyReading, PowerAnalyzer, PowerReading
from drivers.yokogawa import _wt310e_sheet as sheet
from drivers.yokogawa._wt310e_talk import values
from drivers.yokogawa.wt310e import YokogawaWT310E
from labctl.errors import InstrumentError, LimitRefused
from tests.drivers.scripted import ScriptedMessages, run, transcript, used

T = TypeVar("T")
FILE = "yokogawa/wt310e"


def meter(*scenes: str, **limits: float) -> tuple[YokogawaWT310E, ScriptedMessages]:
    link = ScriptedMessages(transcript(FILE, *scenes))
    driver = YokogawaWT310E(link, limits)
    as_role: PowerAnalyzer = driver
    assert as_role is driver
    return driver, link


def asked(scene: str, call: Callable[[YokogawaWT310E], Awaitable[T]]) -> T:
    driver, link = meter("identify", scene)
    return used(driver, link, call)


def measured(scene: str) -> PowerReading:
    return asked(scene, lambda driver: driver.measure(1))


def test_a_ratio_that_was_set_at_the_panel_is_never_taken_for_ours() -> None:
    with pytest.raises(InstrumentError, match="scaled") as caught:
        measured("scaled")
    assert "identify" in caught.value.remedy


@pytest.mark.parametrize("state", ["", "2", "OFF"])
def test_a_scaling_of_no_known_state_is_no_value(state: str) -> None:
    data = ",".join(["1.0"] * 12)
    with pytest.raises(ScpiError, match="scaling"):
        values(f"{data};300.0E+00;2.000E+00;RMS;{state};0")


def test_another_model_is_refused_with_a_remedy() -> None:
    driver, _ = meter("another_model")
    with pytest.raises(InstrumentError, match="WT310E") as caught:
        run(driver.identify)
    assert "WT333E" in caught.value.answer and caught.value.remedy


def test_reading_carries_the_limits_of_its_ranges_and_frequency() -> None:
    found = measured("measure")
    assert (found.voltage.value, found.power.value) == (229.81, 367.9)
    assert found.frequency is not None and found.frequency.value == 50.0
    voltage, power = found.voltage.accuracy, found.power.accuracy
    assert voltage is not None and power is not None
    assert (voltage.range, voltage.gain) == (300.0, 1e-3)
    assert voltage.offset == pytest.approx(0.05e-2 * 300.0)
    assert power.range == 600.0
    assert power.offset == pytest.approx(0.05e-2 * 600.0 + 0.1e-2 * 279.05)
    assert found.current.serial == "C2RB12345V"


def test_direct_current_has_no_frequency() -> None:
    found = measured("measure_direct_current")
    assert found.frequency is None
    assert found.power.accuracy is not None
    assert found.power.accuracy.offset == pytest.approx(0.2e-2 * 30.0)


@pytest.mark.parametrize(
    ("scene", "text"),
    [
        ("over_range", "beyond its range; the peak of the voltage"),
        ("peak_over_range", "peak of the current"),
        ("no_values", "no value of FU"),
        ("no_frequency", "no value of FU"),
        ("restarted", "VOLT:RANG"),
    ],
)
def test_what_is_no_measurement_is_an_error(scene: str, text: str) -> None:
    with pytest.raises(InstrumentError, match=text) as caught:
        measured(scene)
    assert "VAL?" in caught.value.command
    assert caught.value.address and caught.value.remedy


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "1;2;3",
        "1,2,3;300;2;RMS;0",
        "1,2,3,4,5,6,7,8,9,10,11,x;300;2;RMS;0",
        "1,2,3,4,5,6,7,8,9,10,11,12;300;2;RMS;-",
        "1,2,3,4,5,6,7,8,9,10,11,12;nan;2;RMS;0",
    ],
)
def test_garbage_is_never_a_value(answer: str) -> None:
    with pytest.raises(ScpiError):
        values(answer)


def test_harmonics_begin_with_the_fundamental() -> None:
    volts = asked("harmonics", lambda driver: driver.harmonics(1, orders=3))
    amps = asked("current_harmonics", lambda driver: driver.current_harmonics(0, orders=3))
    assert [one.value for one in volts] == [229.8, 0.5, 2.3]
    assert [one.unit for one in amps] == ["A"] * 3
    assert all(one.accuracy is not None and one.accuracy.gain == 0.15e-2 for one in volts)
    with pytest.raises(InstrumentError, match="not all of 3 orders"):
        asked("missing_orders", lambda driver: driver.harmonics(1, orders=3))


def test_integration_gives_joules_and_coulombs() -> None:
    driver, link = meter("identify", "integrate", "integrated", "standing", "clear")

    async def body() -> EnergyReading:
        await driver.identify()
        await driver.integrate(True)
        found = await driver.integrated(1)
        await driver.integrate(False)
        await driver.clear_integration()
        return found

    found = run(body)
    assert link.is_done()
    assert found.energy.value == pytest.approx(6.1316 * 3600)
    assert found.charge.value == pytest.approx(0.033488 * 3600)
    assert found.duration.value == 60.0
    assert found.energy.accuracy is not None and found.energy.accuracy.unit == "J"


def test_sums_are_neither_cleared_while_integrating_nor_read_before() -> None:
    driver, _ = meter("clear_while_integrating")
    with pytest.raises(InstrumentError, match="is integrating"):
        run(driver.clear_integration)
    with pytest.raises(InstrumentError, match="no value of TIME"):
        asked("nothing_integrated", lambda driver: driver.integrated(1))


def test_settings_are_read_back() -> None:
    driver, link = meter("ranges", "interval", "wiring", "direct_current")

    async def body() -> None:
        await driver.set_range(1, voltage=230.0, current=2.0)
        await driver.set_update_interval(0.4)
        await driver.wiring("1P2W")
        await driver.wiring("DC")

    run(body)
    assert link.is_done()
    driver, _ = meter("ranges_with_headers")
    with pytest.raises(InstrumentError, match="no number"):
        run(lambda: driver.set_range(1, voltage=230.0, current=2.0))
    driver, _ = meter("settings_refused")
    with pytest.raises(InstrumentError) as caught:
        run(lambda: driver.wiring("DC"))
    assert "113 Undefined Header" in caught.value.answer


def test_limits_are_refused_before_anything_is_sent() -> None:
    driver, link = meter(voltage=250.0, current=5.0)
    for refused in (
        lambda: driver.set_range(1, voltage=251.0, current=1.0),
        lambda: driver.set_range(1, voltage=230.0, current=5.1),
        lambda: driver.set_range(2, voltage=230.0, current=1.0),
        lambda: driver.set_update_interval(20.1),
        lambda: driver.set_update_interval(float("nan")),
        lambda: driver.wiring("3P4W"),
        lambda: driver.measure(2),
        lambda: driver.integrated(3),
        lambda: driver.harmonics(1, orders=51),
    ):
        with pytest.raises(LimitRefused) as caught:
            run(refused)
        assert caught.value.remedy and caught.value.address
    assert link.is_done()


def test_limits_of_error_by_the_frequency() -> None:
    assert sheet.of_power(None) == (0.1e-2, 0.2e-2)
    assert sheet.of_power(50.0) == (0.1e-2, 0.05e-2)
    assert sheet.of_power(40.0) == (0.3e-2, 0.2e-2)
    assert sheet.of_power(10e3) == pytest.approx(((0.1 + 0.067 * 9) * 1e-2, 0.3e-2))
    assert sheet.of_power(20e3) == pytest.approx(((0.5 + 0.9) * 1e-2, 0.5e-2))
    assert sheet.of_harmonic(2e3) == (0.80e-2, 0.45e-2)
    orders = sheet.harmonic_line("voltage", 300.0, "V", 3e3)
    assert (orders.gain, orders.offset) == (3.05e-2, pytest.approx(1.35))


def test_safe_has_nothing_to_do() -> None:
    driver, link = meter("safe")
    run(driver.safe)
    assert link.is_done()
