"""A procedure on the photovoltaic bench that reads where a resume would read again."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from labctl.agreement import default
from labctl.catalogue import load
from labctl.discovery import Bound
from labctl.engine import execute
from labctl.evidence import Evidence
from labctl.labs import load_labs
from labctl.procedure import Procedure
from labctl.requests import ItemOutcome, RunRequest
from labctl.run import Run
from labctl.runfile import open_run
from rigs.photovoltaic import PhotovoltaicRig

Use = Callable[[Run, PhotovoltaicRig], Awaitable[object]]


async def voltage(run: Run, rig: PhotovoltaicRig) -> object:
    return await rig.reference_meter.measure_voltage()


async def temperature(run: Run, rig: PhotovoltaicRig) -> object:
    return await rig.chuck.temperature()


async def light(run: Run, rig: PhotovoltaicRig) -> object:
    return await rig.lamp.set_irradiance(1000.0)


def measured(use: Use, runs: Path) -> tuple[ItemOutcome, dict[str, str]]:
    """The item and the addresses of its roles."""

    async def measure(run: Run, rig: PhotovoltaicRig) -> Evidence:
        await use(run, rig)
        return run.evidence({}, how="tried only")

    indicator = load().get("1.1-03")
    bound = Bound(Procedure(measure, (indicator.id,), PhotovoltaicRig), load_labs()[0])
    asked = RunRequest((indicator.id,), (indicator,), default(), runs)
    outcome = execute(asked, lambda _: bound)
    (item,) = open_run(outcome.path).items
    return outcome.items[0], {one.role: one.address for one in item.instruments}


@pytest.mark.parametrize(
    ("use", "role"), [(voltage, "reference_meter"), (temperature, "chuck"), (light, "lamp")]
)
def test_outside_every_step_it_is_refused_with_the_address(
    use: Use, role: str, tmp_path: Path
) -> None:
    item, addresses = measured(use, tmp_path)
    assert item.verdict.outcome == "INCOMPLETE" and item.exit_code == 4
    assert item.error is not None
    assert item.error["kind"] == "defect"
    assert item.error["address"] == addresses[role]
    assert "run.step" in item.error["remedy"]
    assert "not left in order" not in item.error["message"]


@pytest.mark.parametrize("use", [voltage, temperature, light])
def test_inside_a_step_it_is_not(use: Use, tmp_path: Path) -> None:
    async def stepped(run: Run, rig: PhotovoltaicRig) -> None:
        async def once() -> None:
            await use(run, rig)

        await run.step("one", once, type(None))

    assert measured(stepped, tmp_path)[0].error is None
