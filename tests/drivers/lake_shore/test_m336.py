"""Lake Shore 336: on its emulator it reads what is true, and settles where it is told to."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from drivers.conformance.folder import package_path
from drivers.conformance.scripted import ScriptedMessages
from drivers.lake_shore.m336 import LakeShoreM336
from labctl import clock
from labctl.errors import InstrumentError, LimitRefused
from rigs.bench import load_bench
from rigs.conformance.meeting import simulated_link
from rigs.conformance.places import Place

BENCH: Path = package_path("rigs") / "benches" / "sim" / "reference.toml"
ROLE = "lake_shore_m336"
TRUE = -170.0
"""Temperature in degC at which the stage rests."""

Use = Callable[[LakeShoreM336], Awaitable[Any]]


def on_emulator(use: Use, limits: dict[str, float] | None = None) -> Any:
    """What `use` makes of an identified driver on the emulator."""

    async def body() -> Any:
        async with simulated_link(Place(load_bench(BENCH), ROLE)) as link:
            controller = LakeShoreM336(link, limits)
            await controller.identify()
            try:
                return await use(controller)
            finally:
                await controller.safe()

    return clock.run(body(), virtual=True)


def test_it_reads_what_is_true_within_its_limits_of_error() -> None:
    reading = on_emulator(lambda controller: controller.temperature())
    allowed = reading.accuracy.gain * abs(TRUE) + reading.accuracy.offset
    assert abs(reading.value - TRUE) <= allowed
    assert reading.serial.startswith("SIM-")


def test_it_settles_at_the_set_point_and_its_heater_goes_off() -> None:
    async def use(controller: LakeShoreM336) -> tuple[float, float, float]:
        await controller.set_temperature(-140.0)
        await controller.control(True)
        await clock.sleep(600.0)
        settled = (await controller.temperature()).value
        power = (await controller.output_power()).value
        await controller.control(False)
        return settled, power, (await controller.output_power()).value

    settled, power, after = on_emulator(use)
    assert settled == pytest.approx(-140.0, abs=0.05)
    assert power == pytest.approx(100.0 * 0.3**0.5, abs=1.0), "30 K of 100 K; in % of the current"
    assert after == 0.0


def test_little_power_does_not_reach_it() -> None:
    async def use(controller: LakeShoreM336) -> float:
        await controller.set_temperature(-140.0)
        await controller.control(True)
        await clock.sleep(3000.0)
        return (await controller.temperature()).value

    assert on_emulator(use, {"power": 10.0}) == pytest.approx(TRUE + 10.0, abs=0.1)


@pytest.mark.parametrize("setpoint", [-274.0, -49.0, float("nan")])
def test_what_is_not_allowed_is_never_sent(setpoint: float) -> None:
    controller = LakeShoreM336(ScriptedMessages([]), {"temperature_max": -50.0})
    with pytest.raises(LimitRefused, match="outside"):
        clock.run(controller.set_temperature(setpoint), virtual=True)


@pytest.mark.parametrize("answer", ["0;0", "1;2;3;000", "-170.0;;000", "-170.0;000;0x1", ""])
def test_an_answer_of_another_form_is_an_error(answer: str) -> None:
    script = [{"send": "CRDG? A;RDGST? A;*ESR?", "answer": answer}]
    controller = LakeShoreM336(ScriptedMessages(script))
    with pytest.raises(InstrumentError):
        clock.run(controller.temperature(), virtual=True)
