"""Arrows beyond import-linter's: modules named in strings, and the doors to simulation."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tests.house.tree import PACKAGES, Rule, Source, in_packages

NEVER = {
    "labctl": {"drivers", "rigs", "procedures", "sim_backends"},
    "drivers": {"sim_backends", "rigs", "procedures"},
    "sim_backends": {"drivers", "rigs", "procedures"},
    "rigs": {"procedures", "sim_backends"},
    "procedures": {"sim_backends"},
}
LINES = {"pyvisa", "pyvisa_py", "serial", "pymodbus", "bleak", "aiomqtt", "socket"}
JUDGES = {"labctl.catalogue", "labctl.verdict", "labctl.indicator", "labctl.agreement"}
MODULE = re.compile(rf"^({'|'.join(PACKAGES)})(\.[a-z_][a-z0-9_]*)+$")
# opening.py simulates a bench for a procedure; serving.py puts a simulated bench on real sockets
# for others' drivers and opens none.
DOORS = {"rigs/opening.py", "rigs/serving.py"}


def find(source: Source) -> Iterator[tuple[int, str]]:
    """Imports against the arrows, and dotted names of forbidden modules in strings."""
    never = NEVER[source.package] - ({"sim_backends"} if source.path in DOORS else set())
    for line, name in source.imports():
        if name.split(".")[0] in never:
            yield line, f"imports {name}"
        if source.package == "procedures" and name.split(".")[0] in LINES:
            yield line, f"imports the instrument library {name}"
        if source.package == "procedures" and name in JUDGES:
            yield line, f"imports {name}, which knows the limits"
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            match = MODULE.match(node.value)
            if match and match.group(1) in never:
                yield node.lineno, f"names the module {node.value} in a string"


RULE = Rule(
    "arrows",
    in_packages,
    find,
    bad=(
        ("labctl/a.py", "import rigs.lab"),
        ("labctl/a.py", "def f():\n    from drivers.roles import voltmeter"),
        ("labctl/a.py", "importlib.import_module('rigs.lab')"),
        ("drivers/a.py", "from sim_backends import bench"),
        ("sim_backends/a.py", "import drivers.driver"),
        ("rigs/bench.py", "from sim_backends.bench import SimBench"),
        ("procedures/a.py", "import pyvisa"),
        ("procedures/a.py", "from labctl.catalogue import load"),
        ("procedures/a.py", "from labctl import verdict"),
        ("procedures/a.py", "x = 'sim_backends.samples.recipe'"),
    ),
    good=(
        ("rigs/opening.py", "from sim_backends.bench import SimBench"),
        (
            "procedures/a.py",
            "from labctl.run import Run\nfrom rigs.photovoltaic import PhotovoltaicRig",
        ),
    ),
)
