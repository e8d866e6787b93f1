"""The sixty classes: every instrument name of the indicator map has exactly one role."""

from __future__ import annotations

from collections import Counter
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import yaml

import drivers.roles
import labctl
from drivers.driver import Driver
from drivers.roles.classes import PROGRAMS, TABLE, classes, role_of, roles, roles_of
from labctl.errors import UsageError

FOLDER = Path(drivers.roles.__file__).parent
MAP = Path(labctl.__file__).parent / "data" / "indicators"
NO_ROLES = {"__init__", "arrays", "classes", "imported", "watchdog"}


def rows() -> list[dict[str, Any]]:
    return [
        row
        for file in sorted(MAP.glob("*.yaml"))
        for direction in yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        for row in direction["indicators"]
    ]


def named() -> dict[str, set[str]]:
    """Instrument name of the map -> kinds of evidence of the indicators that name it."""
    found: dict[str, set[str]] = {}
    for row in rows():
        for name in row.get("instruments") or ():
            found.setdefault(name, set()).add(row["evidence"])
    return found


def test_there_are_sixty_classes() -> None:
    assert len(classes()) == 60


def test_every_instrument_of_the_map_has_exactly_one_role() -> None:
    covered = Counter(name for role in roles() for name in role.names)
    assert [name for name, count in covered.items() if count > 1] == []
    names = set(named())
    assert len(names) > 200
    assert names - set(covered) == PROGRAMS
    assert set(covered) - names == set()
    assert all(name in role_of(name).names for name in covered)


def test_programs_stand_beside_evaluated_software_only() -> None:
    evidence = named()
    assert all(evidence[name] == {"evaluated"} for name in PROGRAMS)


def test_a_class_begins_with_the_role_of_its_own_name() -> None:
    assert [roles_of(name)[0].module for name in classes()] == list(classes())


def test_a_class_has_distinct_roles_that_lead_to_names() -> None:
    for name in classes():
        found = roles_of(name)
        assert len({role.module for role in found}) == len(found), name
        assert any(role.names for role in found), name


def test_the_table_and_the_folder_hold_the_same_roles() -> None:
    modules = {file.stem for file in FOLDER.glob("*.py")} - NO_ROLES
    assert modules == {role.module for role in roles()}


def test_every_place_of_the_table_holds_a_protocol() -> None:
    for role in roles():
        protocol = vars(import_module(f"drivers.roles.{role.module}"))[role.protocol]
        assert protocol._is_protocol, role
        assert Driver in protocol.__mro__, role


@pytest.mark.parametrize(
    ("name", "module", "instrument_class"),
    [
        ("smu", "source_meter", "source_meter"),
        ("bending_tester", "bending_tester", "material_tester"),
        ("reference_cell", "radiometer", "solar_simulator"),
        ("pyranometer", "radiometer", "weather_station"),
        ("tube_furnace", "furnace", "temperature_controller"),
        ("vna", "vector_network_analyzer", "vector_network_analyzer"),
    ],
)
def test_role_of(name: str, module: str, instrument_class: str) -> None:
    role = role_of(name)
    assert (role.module, role.instrument_class) == (module, instrument_class)


@pytest.mark.parametrize(
    ("name", "says"),
    [("process_runner", "program"), ("crystal_ball", "no instrument class"), ("", "no instrument")],
)
def test_what_has_no_role_is_told(name: str, says: str) -> None:
    with pytest.raises(UsageError, match=says) as caught:
        role_of(name)
    assert caught.value.remedy


def test_an_unknown_class_is_told() -> None:
    with pytest.raises(UsageError, match="'smu'"):
        roles_of("smu")


def test_the_table_is_beside_its_reader() -> None:
    assert TABLE.parent == FOLDER and TABLE.is_file()
