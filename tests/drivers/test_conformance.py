"""What every driver must do, found from the folder: none is listed by hand.

A driver of another lab is held to the same by its own tests calling `assert_conforms`.
"""

from __future__ import annotations

import inspect
import math
import tomllib
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

import pytest

import drivers
from drivers.driver import Driver
from drivers.registry import load_driver
from labctl.errors import Defect, InstrumentError, LinkError
from labctl.evidence import Accuracy, Reading
from tests.drivers.odd_links import Odd
from tests.drivers.scripted import run
from tests.golden.transcripts import models, scenes
from tests.house.rules.docstrings import UNIT

HOME = Path(drivers.__file__).parent
NO_VENDORS = {"links", "roles", "codecs", "generic", "__pycache__"}
NAMES = sorted(
    f"{file.parent.name}.{file.stem}"
    for file in HOME.glob("*/*.py")
    if file.parent.name not in NO_VENDORS and not file.stem.startswith("_")
)
TIERS = {"unverified", "golden", "foreign-verified", "hardware-verified"}
NO_SAFE_STATE = "drives nothing"
"""What `safe` of an instrument that can only read says of itself: there is no state to read."""


def protocols() -> list[type]:
    """Every role: the Protocols in drivers/roles that are drivers."""
    found: list[type] = []
    for file in sorted((HOME / "roles").glob("[!_]*.py")):
        module = import_module(f"drivers.roles.{file.stem}")
        for kind in vars(module).values():
            if isinstance(kind, type) and Protocol in kind.__mro__ and Driver in kind.__mro__:
                found.append(kind)
    return [kind for kind in dict.fromkeys(found) if kind is not Driver]


def asked(role: type) -> dict[str, Any]:
    """What a role asks for, by name."""
    return {
        name: member
        for kind in role.__mro__
        if Protocol in kind.__mro__
        for name, member in vars(kind).items()
        if not name.startswith("_") and callable(member)
    }


def takes(method: Any) -> list[tuple[str, Any]]:
    """Names and kinds of a method's parameters."""
    parameters = inspect.signature(method).parameters.values()
    return [(one.name, one.kind) for one in parameters]


def fits(driver: type, role: type) -> bool:
    """Whether `driver` has every method of `role`, taking at least the same arguments."""
    for name, member in asked(role).items():
        own = getattr(driver, name, None)
        if own is None or not set(takes(member)) <= set(takes(own)):
            return False
        if inspect.iscoroutinefunction(own) != inspect.iscoroutinefunction(member):
            return False
    return True


def public(driver: type) -> dict[str, Callable[..., Any]]:
    """A driver's public methods."""
    return {
        name: member
        for name, member in inspect.getmembers(driver, inspect.isfunction)
        if not name.startswith("_")
    }


def made(name: str, *, answers: bool) -> tuple[Any, Odd]:
    link = Odd(answers=answers)
    return load_driver(name)(link, {}), link


@pytest.mark.parametrize("name", NAMES)
def test_a_module_offers_one_driver_that_fits_a_role(name: str) -> None:
    found: Any = load_driver(name)
    assert isinstance(found, type)
    assert found.__module__ == f"drivers.{name}"
    assert fits(found, Driver)
    roles = [role.__name__ for role in protocols() if fits(found, role)]
    assert roles, "it fits no role of drivers/roles"


@pytest.mark.parametrize("name", NAMES)
def test_accuracies_have_sources_and_ranges_of_their_own(name: str) -> None:
    lines: tuple[Accuracy, ...] = load_driver(name).accuracies  # type: ignore[attr-defined]
    assert lines
    keys = {(line.function, line.range, line.resolution) for line in lines}
    assert len(keys) == len(lines)
    for line in lines:
        assert len(line.source) > 10 and line.unit
        for figure in (line.gain, line.offset, line.resolution, line.noise):
            assert math.isfinite(figure) and figure >= 0
        assert line.gain + line.offset > 0, line


@pytest.mark.parametrize("name", NAMES)
def test_public_methods_say_what_they_do_in_units(name: str) -> None:
    for method, member in public(load_driver(name)).items():  # type: ignore[arg-type]
        doc = inspect.getdoc(member)
        assert doc, f"{method} has no docstring"
        signature = inspect.signature(member)
        annotations = [str(one.annotation) for one in signature.parameters.values()]
        speaks_units = "float" in " ".join(annotations) or (
            Reading.__name__ in str(signature.return_annotation)
        )
        around = f"{doc}\n{inspect.getmodule(member).__doc__}\n{load_driver(name).__doc__}"
        assert not speaks_units or UNIT.search(around), f"{method} names no unit"


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("answers", [False, True], ids=["silent", "garbage"])
def test_nobody_is_identified_where_nothing_sensible_answers(name: str, answers: bool) -> None:
    driver, link = made(name, answers=answers)
    with pytest.raises((InstrumentError, LinkError)) as caught:
        run(driver.identify)
    assert caught.value.address == link.address
    with pytest.raises(Defect):
        _ = driver.identity


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("answers", [False, True], ids=["silent", "garbage"])
def test_safe_is_not_claimed_without_a_reading_back(name: str, answers: bool) -> None:
    driver, _ = made(name, answers=answers)
    if NO_SAFE_STATE in " ".join((inspect.getdoc(driver.safe) or "").split()):
        return
    with pytest.raises((InstrumentError, LinkError)):
        run(driver.safe)


@pytest.mark.parametrize("name", NAMES)
def test_resync_on_a_dead_line_ends_and_close_gives_the_line_back(name: str) -> None:
    driver, link = made(name, answers=False)

    async def body() -> None:
        try:
            await driver.resync()
        except (InstrumentError, LinkError) as error:
            assert error.address == link.address
        await driver.close()

    run(body)
    assert link.closed == 1
    assert driver.address == link.address


@pytest.mark.parametrize("name", sorted(set(NAMES) & set(models())))
def test_the_transcript_shows_identity_and_safe_state(name: str) -> None:
    shown = {call["call"] for scene in scenes(name) if not scene.raises for call in scene.calls}
    assert {"identify", "safe"} <= shown


def test_every_driver_has_its_tier_with_a_reason() -> None:
    table = tomllib.loads((HOME / "quality.toml").read_text(encoding="utf-8"))
    assert sorted(table) == NAMES
    for name, row in table.items():
        assert row["tier"] in TIERS, name
        assert len(row["reason"]) > 20, name
        if name not in models():
            assert row["tier"] == "unverified", f"{name} has no golden transcript"
