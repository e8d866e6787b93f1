"""All checks of a lab, found from its folders: none is listed by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from drivers.conformance import files, quality, rules
from drivers.conformance.folder import Folder, Subject, folder_of
from drivers.conformance.replaying import follows
from drivers.conformance.transcripts import Golden, Scene
from labctl.errors import BenchError
from labctl.labs import Lab
from labctl.testing.check import Check
from rigs.conformance.meeting import answers_in_form, know_each_other, makes_safe_unseen
from rigs.conformance.places import Place, emulators, every_place
from rigs.serving import emulator_rules, stand

if TYPE_CHECKING:
    from rigs.serving import Stand

Find = Callable[[], Iterable[str]]


def checks_of(lab: Lab) -> Iterator[Check]:
    """Every check of `lab`; `BenchError` where one of its folders or tables cannot be read."""
    folder = folder_of(lab.packages["drivers"]) if "drivers" in lab.packages else None
    if folder is not None:
        yield from driver_checks(folder)
        yield from golden_checks(folder)
        yield from meeting_checks(lab, folder)
    yield from emulator_checks(lab, folder)


def driver_checks(folder: Folder) -> Iterator[Check]:
    """Every rule of every driver, and of the table of their quality."""
    for subject in folder.subjects():
        for name, rule in {
            **rules.RULES,
            "has its tier, with a reason": quality.has_its_tier,
        }.items():
            yield Check(f"driver {subject.name}", name, partial(rule, subject))
    yield Check(
        f"drivers {folder.package}",
        "every row of quality.toml has its driver and its test",
        partial(quality.rows_without_driver, folder),
    )


def golden_checks(folder: Folder) -> Iterator[Check]:
    """Every golden file, and every driver at the end of every scene of its own."""
    golden = Golden(folder.golden)
    yield Check(
        f"golden {folder.package}",
        "every golden file has its driver",
        partial(files.of_no_driver, folder.names(), golden),
    )
    for model in _with_driver(folder, golden):
        for name, rule in files.RULES.items():
            yield Check(f"golden {model}", name, partial(rule, Subject(folder, model)))
        for scene in _scenes(golden, model):
            if scene.driven:
                yield Check(f"golden {scene}", "its driver follows", _follows(folder, scene))


def meeting_checks(lab: Lab, folder: Folder) -> Iterator[Check]:
    """Every driver that has an emulator: they know each other, the golden file holds for both."""
    golden = Golden(folder.golden)
    seen: set[str] = set()
    for place in every_place(lab):
        model = folder.short(place.driver)
        if not model or model in seen:
            continue
        seen.add(model)
        yield Check(f"driver {model}", "knows its emulator", partial(know_each_other, place))
        find = partial(makes_safe_unseen, place)
        yield Check(f"driver {model}", "makes safe an instrument that it never saw", find)
        for scene in _scenes(golden, model):
            if not scene.driver_only:
                find = partial(answers_in_form, place, scene)
                yield Check(f"golden {scene}", "its emulator answers so", find)


def emulator_checks(lab: Lab, folder: Folder | None) -> Iterator[Check]:
    """Every rule of every emulator, as it stands on a simulated bench of the lab: on the one named
    `reference` where it stands there, else on the first."""
    stands = {place.emulator: place for place in reversed(every_place(lab))}
    for name in emulators(lab):
        if name not in stands:
            find = partial(_on_no_bench, name)
            yield Check(f"emulator {name}", "stands on a simulated bench", find)
            continue
        for rule in emulator_rules():
            find = partial(_stands, rule, stands[name], folder)
            yield Check(f"emulator {name}", rule, find)


def _scenes(golden: Golden, model: str) -> list[Scene]:
    """The scenes of a model; none where its file cannot be read, which a rule of its own tells."""
    try:
        return golden.scenes(model)
    except BenchError:
        return []


def _with_driver(folder: Folder, golden: Golden) -> list[str]:
    return sorted(set(golden.models()) & set(folder.names()))


def _follows(folder: Folder, scene: Scene) -> Find:
    return lambda: follows(scene, Subject(folder, scene.model).kind)


def _on_no_bench(name: str) -> Iterator[str]:
    yield f"no simulated bench of the lab (rigs/benches/sim/*.toml) has the emulator {name}"


def _stands(rule: str, place: Place, folder: Folder | None) -> Iterable[str]:
    return emulator_rules()[rule](stand_of(place, folder))


def stand_of(place: Place, folder: Folder | None) -> Stand:
    """The emulator of `place`; a host sends it what the golden file of its driver sends."""
    model = folder.short(place.driver) if folder is not None else ""
    data = Golden(folder.golden).load(model) if folder is not None and model else {}
    ends = {"ends": data.get("ends", "\n")}
    exchanges = [
        ends | one for scene in data.get("scene", {}).values() for one in scene["exchange"]
    ]
    return stand(place.bench, place.role, exchanges, data.get("checked", False))
