"""No reflection: nothing is reached by a name in a string, nothing is run from text."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.house.tree import Rule, Source, dotted, in_packages

CALLS = {
    *("getattr", "setattr", "delattr", "hasattr", "vars", "globals", "locals"),
    *("eval", "exec", "__import__", "compile"),
}


def find(source: Source) -> Iterator[tuple[int, str]]:
    """Calls of the reflecting builtins, modules loaded by name, uses of __dict__."""
    for call in source.calls():
        name = dotted(call.func)
        if name in CALLS or name.endswith("import_module"):
            yield call.lineno, f"calls {name}()"
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute) and node.attr == "__dict__":
            yield node.lineno, "uses __dict__"


RULE = Rule(
    "no reflection",
    in_packages,
    find,
    bad=(
        ("labctl/a.py", "getattr(x, 'name')"),
        ("labctl/a.py", "setattr(x, name, 1)"),
        ("rigs/a.py", "import importlib\nimportlib.import_module(name)"),
        ("rigs/a.py", "eval('1')"),
        ("rigs/a.py", "x.__dict__['a']"),
    ),
    good=(("labctl/a.py", "x.name\nre.compile('a')"),),
    allowed={
        "drivers/conformance/fitting.py::import_module": "a lab may add roles of its own",
        "drivers/links/preload.py::import_module": "libraries are loaded before they are needed",
        "rigs/named.py::import_module": "bench files name their rig by its module",
        "drivers/registry.py::import_module": "bench files name drivers by their module",
        "drivers/registry.py::vars": "a module without the name DRIVER is told so",
        "rigs/assembly.py::vars": "which methods a role asks for stands in its Protocol alone",
        "sim_backends/snapshot/anatomy.py::vars": "a snapshot holds the state of any model",
        "sim_backends/snapshot/anatomy.py::getattr": "a snapshot holds the state of any model",
        "sim_backends/snapshot/anatomy.py::hasattr": "a snapshot holds the state of any model",
        "sim_backends/snapshot/anatomy.py::__dict__": "slots stand in the class alone",
        "sim_backends/snapshot/anatomy.py::import_module": "classes are found again by name",
        "sim_backends/modules.py::import_module": "bench files name emulators and worlds by module",
        "labctl/discovery.py::import_module": "labs name their packages in an entry point",
        "labctl/greenlets.py::getattr": "only some awaitables, the coroutines, can be closed",
        "labctl/virtual_loop.py::getattr": "a callable need not have a name to print",
    },
)
