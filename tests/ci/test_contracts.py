"""The contract `may_import` finds what it is there to find."""

from __future__ import annotations

from grimp import ImportGraph

from ci.contracts import is_within, strays


def _graph(*imports: tuple[str, str]) -> ImportGraph:
    graph = ImportGraph()
    for module in ("drivers", "drivers.links", "labctl", "labctl.clock", "labctl.engine"):
        graph.add_module(module)
    graph.add_module("pyvisa", is_squashed=True)
    for importer, imported in imports:
        graph.add_import(importer=importer, imported=imported)
    return graph


def test_a_stray_import_is_found() -> None:
    graph = _graph(("drivers.links", "labctl.engine"), ("drivers.links", "labctl.clock"))
    assert strays(graph, "drivers", {"drivers", "labctl.clock"}) == [
        ("drivers.links", "labctl.engine")
    ]


def test_libraries_and_allowed_modules_are_left() -> None:
    graph = _graph(("drivers.links", "pyvisa"), ("drivers.links", "labctl.clock"))
    graph.add_import(importer="labctl.clock", imported="labctl.engine")
    assert not strays(graph, "drivers", {"drivers", "labctl.clock"})


def test_a_name_is_within_a_package_by_whole_parts() -> None:
    assert is_within("labctl.clock", {"labctl.clock"})
    assert is_within("drivers.roles.voltmeter", {"drivers.roles"})
    assert not is_within("drivers.roles_old", {"drivers.roles"})
