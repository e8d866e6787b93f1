"""What an object of a simulated bench is made of, and how one is made of its parts.

Beside this module nothing looks into objects by the names of their attributes. A snapshot must:
it holds the state of every model and emulator, also of another lab's, and none of them is asked
to write down its own.
"""

from __future__ import annotations

import importlib
import types
from collections import deque
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np

from labctl.errors import Defect

FUNCTIONS = (types.FunctionType, types.BuiltinFunctionType, types.MethodWrapperType)
STAYING = (*FUNCTIONS, type, types.ModuleType, range)
"""Kinds of values that are code or constants: a bench built anew has the same."""

MISSING = object()


def parts(value: object) -> list[tuple[str, Any]]:
    """Names and values of an object's attributes, in the order in which they were set.

    A class may name in `not_kept` attributes that a snapshot leaves as they were built.
    """
    found = list(vars(value).items()) if _has_dict(value) else []
    found += [(name, part_of(value, name)) for name in slots(type(value))]
    left_out = _left_out(type(value))
    return [(name, part) for name, part in found if part is not MISSING and name not in left_out]


Look = Callable[[Any], tuple[Any, ...]]


def looked_at(value: object) -> Look | None:
    """How an object is looked at: what it is made of, one level deep, in a fixed order.

    None where its state does not show in that: a buffer, a random stream, a set, a program.
    """
    kind = type(value)
    if kind is list or kind is deque:
        return tuple
    if kind is dict:
        return _entries
    if kind.__module__ == "builtins" or isinstance(value, np.ndarray | np.random.Generator):
        return None
    if slots(kind) or _left_out(kind) or not _has_dict(value):
        return _all_parts
    return _attributes


def stands_still(value: object) -> bool:
    """Whether it stays what it is once it was made: an object of a frozen dataclass.

    A class derived from one without being decorated itself may add attributes that change.
    """
    params = vars(type(value)).get("__dataclass_params__")
    return params is not None and params.frozen


def _entries(value: dict[Any, Any]) -> tuple[Any, ...]:
    return (*value, *value.values())


def _attributes(value: object) -> tuple[Any, ...]:
    return _entries(vars(value))


def _all_parts(value: object) -> tuple[Any, ...]:
    return tuple(one for pair in parts(value) for one in pair)


def part_of(value: object, name: str) -> Any:
    """The attribute `name`; `MISSING` where it was not set."""
    return getattr(value, name, MISSING)


def set_parts(value: object, found: list[tuple[str, Any]]) -> None:
    """Give an object these attributes and no others, also where its class is frozen."""
    names = {name for name, _ in found}
    for name, _ in parts(value):
        if name not in names:
            object.__delattr__(value, name)
    for name, part in found:
        object.__setattr__(value, name, part)


@cache
def slots(kind: type) -> tuple[str, ...]:
    """Names of the slots of a class and those that it is derived from, but the system's own."""
    found: list[str] = []
    for one in kind.__mro__:
        named = one.__dict__.get("__slots__", ())
        found += (named,) if isinstance(named, str) else named
    return tuple(name for name in found if name not in {"__dict__", "__weakref__"})


@cache
def _left_out(kind: type) -> frozenset[str]:
    named = part_of(kind, "not_kept")
    return frozenset(() if named is MISSING else named)


@cache
def name_of(kind: type) -> str:
    """`module:Class`; `Defect` for a class that cannot be found again by that."""
    name = f"{kind.__module__}:{kind.__qualname__}"
    if "<locals>" in name:
        raise Defect(f"{name} is made inside a function: its objects cannot be kept in a snapshot")
    return name


def class_of(name: str) -> type:
    """The class called `module:Class`; `Defect` where there is none."""
    module, _, path = name.partition(":")
    try:
        found: Any = importlib.import_module(module)
        for part in path.split("."):
            found = getattr(found, part)
    except (ImportError, AttributeError) as error:
        raise Defect(f"the snapshot holds a {name}, which is not there: {error}") from error
    if not isinstance(found, type):
        raise Defect(f"the snapshot holds a {name}, which is no class")
    return found


def blank(kind: type) -> Any:
    """A new object of a class, without its constructor having run."""
    made: Any = kind
    return made.__new__(kind)


def method(owner: object, name: str) -> Any:
    """The method `name` of `owner`, bound to it."""
    found = part_of(owner, name)
    if found is MISSING:
        raise Defect(f"the snapshot names {type(owner).__name__}.{name}, which is not there")
    return found


def told(function: Any) -> list[Any]:
    """Name of a function and the plain values that it was made with: what tells two apart."""
    plain = [value for value in held(function) if isinstance(value, int | float | str)]
    return [getattr(function, "__qualname__", repr(function)), *plain]


def called(value: Any) -> Any:
    """What tells code or a constant from another."""
    return told(value) if isinstance(value, FUNCTIONS) else repr(value)


def held(function: Any) -> list[Any]:
    """What a function was made with and holds on to."""
    cells = function.__closure__ if isinstance(function, types.FunctionType) else None
    return [cell.cell_contents for cell in cells or ()]


def _has_dict(value: object) -> bool:
    return hasattr(value, "__dict__")
