"""Every public name has a docstring; one on physical quantities names their units."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from drivers.conformance.words import UNIT
from tests.house.tree import Rule, Source, in_packages

# A plain `t` is run time in seconds throughout the house, so it needs no words.
PHYSICAL = {
    *("voltage", "current", "temperature", "irradiance", "power", "area", "radius", "resistance"),
    *("mass", "pressure", "energy", "charge", "frequency", "wavelength", "thickness", "distance"),
    *("seconds", "duration", "delay", "dose", "compliance", "timeout"),
}
COUNTED = {"cycles", "points", "count", "factor", "number"}
"""Last words of names of plain numbers: power line cycles are no power."""

NUMERIC = re.compile(r"\b(float|ndarray|NDArray|ArrayLike|FloatArray|Array)\b")
Function = ast.FunctionDef | ast.AsyncFunctionDef


def find(source: Source) -> Iterator[tuple[int, str]]:
    """Public names without docstring, docstrings without the units of their numbers."""
    if ast.get_docstring(source.tree) is None and source.text.strip():
        yield 1, "module without docstring"
    yield from _body(source.tree.body, ast.get_docstring(source.tree) or "", "")


def _body(body: list[ast.stmt], around: str, prefix: str) -> Iterator[tuple[int, str]]:
    for node in body:
        if not isinstance(node, Function | ast.ClassDef) or node.name.startswith("_"):
            continue
        doc = ast.get_docstring(node)
        name = prefix + node.name
        if doc is None:
            if not _is_overload(node):
                yield node.lineno, f"{name} has no docstring"
        elif isinstance(node, Function):
            yield from _units(node, name, doc + "\n" + around)
        if isinstance(node, ast.ClassDef):
            yield from _body(node.body, f"{around}\n{doc or ''}", name + ".")


def _is_overload(node: Function | ast.ClassDef) -> bool:
    names = {ast.unparse(decorator).rsplit(".", 1)[-1] for decorator in node.decorator_list}
    return bool(names & {"overload", "setter", "override"})


def _units(node: Function, name: str, doc: str) -> Iterator[tuple[int, str]]:
    arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
    physical = [
        argument.arg
        for argument in arguments
        if argument.annotation is not None
        and NUMERIC.search(ast.unparse(argument.annotation))
        and set(argument.arg.split("_")) & PHYSICAL
        and argument.arg.split("_")[-1] not in COUNTED
    ]
    if physical and not UNIT.search(doc):
        yield node.lineno, f"{name} names no unit for {', '.join(physical)}"


RULE = Rule(
    "public names have docstrings with units",
    in_packages,
    find,
    bad=(
        ("labctl/a.py", "x = 1"),
        ("labctl/a.py", '"""A."""\ndef f(): pass'),
        ("labctl/a.py", '"""A."""\nclass B:\n    """B."""\n    def f(self): pass'),
        ("labctl/a.py", '"""A."""\nclass B:\n    pass'),
        ("labctl/a.py", '"""A."""\ndef f(cell_voltage: float) -> float:\n    """The power."""'),
        ("labctl/a.py", '"""A."""\ndef f(dose: NDArray) -> None:\n    """Do it."""'),
    ),
    good=(
        ("labctl/__init__.py", ""),
        ("labctl/a.py", '"""A."""\ndef _f(): pass'),
        (
            "labctl/a.py",
            '"""A."""\ndef f(voltage: float) -> float:\n    """Power in W of `voltage` in V."""',
        ),
        (
            "labctl/a.py",
            '"""A. All quantities are SI."""\ndef f(voltage: float):\n    """Power."""',
        ),
        ("labctl/a.py", '"""A."""\ndef f(power_line_cycles: float):\n    """Integrate."""'),
        ("labctl/a.py", '"""A."""\ndef f(current: str):\n    """The current one."""'),
    ),
)
