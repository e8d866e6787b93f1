"""A rig on its simulated bench, open while a test looks at it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

from labctl import clock
from labctl.catalogue import load
from labctl.labs import SampleRequest
from rigs.assembly import check_roles, driver_class, limits_of
from rigs.bench import Bench, load_bench
from rigs.opened import Opened
from rigs.opening import open_bench

R = TypeVar("R")
T = TypeVar("T")


def on_bench(rig: type[R], item: str, body: Callable[[Opened, R], Awaitable[T]]) -> T:
    """What `body` returns on the simulated bench of `rig` with the nominal device of `item`."""

    async def main() -> T:
        request = SampleRequest(item, load().get(item).nominal)
        opened = await open_bench(None, rig=rig, sample=request, seed=1)
        try:
            return await body(opened, opened.rig)
        finally:
            await opened.close()

    return clock.run(main(), virtual=True)


def check_fit(bench: Bench, rig: type[object]) -> None:
    """Raise `BenchError` unless the roles of `bench` and their limits are those of `rig`."""
    check_roles(bench, rig)
    for role in bench.roles:
        limits_of(bench, role, driver_class(bench, role, rig))


def check_alike(simulated: Path) -> None:
    """The lab's example bench beside the `simulated` one has its roles, in their order, its drivers
    and its contributions, and nothing simulated."""
    real, copy = (
        load_bench(simulated.parents[1] / f"example_{simulated.stem}.toml"),
        load_bench(simulated),
    )
    assert not real.simulated and copy.simulated
    assert list(real.roles) == list(copy.roles)
    assert set(real.contributions()) == set(copy.contributions())
    assert [one.driver for one in real.roles.values()] == [
        one.driver for one in copy.roles.values()
    ]
