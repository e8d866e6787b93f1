"""The syntax tree of a chunk."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Node:
    """A statement or an expression that begins on `line`."""

    line: int


@dataclass(frozen=True, slots=True)
class Constant(Node):
    """nil, a boolean, a number or a string."""

    value: object


@dataclass(frozen=True, slots=True)
class Name(Node):
    """A local or global variable."""

    name: str


@dataclass(frozen=True, slots=True)
class Index(Node):
    """`table.key` or `table[key]`."""

    table: Node
    key: Node


@dataclass(frozen=True, slots=True)
class Call(Node):
    """A call; `method` is the name in `table:method(...)`."""

    function: Node
    arguments: tuple[Node, ...]
    method: str | None = None


@dataclass(frozen=True, slots=True)
class Unary(Node):
    """`-x`, `not x`, or `()` around a call."""

    operator: str
    operand: Node


@dataclass(frozen=True, slots=True)
class Binary(Node):
    """`left operator right`."""

    operator: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Constructor(Node):
    """`{1, 2, name = 3}`: pairs of key (None: the next position) and value."""

    fields: tuple[tuple[Node | None, Node], ...]


@dataclass(frozen=True, slots=True)
class FunctionBody(Node):
    """`function (parameters) body end`."""

    parameters: tuple[str, ...]
    body: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Local(Node):
    """`local a, b = 1, 2`."""

    names: tuple[str, ...]
    values: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Assign(Node):
    """`a, b.c = 1, 2`."""

    targets: tuple[Node, ...]
    values: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Block(Node):
    """`do body end`."""

    body: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class While(Node):
    """`while test do body end`; with `until` it is `repeat body until test`."""

    test: Node
    body: tuple[Node, ...]
    until: bool = False


@dataclass(frozen=True, slots=True)
class If(Node):
    """Branches of (test, body); an else is a branch whose test is true."""

    branches: tuple[tuple[Node, tuple[Node, ...]], ...]


@dataclass(frozen=True, slots=True)
class For(Node):
    """`for name = start, stop, step do body end`."""

    name: str
    bounds: tuple[Node, ...]
    body: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class ForIn(Node):
    """`for a, b in values do body end`."""

    names: tuple[str, ...]
    values: tuple[Node, ...]
    body: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Return(Node):
    """`return 1, 2`."""

    values: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Break(Node):
    """`break`."""
