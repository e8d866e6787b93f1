"""A driver on its simulated instrument, asked twice for the same, with a fault the second time."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from drivers.links.doors import Doors
from drivers.links.opening import open_link
from labctl import clock
from labctl.errors import InstrumentError, LinkError
from sim_backends.bench import RoleSpec, SimBench
from sim_backends.faults import Fault
from tests.drivers.scripted import run

Use = Callable[[Any], Awaitable[Any]]


def asked_twice(
    spec: RoleSpec, driver: Any, prepare: Use, use: Use, fault: Callable[[int], Fault]
) -> tuple[Any, Any]:
    """What `use` gives after `prepare`, and again with `fault` from its next answer on.

    The second may be the driver's error; it has address, command and remedy.
    """
    bench = SimBench("reference", {"one": spec}, None, 1, faulty=True)

    async def body() -> tuple[Any, Any]:
        bench.open(clock.now())
        doors = Doors(simulated=True, visa_library=bench.visa_library)
        opened = driver(await open_link(bench.address("one"), doors, driver.settings))
        try:
            await opened.identify()
            await prepare(opened)
            first = await use(opened)
            bench.inject("one", fault(bench.transactions("one") + 1))
            return first, await _tried(use, opened)
        finally:
            await opened.close()
            bench.close()

    return run(body)


async def _tried(use: Use, driver: Any) -> Any:
    try:
        return await use(driver)
    except (InstrumentError, LinkError) as error:
        assert error.address and error.remedy and error.command, error
        return error
