"""ESP301 driver: units, the error queue, restarts (lines: tests/golden/newport)."""

from __future__ import annotations

from typing import Any, ClassVar

import pytest

from drivers.newport.esp301 import NewportESP301
from drivers.roles.motion_stage import MotionStage
from labctl import clock
from labctl.errors import Defect, InstrumentError, LimitRefused
from tests.drivers.scripted import ScriptedMessages, run, transcript

IDENTIFY = transcript("newport/esp301", "identify")
HOME = transcript("newport/esp301", "home")
FINE = {"send": "TB?", "answer": "0, 9000, NO ERROR DETECTED"}


def stage(*script: dict[str, Any], **limits: float) -> tuple[NewportESP301, ScriptedMessages]:
    link = ScriptedMessages(script)
    driver = NewportESP301(link, limits)
    as_role: MotionStage = driver
    assert as_role is driver
    return driver, link


def identify_in(unit: str, *numbers: str) -> list[dict[str, Any]]:
    """The identification of an axis whose unit, limits and greatest speeds are these."""
    settings = [
        {"send": f"1{query}?", "answer": answer}
        for query, answer in zip(("SN", "SL", "SR", "VU", "AU"), (unit, *numbers), strict=True)
    ]
    return [*IDENTIFY[:3], *settings]


def test_not_identified_is_a_defect() -> None:
    with pytest.raises(Defect):
        assert stage()[0].identity


def test_before_it_knows_the_limits_it_does_not_move() -> None:
    driver, _ = stage(FINE)
    with pytest.raises(LimitRefused):
        run(lambda: driver.move_to(0.0))


@pytest.mark.parametrize(
    ("unit", "shown", "metres"),
    [("2", "-12.5", -12.5e-3), ("3", "1500.0", 1.5e-3), ("4", "1.0", 25.4e-3)],
)
def test_units_of_length(unit: str, shown: str, metres: float) -> None:
    read = {"send": "1TP?", "answer": shown}
    driver, _ = stage(*identify_in(unit, "-50", "50", "40", "160"), read)

    async def body() -> float:
        await driver.identify()
        return (await driver.position()).value

    assert run(body) == pytest.approx(metres)


@pytest.mark.parametrize("unit", ["0", "7", "9"])
def test_counts_and_angles_are_no_lengths(unit: str) -> None:
    driver, _ = stage(*identify_in(unit, "-50", "50", "40", "160"))
    with pytest.raises(InstrumentError, match="no unit of length") as caught:
        run(driver.identify)
    assert caught.value.remedy


def test_a_homed_axis_is_not_homed_again() -> None:
    driver, link = stage(*IDENTIFY, *HOME, FINE)

    async def body() -> None:
        await driver.identify()
        await driver.home()
        await driver.home()

    run(body)
    assert link.is_done()


@pytest.mark.parametrize(
    ("seconds", "cycles", "homed"),
    [
        (10.0, 2800 + 25_000, True),
        (10.0, 2800, False),  # the stamp stood still: it counts from a later power-on
        (10.0, 20_000, False),  # later than the last stamp, yet 3 s too early
        (86_400.0, 2800 + 215_000_000, True),  # a crystal 0.5 % slow
    ],
)
def test_a_time_stamp_that_lags_behind_tells_a_restart(
    seconds: float, cycles: int, homed: bool
) -> None:
    later = {"send": "TB?", "answer": f"0, {cycles}, NO ERROR DETECTED"}
    driver, link = stage(*IDENTIFY, *HOME, later)

    async def body() -> bool:
        await driver.identify()
        await driver.home()
        await clock.sleep(seconds)
        return await driver.is_homed()

    assert run(body) is homed
    assert link.is_done()


def test_errors_of_other_axes_are_not_this_ones() -> None:
    other = {"send": "TB?", "answer": "213, 8000, MOTOR NOT ENABLED"}
    driver, link = stage({"send": "1MO"}, other, FINE, {"send": "1MO?", "answer": "1"})
    run(lambda: driver.servo(True))
    assert link.is_done()


def test_the_first_of_several_errors_is_told_and_the_queue_emptied() -> None:
    errors = [
        {"send": "TB?", "answer": "38, 8000, COMMAND PARAMETER MISSING"},
        {"send": "TB?", "answer": "113, 8100, MOTOR NOT ENABLED"},
    ]
    driver, link = stage({"send": "1MO"}, *errors, FINE)
    with pytest.raises(InstrumentError, match="PARAMETER MISSING") as caught:
        run(lambda: driver.servo(True))
    assert caught.value.command == "1MO"
    assert link.is_done()


def test_a_motor_that_does_not_switch_is_told() -> None:
    driver, _ = stage({"send": "1MF"}, FINE, {"send": "1MO?", "answer": "1"})
    with pytest.raises(InstrumentError, match="not off"):
        run(lambda: driver.servo(False))


@pytest.mark.parametrize("answer", ["", "no", "0", "x, y, z"])
def test_an_error_queue_that_makes_no_sense_is_told(answer: str) -> None:
    driver, _ = stage({"send": "TB?", "answer": answer})
    with pytest.raises(InstrumentError, match="no error with its time"):
        run(driver.is_homed)


def test_wait_ends_in_time() -> None:
    moving = [{"send": "1MD?", "answer": "0"}, FINE]
    driver, _ = stage(*IDENTIFY, *(moving * 50))

    async def body() -> float:
        await driver.identify()
        began = clock.now()
        with pytest.raises(InstrumentError, match="still moves"):
            await driver.wait(timeout=1.0)
        return clock.now() - began

    assert run(body) < 1.5


def test_an_axis_that_does_not_stop_is_told() -> None:
    driver, _ = stage({"send": "1ST"}, *([{"send": "1MD?", "answer": "0"}] * 300))
    with pytest.raises(InstrumentError, match="does not stop") as caught:
        run(driver.stop)
    assert caught.value.remedy


def test_an_axis_that_does_not_stop_is_left_without_current() -> None:
    class Runaway(ScriptedMessages):
        """An axis that moves whatever it is told."""

        sent: ClassVar[list[str]] = []

        async def write(self, command: str) -> None:
            self.sent.append(command)

        async def query(self, command: str, timeout: float | None = None) -> str:
            await clock.sleep(0.01)
            return FINE["answer"] if command == "TB?" else "0"

    link = Runaway([])
    with pytest.raises(InstrumentError, match="axis moves"):
        run(NewportESP301(link).safe)
    assert link.sent == ["1ST", "1MF"]


def test_resync_reads_the_limits_again_and_close_gives_the_line_back() -> None:
    driver, link = stage(FINE, *IDENTIFY[3:])
    run(driver.resync)
    run(driver.close)
    assert (link.resyncs, link.closed) == (1, 1)
    assert run(driver.limits) == (-0.05, 0.05)
