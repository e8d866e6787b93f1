"""Every role as a Protocol: async, small, with units, refusals and wrong answers in its words."""

from __future__ import annotations

import dataclasses
import inspect
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import drivers.roles
from drivers.driver import Driver
from drivers.roles.classes import Role, roles
from drivers.roles.imported import ResultImporter

FOLDER = Path(drivers.roles.__file__).parent
ROLES = sorted({role.module: role for role in roles()}.values(), key=lambda role: role.module)
EARLIER = {"source_meter", "voltmeter", "temperature_controller", "solar_simulator"} | {
    "bending_tester"
}
"""Roles whose drivers' own docstrings tell what they refuse."""

SMALLEST, LARGEST, LONGEST_FILE = 4, 12, 150
SMALLER = {
    "air_monitor": "what it reads, and its channels, are the whole of it",
    "laser_shutter": "a blade is open or not, and its interlock closed or not",
    "power_dispatch": "a dispatch centre commands and hears; controllers extend it",
    "voltmeter": "one method is the whole of it, and others extend it",
}

# A single letter is a unit only where it stands like one: `in A`, `J/m**2`, `(V`, `0.2 s`.
UNIT = re.compile(
    r"(?:\b(?:in|of|or|and|per|is|to|by|as) |[\[(/*,] ?|\d )(?:V|A|W|s|K|h|m|u|J|C|N|T|S)\b(?!')"
    r"|\b(?:Hz|Pa|kg|ohm|degC|rad|deg|sr|lm|dBm?|var|bit|bytes|cd|mol|SI)\b|%|\b1/(?:s|m)\b"
    r"|\bunit `\w+`|`unit\(\)`|\b(?:units?|fractions?|[Dd]imensionless|power line cycles)\b"
    r"|\b(?:pixels|own unit|plain number)\b"
)
QUANTITY = re.compile(r"\b(?:float|Reading|ReadingArray|FloatArray|Quantity)\b")
LIMITED = re.compile(r"\b(?:float|int|Sequence|Mapping|Literal)\b")


def module_of(role: Role) -> Any:
    return import_module(f"drivers.roles.{role.module}")


def protocol_of(role: Role) -> Any:
    return vars(module_of(role))[role.protocol]


def methods_of(protocol: Any) -> dict[str, Any]:
    """Public members that a role adds to `Driver`, inherited ones included."""
    return {
        name: member
        for part in reversed(protocol.__mro__)
        if Driver in part.__mro__ and part is not Driver
        for name, member in vars(part).items()
        if not name.startswith("_")
    }


def all_methods() -> Iterator[tuple[str, Any]]:
    for role in ROLES:
        for name, member in methods_of(protocol_of(role)).items():
            yield f"{role.module}.{name}", member


def own_results(role: Role) -> list[Any]:
    """Classes of a role's module beside its Protocol."""
    module, protocol = module_of(role), protocol_of(role)
    own = [thing for thing in vars(module).values() if isinstance(thing, type)]
    return [t for t in own if t.__module__ == module.__name__ and t is not protocol]


def types_of(method: Any) -> str:
    return " ".join(map(str, inspect.get_annotations(method).values()))


def field_types(result: Any) -> str:
    return " ".join(str(field.type) for field in dataclasses.fields(result))


def test_every_public_member_is_an_async_method_with_a_docstring() -> None:
    members = dict(all_methods())
    assert len(members) > 500
    assert not [n for n, m in members.items() if not (inspect.iscoroutinefunction(m) and m.__doc__)]


def test_roles_are_small() -> None:
    counts = {role.module: len(methods_of(protocol_of(role))) for role in ROLES}
    outside = {name: n for name, n in counts.items() if not SMALLEST <= n <= LARGEST}
    assert set(outside) == set(SMALLER)


def test_methods_that_take_or_give_quantities_name_a_unit() -> None:
    lacking = [
        f"{name}: {method.__doc__}"
        for name, method in all_methods()
        if QUANTITY.search(types_of(method)) and not UNIT.search(method.__doc__)
    ]
    assert not lacking, "\n".join(lacking)


@pytest.mark.parametrize(
    "words",
    ["A new gate.", "The balance's value.", "Waits for a result.", "The unitary state's `field`."],
)
def test_words_without_unit_are_found(words: str) -> None:
    assert not UNIT.search(words)


@pytest.mark.parametrize(
    "words",
    [
        "Level in A.",
        "Dose in J/m**2.",
        "Time (s).",
        "Bends, unit `cyc`.",
        "Target in `unit()`.",
        "Share, dimensionless.",
        "Rate in 1/s.",
    ],
)
def test_units_are_found(words: str) -> None:
    assert UNIT.search(words)


def test_results_are_frozen_and_name_units_and_shapes() -> None:
    found = [(result, field_types(result)) for role in ROLES for result in own_results(role)]
    assert len(found) > 70
    for result, types in found:
        parameters = vars(result)["__dataclass_params__"]
        assert parameters.frozen, result
        assert "Array" not in types or not parameters.eq, f"{result}: arrays have no truth value"
        if QUANTITY.search(types):
            assert UNIT.search(result.__doc__ or ""), result
        if re.search(r"\b\w+Array\b", types):
            assert "shape" in (result.__doc__ or ""), result


def said(protocol: Any) -> str:
    """Docstrings of a role's classes and methods, what it extends included."""
    parts = [part.__doc__ or "" for part in protocol.__mro__ if Driver in part.__mro__]
    return "\n".join([*parts, *(method.__doc__ for method in methods_of(protocol).values())])


def takes_limited(protocol: Any) -> bool:
    """Whether a method takes anything that an instrument may not have."""
    return any(
        LIMITED.search(str(kind))
        for method in methods_of(protocol).values()
        for name, kind in inspect.get_annotations(method).items()
        if name not in ("return", "timeout")
    )


def test_roles_say_what_they_refuse_and_what_is_a_wrong_answer() -> None:
    for role in ROLES:
        if role.module in EARLIER:
            continue
        protocol = protocol_of(role)
        assert "InstrumentError" in said(protocol), role.module
        if takes_limited(protocol):
            assert "LimitRefused" in said(protocol), role.module


def test_importers_hand_over_results_that_name_their_file() -> None:
    importers = [role for role in ROLES if ResultImporter in protocol_of(role).__mro__]
    assert len(importers) > 20
    for role in importers:
        if role.module != "online_chromatograph":
            results = [
                result
                for result in own_results(role)
                if "file" in vars(result).get("__dataclass_fields__", {})
            ]
            assert results, role.module


def test_no_state_is_toggled_or_stepped() -> None:
    stepping = re.compile(r"toggle|move_relative|move_by|increment|^next_(die|position)")
    assert not [name for name, _ in all_methods() if stepping.search(name.partition(".")[2])]


def test_files_are_short() -> None:
    lines = {f.stem: f.read_text(encoding="utf-8").count("\n") for f in FOLDER.glob("*.py")}
    assert not {name: count for name, count in lines.items() if count >= LONGEST_FILE}


def test_a_file_holds_one_role() -> None:
    for role in ROLES:
        assert not [t for t in own_results(role) if Driver in t.__mro__], role.module


def test_importing_every_role_is_light() -> None:
    names = ", ".join(f"drivers.roles.{role.module}" for role in ROLES)
    done = subprocess.run(
        [sys.executable, "-c", f"import sys, {names}\nprint(' '.join(sys.modules))"],
        cwd=FOLDER.parents[1],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    heavy = {"numpy", "pint", "scipy", "pyvisa", "serial", "pymodbus", "asyncio"}
    assert not heavy & set(done.stdout.split())
