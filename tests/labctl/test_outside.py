"""Instruments are for steps, exposures and arrangements: elsewhere a procedure is refused them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from labctl.discovery import Bound
from labctl.engine import execute
from labctl.errors import Defect, OutsideStep
from labctl.evidence import Evidence
from labctl.labs import LABCTL_API, Lab
from labctl.outside import between_steps, inside_step, require_step
from labctl.procedure import Procedure
from labctl.run import Run
from tests.labctl.fakelab import ADDRESS, INDICATOR, FakeLab, OhmRig, request


def test_nothing_is_refused_outside_a_procedure() -> None:
    require_step(ADDRESS)


def test_between_steps_the_line_and_the_remedy_are_named() -> None:
    with between_steps("1.1-90"), pytest.raises(OutsideStep) as caught:
        require_step(ADDRESS)
    assert isinstance(caught.value, Defect)
    assert caught.value.address == ADDRESS
    assert "run.step" in caught.value.remedy
    assert caught.value.message.startswith("1.1-90")
    require_step(ADDRESS)


def test_a_step_between_opens_and_closes_again() -> None:
    with between_steps("1.1-90"):
        with inside_step():
            require_step(ADDRESS)
        with pytest.raises(OutsideStep):
            require_step(ADDRESS)


class GatedRig(OhmRig):
    """A rig whose meter asks as a line does."""

    async def read(self) -> float:
        require_step(ADDRESS)
        return (await self.meter.read()).value

    async def safe(self) -> None:
        require_step(ADDRESS)
        await super().safe()


Use = Callable[[Run, GatedRig], Awaitable[object]]


async def in_step(run: Run, rig: GatedRig) -> object:
    return await run.step("one", rig.read, float)


async def in_exposure(run: Run, rig: GatedRig) -> object:
    async def point(elapsed: float, before: float | None) -> float:
        return await rig.read()

    return await run.log("hour", 3600.0, 600.0, point, float)


async def in_cycle(run: Run, rig: GatedRig) -> object:
    async def cycle(index: int, before: float | None) -> float:
        return await run.step(f"{index}", rig.read, float)

    return await run.cycles("cycles", 2, cycle, float)


async def in_arrange(run: Run, rig: GatedRig) -> object:
    async def arrange() -> None:
        await rig.read()

    async with run.scope("warm", arrange):
        return await run.step("one", rig.read, float)


async def in_a_task_of_a_step(run: Run, rig: GatedRig) -> object:
    async def both() -> list[float]:
        return list(await asyncio.gather(rig.read(), rig.read()))

    return await run.step("two", both, list[float])


async def before_a_step(run: Run, rig: GatedRig) -> object:
    await rig.read()
    return await in_step(run, rig)


async def after_a_step(run: Run, rig: GatedRig) -> object:
    await in_step(run, rig)
    return await rig.read()


async def in_a_scope_alone(run: Run, rig: GatedRig) -> object:
    async def nothing() -> None:
        """Nothing to arrange."""

    async with run.scope("warm", nothing):
        return await rig.read()


async def in_a_task_of_its_own(run: Run, rig: GatedRig) -> object:
    return await asyncio.create_task(rig.read())


def error_of(use: Use, runs: Path) -> dict[str, str] | None:
    lab = FakeLab()

    async def measure(run: Run, rig: GatedRig) -> Evidence:
        await use(run, rig)
        return run.evidence({}, how="tried only")

    spec = Procedure(measure, (INDICATOR.id,), GatedRig)
    bound = Bound(spec, Lab("fake", LABCTL_API, {}, lab.open))
    (item,) = execute(request(runs), lambda _: bound).items
    assert lab.rigs[0].events == ["safe", "closed"]
    return item.error


@pytest.mark.parametrize("use", [in_step, in_exposure, in_cycle, in_arrange, in_a_task_of_a_step])
def test_inside_it_is_used(use: Use, tmp_path: Path) -> None:
    assert error_of(use, tmp_path) is None


@pytest.mark.parametrize(
    "use", [before_a_step, after_a_step, in_a_scope_alone, in_a_task_of_its_own]
)
def test_outside_it_is_refused_and_the_bench_is_made_safe(use: Use, tmp_path: Path) -> None:
    error = error_of(use, tmp_path)
    assert error is not None
    assert (error["kind"], error["address"]) == ("defect", ADDRESS)
    assert "run.step" in error["remedy"]
