"""Plain data back into the objects of a simulated bench that was built anew."""

from __future__ import annotations

import types
from collections import deque
from collections.abc import Callable, Generator
from typing import Any

import numpy as np

from labctl.errors import Defect
from sim_backends.snapshot import plain
from sim_backends.snapshot.anatomy import (
    MISSING,
    blank,
    called,
    class_of,
    held,
    method,
    name_of,
    part_of,
    set_parts,
)
from sim_backends.snapshot.plain import Plain


class Reader:
    """Reads values back; `born` are the objects of the bench built anew, by number, and `objects`
    those of the snapshot, `[number, kind, ...]` each."""

    def __init__(self, born: list[Any], objects: list[list[Plain]]) -> None:
        self._born = born
        self._objects = {number: content for number, *content in objects}
        self._read: dict[int, Any] = {}

    def value(self, form: Plain, now: Any = MISSING) -> Any:
        """The value that `form` tells of, where `now` is what the bench built anew has there."""
        if not isinstance(form, list):
            return form
        match form:
            case ["ref", int(number)]:
                if number not in self._read:
                    self._object(number, self._objects[number])
                return self._read[number]
            case ["tuple", list(items)]:
                return tuple(self._items(items, now))
            case ["named", str(name), list(items)]:
                return class_of(name)(*self._items(items, now))
            case ["struct", str(name), list(items)]:
                return class_of(name)(**{field: self.value(item) for field, item in items})
            case ["enum", str(kind), value]:
                return class_of(kind)(self.value(value))
            case ["method", owner, str(name)]:
                return method(self.value(owner), name)
            case ["proxy", list(items)]:
                return types.MappingProxyType({self.value(k): self.value(v) for k, v in items})
            case ["stays", name, list(inner)]:
                return self._staying(now, name, inner)
            case ["array", kind, shape, data, "scalar"]:
                return plain.back(["array", kind, shape, data])[()]
            case _:
                return plain.back(form)

    def _staying(self, now: Any, name: Plain, inner: list[Plain]) -> Any:
        """What stays as it was built; `Defect` where that is another thing than was kept."""
        if now is MISSING or name not in (called(now), name_of(type(now))):
            raise Defect(f"the snapshot holds {name}, which the bench built anew has not there")
        for form, one in zip(inner, held(now) if inner else (), strict=True):
            self.value(form, one)
        return now

    def _items(self, items: list[Plain], now: Any) -> list[Any]:
        there = now if isinstance(now, list | tuple | deque) and len(now) == len(items) else ()
        pairs = zip(items, there or [MISSING] * len(items), strict=True)
        return [self.value(item, one) for item, one in pairs]

    def _object(self, number: int, content: list[Plain]) -> Any:
        there = self._born[number] if number < len(self._born) else MISSING
        match content:
            case ["list", list(items)]:
                return self._filled(number, there, list, lambda one: self._list(one, items))
            case ["dict", list(items)]:
                return self._filled(number, there, dict, lambda one: self._dict(one, items))
            case ["deque", longest, list(items)]:
                new = deque(maxlen=longest)
                return self._filled(number, there, lambda: new, lambda one: self._list(one, items))
            case ["spent"]:
                return self._filled(number, MISSING, _spent, lambda _: None)
            case ["set", str(kind), list(items)]:
                return self._set(number, there, kind, items)
            case ["generator", list(state)]:
                return self._stream(number, there, state)
            case ["array" | "bytearray", list(form)]:
                return self._buffer(number, there, plain.back(form))
            case [str(name), list(items)]:
                kind = class_of(name)
                return self._filled(
                    number, there, lambda: blank(kind), lambda one: self._parts(one, items)
                )
            case _:
                raise Defect(f"no form of a snapshot: {str(content)[:60]}")

    def _filled(
        self, number: int, there: Any, new: Callable[[], Any], fill: Callable[[Any], None]
    ) -> Any:
        """The object `there`, or a new one of that kind, known by its number while it is filled."""
        made = new()
        one = there if type(there) is type(made) else made
        if there is not MISSING and one is made:
            raise Defect(f"a {type(made).__name__} stands where the bench has another thing")
        self._read[number] = one
        fill(one)
        return one

    def _list(self, one: Any, items: list[Plain]) -> None:
        found = self._items(items, list(one))
        one.clear()
        one.extend(found)

    def _dict(self, one: dict[Any, Any], items: list[Plain]) -> None:
        found: list[tuple[Any, Any]] = []
        for key, value in items:
            name = self.value(key)
            found.append((name, self.value(value, one.get(name, MISSING))))
        one.clear()
        one.update(found)

    def _parts(self, one: Any, items: list[Plain]) -> None:
        set_parts(one, [(name, self.value(form, part_of(one, name))) for name, form in items])

    def _set(self, number: int, there: Any, kind: str, items: list[Plain]) -> Any:
        found = {self.value(item) for item in items}
        one: Any = frozenset(found) if kind == "frozenset" else found
        if isinstance(there, set):
            there.clear()
            there.update(found)
            one = there
        self._read[number] = one
        return one

    def _stream(self, number: int, there: Any, state: list[Plain]) -> Any:
        new = not isinstance(there, np.random.Generator)
        one = np.random.Generator(np.random.PCG64()) if new else there
        plain.set_generator(one, state)
        self._read[number] = one
        return one

    def _buffer(self, number: int, there: Any, found: Any) -> Any:
        """Bytes or numbers into the buffer that is there, or as a new one where it has grown."""
        one = found
        if isinstance(there, bytearray):
            there[:] = found
            one = there
        elif isinstance(there, np.ndarray) and there.shape == found.shape:
            there[...] = found
            one = there
        self._read[number] = one
        return one


def _spent() -> Generator[None]:
    """A program that has run to its end."""
    none = (_ for _ in ())
    next(none, None)
    return none
