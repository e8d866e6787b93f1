"""Which modules of a package a function needs, by reading imports.

The names that the function uses, and what it uses of its own module, lead to the first modules;
from there every import counts. So a neighbour in the same module brings nothing along.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path


def needed(module: str, function: str, among: Iterable[str]) -> frozenset[str]:
    """The modules `among` which `function` of `module` needs, without `module` itself."""
    known = frozenset(among) - {module}
    found: set[str] = set()
    waiting = list(_of_function(module, function) & known)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += _imported(_tree(name).body, name) & known
    return frozenset(found)


def _of_function(module: str, function: str) -> frozenset[str]:
    """What the imports are that a function uses, itself or by what it uses of its module."""
    body = _tree(module).body
    own = {name: node for node in body for name in _defined(node)}
    used, waiting = set[str](), [function]
    while waiting:
        name = waiting.pop()
        if name in own and name not in used:
            waiting += [one.id for one in ast.walk(own[name]) if isinstance(one, ast.Name)]
        used.add(name)
    given = _aliases(body, module)
    return frozenset(place for name in used for place in given.get(name, ()))


def _defined(node: ast.stmt) -> Iterator[str]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield node.name
    elif isinstance(node, ast.Assign):
        yield from (one.id for one in node.targets if isinstance(one, ast.Name))
    elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        yield node.target.id


def _aliases(body: Iterable[ast.stmt], module: str) -> Mapping[str, frozenset[str]]:
    """What each imported name of a module may stand for: the module that it comes from, and it."""
    found: dict[str, frozenset[str]] = {}
    for node in body:
        if isinstance(node, ast.Import):
            for one in node.names:
                found[one.asname or one.name.partition(".")[0]] = frozenset({one.name})
        elif isinstance(node, ast.ImportFrom):
            base = _base(node, module)
            for one in node.names:
                found[one.asname or one.name] = frozenset({base, f"{base}.{one.name}"})
    return found


def _imported(body: Iterable[ast.stmt], module: str) -> frozenset[str]:
    """Every module that a module may import, also inside its functions."""
    nodes = [one for node in body for one in ast.walk(node)]
    statements = [one for one in nodes if isinstance(one, ast.stmt)]
    return frozenset(place for given in _each(statements, module) for place in given)


def _each(statements: Iterable[ast.stmt], module: str) -> Iterator[frozenset[str]]:
    for one in statements:
        yield from _aliases([one], module).values()


def _base(node: ast.ImportFrom, module: str) -> str:
    if not node.level:
        return node.module or ""
    parent = module.split(".")[: -node.level]
    return ".".join([*parent, node.module] if node.module else parent)


def _tree(module: str) -> ast.Module:
    spec = find_spec(module)
    if spec is None or spec.origin is None or not spec.has_location:
        return ast.Module([], [])
    return ast.parse(Path(spec.origin).read_text(encoding="utf-8"))
