"""Bronkhorst ProPar driver: what its golden transcript (tests/golden/bronkhorst) does not show."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from drivers.bronkhorst import _units as units
from drivers.bronkhorst._units import Disagreeing
from drivers.bronkhorst.propar import BronkhorstPropar
from drivers.roles.mass_flow_controller import MassFlowController
from labctl.errors import Defect, InstrumentError, LimitRefused, LinkError
from tests.drivers.scripted import run
from tests.drivers.scripted_bytes import ScriptedBytes
from tests.golden.transcripts import exchanges

MODEL = "bronkhorst.propar"


def controller(*scenes: str, **limits: float) -> tuple[BronkhorstPropar, ScriptedBytes]:
    link = ScriptedBytes(exchanges(MODEL, *scenes))
    driver = BronkhorstPropar(link, limits)
    as_role: MassFlowController = driver
    assert as_role is driver
    return driver, link


def spoilt(scene: str, old: str, new: str) -> BronkhorstPropar:
    """A controller in whose scene `old` stands as `new` in the first answer that has it."""
    script = [*exchanges(MODEL, "identify"), *exchanges(MODEL, scene)]
    fit = next(one for one in script[2:] if old in one["answer_hex"])
    fit["answer_hex"] = fit["answer_hex"].replace(old, new)
    return BronkhorstPropar(ScriptedBytes(script))


async def identified(driver: BronkhorstPropar) -> BronkhorstPropar:
    await driver.identify()
    return driver


def test_nobody_before_it_is_identified() -> None:
    driver, _ = controller()
    for call in (lambda: driver.identity, lambda: run(lambda: driver.set_flow(0.0))):
        with pytest.raises(Defect):
            call()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("10 02 03", "10 02 04"),  # sequence number
        ("10 02 03 80", "10 02 03 81"),  # node
        ("10 02 03 80 1A", "10 02 03 80 1B"),  # length
        ("02 81 A0", "02 82 A0"),  # process
        ("02 81 A0", "02 81 A1"),  # index
        ("02 81 A0", "05 81 A0"),  # command
        ("6D 6C 6E 2F", "6D FF 6E 2F"),  # text
    ],
)
def test_an_answer_to_something_else_is_no_value(old: str, new: str) -> None:
    driver = spoilt("half_set_point", old, new)

    async def body() -> None:
        await identified(driver)
        with pytest.raises(LinkError):
            await driver.setpoint()

    run(body)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("3E 80", "3E 90"),  # the integer
        ("43 7A 00 00", "43 7B 00 00"),  # the float
        ("43 FA 00 00", "43 F0 00 00"),  # the capacity
        ("6D 6C 6E 2F", "6D 6C 6D 2F"),  # the unit
    ],
)
def test_numbers_that_contradict_each_other_are_an_error(old: str, new: str) -> None:
    driver = spoilt("half_set_point", old, new)

    async def body() -> None:
        await identified(driver)
        with pytest.raises(InstrumentError, match="cannot be true"):
            await driver.setpoint()

    run(body)


def test_a_late_answer_is_passed_over() -> None:
    script = [*exchanges(MODEL, "identify"), *exchanges(MODEL, "half_set_point")]
    script[2]["answer_hex"] = f"{script[1]['answer_hex']} {script[2]['answer_hex']}"
    driver = BronkhorstPropar(ScriptedBytes(script))

    async def body() -> float:
        await identified(driver)
        return (await driver.setpoint()).value

    assert run(body) == pytest.approx(250e-6 / 60)


def test_readings_carry_the_line_of_their_capacity() -> None:
    driver, link = controller("identify", "flow")

    async def body() -> Any:
        await identified(driver)
        return await driver.flow()

    found = run(body)
    full = 500e-6 / 60
    assert found.flow.accuracy.range == pytest.approx(full)
    assert found.flow.accuracy.offset == pytest.approx(0.001 * full)
    assert found.flow.serial == "M6212345A"
    assert found.pressure is None
    assert link.is_done()


@pytest.mark.parametrize(
    "call",
    [
        lambda d: d.set_flow(-1e-9),
        lambda d: d.set_flow(float("nan")),
        lambda d: d.set_flow(8.4e-6),
        lambda d: d.set_ramp(0.0),
        lambda d: d.set_ramp(8.3e-6 / 3001),
        lambda d: d.set_ramp(8.4e-5),
    ],
)
def test_what_the_controller_cannot_do_is_refused(
    call: Callable[[BronkhorstPropar], Awaitable[Any]],
) -> None:
    driver, link = controller("identify")

    async def body() -> None:
        await call(await identified(driver))

    with pytest.raises(LimitRefused) as caught:
        run(body)
    assert caught.value.remedy and link.is_done()


def test_units_are_those_of_the_normal_state() -> None:
    assert units.FLOWS["mln/min"] == pytest.approx(1.6667e-8, rel=1e-4)
    assert units.FLOWS["m3n/h"] == pytest.approx(1 / 3600)
    assert units.FLOWS["ls/min"] == pytest.approx(units.FLOWS["ln/min"] * 273.15 / 293.15)
    with pytest.raises(Disagreeing, match="g/h"):
        units.factor(units.FLOWS, "g/h")


def test_a_flow_may_be_negative_and_is_not_beyond_what_is_shown() -> None:
    assert units.agreed(0x10000 - 320, -5.0, 500.0, units.MOMENT) == -5.0
    with pytest.raises(Disagreeing, match="beyond"):
        units.agreed(41942, 655.3, 500.0, units.MOMENT)
    for value in (float("nan"), 252.0):
        with pytest.raises(Disagreeing):
            units.agreed(16000, value, 500.0, units.MOMENT)


@pytest.mark.parametrize("pair", [(1.0, 1.1), (float("nan"), float("nan"))])
def test_two_numbers_of_one_message_must_agree(pair: tuple[float, float]) -> None:
    with pytest.raises(Disagreeing):
        units.same(*pair)
