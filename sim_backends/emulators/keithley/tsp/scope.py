"""Variables of a running script, the two ways out of a block, and how a wrong value is named."""

from __future__ import annotations

from sim_backends.emulators.keithley.tsp import nodes
from sim_backends.emulators.keithley.tsp.nodes import Node
from sim_backends.emulators.keithley.tsp.values import Value, kind


class BreakLoop(Exception):
    """`break`: leave the innermost loop."""


class ReturnValues(Exception):
    """`return`: leave the function with `values`."""

    def __init__(self, values: tuple[Value, ...]) -> None:
        super().__init__()
        self.values = values


class Scope:
    """Local variables, inside those of an outer scope."""

    __slots__ = ("outer", "values")

    def __init__(self, outer: Scope | None = None) -> None:
        self.values: dict[str, Value] = {}
        self.outer = outer

    def holder(self, name: str) -> dict[str, Value] | None:
        """The variables among which `name` is local; None where it is global."""
        scope: Scope | None = self
        while scope is not None:
            if name in scope.values:
                return scope.values
            scope = scope.outer
        return None


def cannot(what: str, node: Node, value: Value, scope: Scope) -> str:
    """What a script may not do with `value`, which `node` gave, in the words of Lua 5.0."""
    if isinstance(node, nodes.Name):
        place = "global" if scope.holder(node.name) is None else "local"
        return f"attempt to {what} {place} `{node.name}' (a {kind(value)} value)"
    if isinstance(node, nodes.Index) and isinstance(node.key, nodes.Constant):
        return f"attempt to {what} field `{node.key.value}' (a {kind(value)} value)"
    return f"attempt to {what} a {kind(value)} value"
