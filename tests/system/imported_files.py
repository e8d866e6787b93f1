"""What instruments that write files say on the reference bench, read by the drivers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import cache
from typing import Any

from drivers.links.doors import Doors
from drivers.links.opening import open_link
from drivers.registry import load_driver
from labctl import clock
from sim_backends.bench import RoleSpec, SimBench
from sim_backends.faults import Fault
from sim_backends.modules import world
from tests.sim_backends.emulators.found import bench

ROLES = [role for role, entry in bench().roles.items() if entry.address == "sim:files"]
ONCE = "quantum_efficiency"
"""Measures one cell once, when its bench is opened: a spoiled file is followed by no other."""

STATIONS = [role for role in ROLES if role != ONCE]
PICTURES = ("imported.hdf5", "imported.png", "imported.tiff")
SEEDS = (1, 2)


def sim(role: str, seed: int, faults: tuple[Fault, ...] = ()) -> SimBench:
    entry = bench().roles[role]
    spec = RoleSpec(entry.emulator, entry.port, entry.address)
    return SimBench("reference", {role: spec}, None, seed, faults={role: list(faults)})


def driven(role: str, seed: int, use: Callable[[Any], Awaitable[Any]], *faults: Fault) -> Any:
    """What `use` makes of the driver of `role`."""

    async def main() -> Any:
        simulated = sim(role, seed, faults)
        simulated.open(clock.now())
        try:
            kind = load_driver(bench().roles[role].driver)
            link = await open_link(simulated.address(role), Doors(True), kind.settings)
            driver: Any = kind(link, {})
            try:
                return await use(driver)
            finally:
                await driver.close()
        finally:
            simulated.close()

    return clock.run(main(), virtual=True)


async def newest(driver: Any) -> Any:
    """The newest result of an identified driver, whatever kind it is."""
    assert (await driver.identify()).simulated
    if f"imported.{type(driver).__module__.rpartition('.')[2]}" in PICTURES:
        return await driver.latest_beam_image()
    if type(driver).__module__.endswith("klarf"):
        return await driver.latest_defects()
    return await driver.latest()


@cache
def result(role: str, seed: int) -> Any:
    return driven(role, seed, newest)


def truth(role: str) -> dict[str, float]:
    told = world("reference").build(None, seed=1, t0=0.0).truth[bench().roles[role].port]
    return {name: value for name, (value, _) in told.items()}
