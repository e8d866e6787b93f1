"""A walk over live objects: everything that an object holds, by whatever way it holds it."""

from __future__ import annotations

import functools
import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from tests.house.tree import PACKAGES

MAX_ARRAY = 100_000
"""Elements of an array that are looked at; simulated benches hold no larger ones."""

LEAVES = (str, bytes, bytearray, bool, int, float, complex, type(None), types.ModuleType)


@dataclass(frozen=True)
class Held:
    """An object and how it was reached: `world.device.diode[0].n`; `owner` is the full name of the
    class whose object (or which itself) holds it, also within containers."""

    path: str
    value: object
    owner: str = ""


def walk(root: object, name: str) -> Iterator[Held]:
    """`root` and everything it holds, each object once, numbers and texts each time.

    Follows attributes (of instances, with and without slots), items of containers and arrays,
    what functions and methods close over, are bound to or default to, and class attributes of
    our own classes. Modules and other classes are not entered: they belong to no one device.
    """
    todo, seen = [Held(name, root)], set[int]()
    while todo:
        held = todo.pop()
        if not isinstance(held.value, LEAVES):
            if id(held.value) in seen:
                continue
            seen.add(id(held.value))
        yield held
        todo += _children(held)


def _children(held: Held) -> list[Held]:
    value, path = held.value, held.path
    if isinstance(value, LEAVES):
        return []
    owner = _owner(held)
    if isinstance(value, Mapping):
        return [
            part
            for key, item in list(value.items())
            for part in (Held(f"{path} key", key, owner), Held(f"{path}[{key!r}]", item, owner))
        ]
    if isinstance(value, np.ndarray):
        numbers = value.ravel()[:MAX_ARRAY].tolist()
        return [Held(f"{path}[{index}]", item, owner) for index, item in enumerate(numbers)]
    found = _attributes(value)
    if isinstance(value, list | tuple | set | frozenset) or type(value).__name__ == "deque":
        found += [(f"[{index}]", item) for index, item in enumerate(_items(value))]
    return [Held(path + step, item, owner) for step, item in found]


def _owner(held: Held) -> str:
    """Who owns what is held: the class itself, that of an object, of a container its own owner."""
    value = held.value
    cls = value if isinstance(value, type) else type(value)
    plain = cls.__module__ in ("builtins", "collections", "numpy")
    return held.owner if plain else f"{cls.__module__}.{cls.__qualname__}"


def _items(value: object) -> list[object]:
    return list(value)  # type: ignore[call-overload]


def _attributes(value: object) -> list[tuple[str, object]]:
    """(step, held) of what is no item: attributes, closures, bound selves, class attributes."""
    if isinstance(value, types.FunctionType):
        cells = [cell for cell in value.__closure__ or () if _is_filled(cell)]
        found = [("()", cell.cell_contents) for cell in cells]
        return [*found, *(("=", d) for d in value.__defaults__ or ()), *_kw(value)]
    if isinstance(value, types.MethodType):
        return [(".__self__", value.__self__), (".__func__", value.__func__)]
    if isinstance(value, functools.partial):
        return [(".func", value.func), (".args", value.args), (".keywords", value.keywords)]
    if isinstance(value, types.GeneratorType):
        frame = value.gi_frame
        return [] if frame is None else [("()", dict(frame.f_locals))]
    if isinstance(value, types.CoroutineType):
        frame = value.cr_frame
        return [] if frame is None else [("()", dict(frame.f_locals))]
    if isinstance(value, type):
        return _named(dict(vars(value))) if _is_ours(value) else []
    found = _named(dict(vars(value))) if hasattr(value, "__dict__") else []
    for cls in type(value).__mro__:
        names = cls.__dict__.get("__slots__", ())
        for slot in [names] if isinstance(names, str) else names:
            found += [("." + slot, getattr(value, slot))] if hasattr(value, slot) else []
    fields = getattr(value, "__struct_fields__", ())
    found += [("." + field, getattr(value, field)) for field in fields]
    return [*found, (".__class__", type(value))]


def _named(attributes: dict[str, object]) -> list[tuple[str, object]]:
    """Attributes by name; the names themselves are looked at too."""
    found: list[tuple[str, object]] = []
    for name, item in attributes.items():
        if not name.startswith("__"):
            found += [(f".{name}", item), (" name", name)]
    return found


def _kw(function: types.FunctionType) -> list[tuple[str, object]]:
    return [(f"={name}", item) for name, item in (function.__kwdefaults__ or {}).items()]


def _is_filled(cell: types.CellType) -> bool:
    try:
        _ = cell.cell_contents
    except ValueError:
        return False
    return True


def _is_ours(cls: type) -> bool:
    return cls.__module__.split(".")[0] in PACKAGES or cls.__module__.startswith("tests.")
