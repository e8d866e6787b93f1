"""Golden transcripts against the emulators: the commands of a scene, answered in its form.

An emulator is found through the simulated bench `reference`, which has every emulated instrument:
a role there names the driver, the emulator and the port it is wired to.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from drivers.links.doors import Doors
from drivers.links.opening import open_link
from drivers.registry import load_driver
from labctl import clock
from labctl.evidence import Identity
from rigs.bench import load_bench
from rigs.benches import simulated_bench
from sim_backends.bench import RoleSpec, SimBench
from tests.drivers.scripted import run
from tests.golden.transcripts import Scene, models, scenes
from tests.golden.wire import replay

WORLD = "reference"


@dataclass(frozen=True)
class Place:
    """Where the bench `reference` has the emulator of a model."""

    emulator: str
    port: str
    door: str


def places() -> dict[str, Place]:
    """By the driver's name, which is that of its golden file; its first role where it has two."""
    bench = load_bench(simulated_bench(WORLD))
    found: dict[str, Place] = {}
    for entry in bench.roles.values():
        found.setdefault(entry.driver, Place(entry.emulator, entry.port, entry.address))
    return found


PLACES = places()
SCENES = [
    scene
    for model in models()
    if model in PLACES
    for scene in scenes(model)
    if not scene.driver_only
]


async def opened(bench: SimBench, model: str) -> Any:
    """A link of the kind that the driver of `model` wants, to the only role of `bench`."""
    bench.open(clock.now())
    radio = bench.bleak_backends
    doors = Doors(
        simulated=True,
        visa_library=bench.visa_library,
        bleak_backend=radio[0] if radio is not None else None,
    )
    return await open_link(bench.address("one"), doors, load_driver(model).settings)


@pytest.mark.parametrize("model", sorted(PLACES))
def test_driver_and_emulator_of_a_model_know_each_other(model: str) -> None:
    place = PLACES[model]
    bench = SimBench(WORLD, {"one": RoleSpec(place.emulator, place.port, place.door)}, None, 1)

    async def body() -> Identity:
        driver = load_driver(model)(await opened(bench, model), {})
        try:
            await driver.identify()
            await driver.resync()
            await driver.safe()
            return await driver.identify()
        finally:
            await driver.close()
            bench.close()

    assert run(body).simulated


@pytest.mark.parametrize("scene", SCENES, ids=str)
def test_emulator_answers_in_the_form_of_its_transcript(scene: Scene) -> None:
    place = PLACES[scene.model]
    bench = SimBench(WORLD, {"one": RoleSpec(place.emulator, place.port, place.door)}, None, 1)

    async def body() -> list[str]:
        link = await opened(bench, scene.model)
        try:
            return await replay(link, [*scene.raw_before, *scene.raw], checked=scene.checked)
        finally:
            await link.close()
            bench.close()

    assert run(body) == []


def test_every_emulated_model_with_a_transcript_is_replayed() -> None:
    shown = {model for model in models() if any(not s.driver_only for s in scenes(model))}
    assert {scene.model for scene in SCENES} == shown & set(PLACES)
