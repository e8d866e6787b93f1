"""BT4560 driver against a transcript (tests/golden/hioki/bt4560.toml)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from drivers.codecs.scpi import NotMeasured, ScpiError
from drivers.hioki import _bt4560_sheet as sheet
from drivers.hioki import _bt4560_talk as talk
from drivers.hioki.bt4560 import HiokiBT4560
from drivers.roles.impedance_analyzer import ImpedanceAnalyzer
from labctl.errors import InstrumentError, LimitRefused
from tests.drivers.scripted import ScriptedMessages, run, transcript

FILE = "hioki/bt4560"
READY = ("integrate", "frequency")


async def ready(meter: HiokiBT4560) -> None:
    await meter.integrate("long", 1)
    await meter.set_frequency(100.0)


def used(use: Callable[[HiokiBT4560], Awaitable[Any]], *scenes: str) -> Any:
    link = ScriptedMessages(transcript(FILE, "identify", *scenes))
    driver = HiokiBT4560(link, {})
    as_role: ImpedanceAnalyzer = driver
    assert as_role is driver

    async def body() -> Any:
        await driver.identify()
        if READY[0] in scenes:
            await ready(driver)
        return await use(driver)

    found = run(body)
    assert link.is_done()
    return found


def test_another_model_is_refused() -> None:
    driver = HiokiBT4560(ScriptedMessages(transcript(FILE, "another_model")), {})
    with pytest.raises(InstrumentError, match="BT4560") as caught:
        run(driver.identify)
    assert caught.value.remedy


def test_a_reading_has_the_limit_of_its_frequency_and_range() -> None:
    point = used(HiokiBT4560.measure, *READY, "measure")
    assert (point.frequency, point.bias) == (100.0, 1.86007)
    assert (point.resistance.value, point.reactance.value) == (1.3038e-3, -2.842e-4)
    line = point.resistance.accuracy
    assert line.range == 3e-3 and line.resolution == 0.1e-6
    assert line.offset == pytest.approx(0.004 * 1.3038e-3 + 0.0017 * 2.842e-4 + 0.8e-6)


def test_limits_as_the_catalogue_states_them() -> None:
    assert sheet.alpha(3e-3, "long") == pytest.approx(0.8e-6)
    assert sheet.alpha(3e-3, "short") == pytest.approx(2.5e-6)
    low, high = (sheet.limit(1e-3, 1e-3, f, 0.0) for f in (100.0, 101.0))
    assert low == pytest.approx(5.7e-6) and high == pytest.approx(9.2e-6)


def test_what_is_too_large_is_read_on_the_next_range() -> None:
    point = used(HiokiBT4560.measure, *READY, "measure_wider")
    assert point.resistance.value == 5.3038e-3
    assert point.resistance.accuracy.range == 10e-3


def test_a_restart_is_seen() -> None:
    with pytest.raises(InstrumentError, match="restarted"):
        used(HiokiBT4560.measure, *READY, "restarted")


def test_refused_settings_are_an_error() -> None:
    with pytest.raises(InstrumentError, match="refused") as caught:
        used(lambda meter: meter.integrate("long", 1), "refused")
    assert "execution" in caught.value.answer


def test_zero_adjustment_is_the_only_correction() -> None:
    async def zero(meter: HiokiBT4560) -> bool:
        await meter.correct("short")
        return await meter.is_corrected()

    assert used(zero, "zero") is True
    with pytest.raises(InstrumentError, match="failed"):
        used(zero, "zero_failed")
    for standard in ("open", "load"):
        with pytest.raises(LimitRefused):
            used(lambda meter, s=standard: meter.correct(s))


@pytest.mark.parametrize(
    "use",
    [
        lambda meter: meter.set_level(0.1),
        lambda meter: meter.set_bias(1.0),
        lambda meter: meter.sweep_bias([0.0], delay=0.0),
        lambda meter: meter.set_frequency(0.05),
        lambda meter: meter.set_frequency(2000.0),
        lambda meter: meter.integrate("long", 100),
        lambda meter: meter.sweep_frequency([]),
    ],
)
def test_what_it_cannot_do_is_refused(use: Callable[[HiokiBT4560], Awaitable[None]]) -> None:
    with pytest.raises(LimitRefused):
        used(use)


@pytest.mark.parametrize("answer", ["", "1,2", "1,x,2", "nan,1,1"])
def test_garbage_is_never_a_value(answer: str) -> None:
    with pytest.raises(ScpiError):
        talk.impedance(answer)


def test_a_fault_is_no_value() -> None:
    with pytest.raises(NotMeasured):
        talk.impedance("+1.00000E+09,+1.00000E+09,+1.86E+00")


def test_slow_frequencies_take_long() -> None:
    assert talk.seconds(0.1, "long") == pytest.approx(90.0)
    assert talk.seconds(1000.0, "short") < talk.seconds(1000.0, "long")
