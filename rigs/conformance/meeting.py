"""A driver's link with the emulator of its role behind it: do they know each other?"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

from drivers.conformance.transcripts import Scene
from drivers.conformance.wire import replay
from drivers.links.opening import open_link
from drivers.registry import DriverClass, load_driver
from labctl import clock
from labctl.errors import LabError
from labctl.evidence import Identity
from rigs.conformance.places import Place
from rigs.opening import doors_of
from rigs.options import configured
from rigs.serving import alone

SEED = 1


@asynccontextmanager
async def simulated_link(place: Place) -> AsyncIterator[Any]:
    """A link of the kind that the driver of `place` wants, to its emulator."""
    sim = alone(place.bench, place.role, SEED)
    sim.open(clock.now())
    try:
        settings = driver_of(place).settings
        link = await open_link(sim.address(place.role), doors_of(place.bench, sim), settings)
        try:
            yield link
        finally:
            await link.close()
    finally:
        sim.close()


def driver_of(place: Place) -> DriverClass:
    """The driver of `place`, with the options that its role on the bench has."""
    return configured(place.bench, place.role, load_driver(place.driver))


def know_each_other(place: Place) -> Iterator[str]:
    """The driver identifies its emulator, before and after it made it safe; it is simulated."""
    try:
        found = clock.run(_identified(place), virtual=True)
    except LabError as error:
        yield f"on the bench {place.bench.name}: {type(error).__name__}: {error}"
        return
    if not found.simulated:
        yield f"the serial number {found.serial!r} does not begin with SIM-"


async def _identified(place: Place) -> Identity:
    async with simulated_link(place) as link:
        driver = driver_of(place)(link, {})
        await driver.identify()
        await driver.resync()
        await driver.safe()
        return await driver.identify()


def makes_safe_unseen(place: Place) -> Iterator[str]:
    """A driver that never saw its instrument brings the line in order and makes it safe.

    Another process does so when the one that used the instrument has died.
    """
    try:
        clock.run(_rescued(place), virtual=True)
    except LabError as error:
        yield f"on the bench {place.bench.name}: {type(error).__name__}: {error}"


async def _rescued(place: Place) -> None:
    async with simulated_link(place) as link:
        driver = driver_of(place)(link, {})
        await driver.resync()
        await driver.safe()


def answers_in_form(place: Place, scene: Scene) -> Iterator[str]:
    """The emulator answers the commands of a scene in the form that the scene has."""
    try:
        yield from clock.run(_replayed(place, scene), virtual=True)
    except LabError as error:
        yield f"{type(error).__name__}: {error}"


async def _replayed(place: Place, scene: Scene) -> list[str]:
    async with simulated_link(place) as link:
        return await replay(link, [*scene.raw_before, *scene.raw], checked=scene.checked)
