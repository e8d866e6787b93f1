"""Values of the script language: nil, booleans, numbers, strings, tables, functions.

nil is None; every number is a float. An object of the instrument (`smua.source`) is a `Group`: its
attributes are read and written by functions of the model, as the metatables of the real unit do.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from typing import Any

Value = Any
"""None, bool, float, str, Table, Function or Builtin."""

Steps = Generator[float, None, Any]
"""Execution that takes time: yields run times in s at which it goes on."""


class LuaError(Exception):
    """A run-time error of a script; `line` is that of the statement, from 1."""

    def __init__(self, text: str, line: int = 1) -> None:
        super().__init__(text)
        self.text, self.line = text, line


class Table:
    """A table; `luatype` names the kind of an object of the instrument."""

    luatype: str | None = None

    def __init__(self, items: dict[Value, Value] | None = None) -> None:
        self.items: dict[Value, Value] = dict(items or {})

    def get(self, key: Value) -> Value:
        """Value at `key`, None where there is none."""
        return self.items.get(key)

    def put(self, key: Value, value: Value) -> None:
        """Set `key`; nil deletes it."""
        if key is None or key != key:
            raise LuaError("table index is nil" if key is None else "table index is NaN")
        if value is None:
            self.items.pop(key, None)
        else:
            self.items[key] = value

    def length(self) -> int:
        """Number of values at 1, 2, 3... without a gap."""
        count = 0
        while float(count + 1) in self.items:
            count += 1
        return count


@dataclass(eq=False, slots=True)
class Builtin:
    """A function of the instrument; gives one value, a tuple of values, or steps that take time."""

    call: Callable[..., Any]
    name: str = "?"


@dataclass(eq=False, slots=True)
class Attribute:
    """How an attribute of an object is read and, unless it is read-only, written."""

    read: Callable[[], Value]
    write: Callable[[Value], None] | None = None


@dataclass(eq=False)
class Group(Table):
    """An object of the instrument: attributes, and objects (functions, constants, groups)."""

    luatype: str | None = "table"
    attributes: dict[str, Attribute] = field(default_factory=dict)
    objects: dict[Value, Value] = field(default_factory=dict)

    def __post_init__(self) -> None:
        super().__init__()

    def get(self, key: Value) -> Value:
        """Attribute, object, or what a script has stored under `key`."""
        attribute = self.attributes.get(key) if isinstance(key, str) else None
        return self.objects.get(key) if attribute is None else attribute.read()

    def put(self, key: Value, value: Value) -> None:
        """Write an attribute; a read-only or unknown one is a run-time error."""
        attribute = self.attributes.get(key) if isinstance(key, str) else None
        if attribute is None or attribute.write is None:
            raise LuaError(f"cannot modify `{plain(key)}'")
        attribute.write(value)

    def metatable(self) -> Table:
        """Getters, Setters and Objects, as scripts see them through `getmetatable`."""
        writable = {k: a.write for k, a in self.attributes.items() if a.write is not None}
        return Table({
            "Getters": Table({k: Builtin(a.read, k) for k, a in self.attributes.items()}),
            "Setters": Table({k: Builtin(write, k) for k, write in writable.items()}),
            "Objects": Table(self.objects),
            "luatype": self.luatype,
        })


def truth(value: Value) -> bool:
    """Whether `value` counts as true: all but nil and false."""
    return value is not None and value is not False


def kind(value: Value) -> str:
    """As `type()` names it."""
    if value is None:
        return "nil"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, float):
        return "number"
    if isinstance(value, str):
        return "string"
    return "table" if isinstance(value, Table) else "function"


def plain(value: Value) -> str:
    """Text of `value` where a number becomes a string: 14 significant digits."""
    if isinstance(value, float):
        return f"{value:.14g}"
    if isinstance(value, str):
        return value
    if value is None or isinstance(value, bool):
        return {None: "nil", True: "true", False: "false"}[value]
    return f"{kind(value)}: {id(value) & 0xFFFFFFFF:08x}"


def printed(value: Value, digits: int = 6) -> str:
    """Text of `value` as `print` sends it: numbers with `digits` significant digits."""
    return scientific(value, digits) if isinstance(value, float) else plain(value)


def scientific(value: float, digits: int = 6) -> str:
    """`2.54000e+00` for 6 significant digits."""
    return f"{value:.{max(digits, 1) - 1}e}"


def to_number(value: Value) -> float | None:
    """Number of `value`, also of a string that spells one; None where it is none."""
    if isinstance(value, float):
        return value
    if not isinstance(value, str):
        return None
    try:
        number = float(value.strip())
    except ValueError:
        return None
    return number if math.isfinite(number) and "_" not in value else None
