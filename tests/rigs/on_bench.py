"""A rig on its simulated bench, open while a test looks at it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

from labctl import clock
from labctl.catalogue import load
from labctl.labs import SampleRequest
from rigs.assembly import check_roles, driver_class, limits_of
from rigs.bench import Bench
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
