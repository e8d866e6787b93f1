"""Objects of a simulated bench to plain data."""

from __future__ import annotations

import enum
import types
from collections import deque
from collections.abc import Iterable
from typing import Any

import msgspec
import numpy as np

from labctl.errors import Defect
from sim_backends.snapshot import plain
from sim_backends.snapshot.anatomy import FUNCTIONS, STAYING, called, held, name_of, parts
from sim_backends.snapshot.plain import Plain

_PLAIN = frozenset({type(None), bool, int, str})


class Writer:
    """Writes values; `born` are the objects that the bench was built with, in their order.

    `met` are the others, in the order in which they were met. Objects of the packages `staying`
    are not written.
    """

    def __init__(self, born: Iterable[Any], staying: tuple[str, ...]) -> None:
        self._packages = staying
        self._numbers = {id(one): number for number, one in enumerate(born)}
        self._later = len(self._numbers)
        self._told: set[int] = set()
        self._functions: set[int] = set()
        self.met: list[Any] = []

    def value(self, value: Any) -> Plain:
        """The plain form of any value; `Defect` for one that has none."""
        kind = type(value)
        if kind in _PLAIN:
            return value
        if kind is float:
            return plain.number(value)
        if kind is list or kind is dict:
            return self._numbered(value)
        return self._special(value)

    def _special(self, value: Any) -> Plain:
        match value:
            case complex():
                return [plain.COMPLEX, repr(value)]
            case bytes():
                return plain.octets(plain.BYTES, value)
            case enum.Enum():
                return ["enum", name_of(type(value)), self.value(value.value)]
            case np.generic():
                return [*plain.array(np.asarray(value)), "scalar"]
            case tuple():
                return self._tuple(value)
            case msgspec.Struct():
                fields = [
                    [name, self.value(part)] for name, part in msgspec.structs.asdict(value).items()
                ]
                return ["struct", name_of(type(value)), fields]
            case types.MethodType():
                return ["method", self.value(value.__self__), value.__name__]
            case types.MappingProxyType():
                return ["proxy", [self.value(dict(value))]]
            case _ if isinstance(value, STAYING):
                return self._staying(value)
            case _ if type(value).__module__.startswith(self._packages or "-"):
                return ["stays", name_of(type(value)), []]
            case _:
                return self._numbered(value)

    def _staying(self, value: Any) -> Plain:
        """Code stays; the objects that it holds on to are state."""
        if not isinstance(value, FUNCTIONS) or id(value) in self._functions:
            return ["stays", called(value), []]
        self._functions.add(id(value))
        return ["stays", called(value), [self.value(one) for one in held(value)]]

    def _tuple(self, value: tuple[Any, ...]) -> Plain:
        items = [self.value(item) for item in value]
        return ["tuple", items] if type(value) is tuple else ["named", name_of(type(value)), items]

    def _numbered(self, value: Any) -> Plain:
        number = self._numbers.get(id(value))
        if number is None:
            number = self._numbers[id(value)] = self._later
            self._later += 1
            self.met.append(value)
        if number in self._told:
            return ["ref", number]
        self._told.add(number)
        return ["object", number, *self._content(value)]

    def _content(self, value: Any) -> list[Plain]:
        match value:
            case np.random.Generator():
                return [plain.GENERATOR, plain.generator(value)]
            case np.ndarray():
                return [plain.ARRAY, plain.array(value)]
            case bytearray():
                return [plain.BYTEARRAY, plain.octets(plain.BYTEARRAY, value)]
            case list() if type(value) is list:
                return ["list", [self.value(item) for item in value]]
            case dict() if type(value) is dict:
                return ["dict", [[self.value(k), self.value(v)] for k, v in value.items()]]
            case set() | frozenset():
                return ["set", type(value).__name__, sorted(map(self.value, value), key=repr)]
            case deque():
                return ["deque", value.maxlen, [self.value(item) for item in value]]
            case types.GeneratorType() if value.gi_frame is None:
                return ["spent"]
            case types.GeneratorType() | types.CoroutineType():
                raise Defect(f"{value.__qualname__} is under way: it cannot be kept in a snapshot")
            case _:
                return self._object(value)

    def _object(self, value: Any) -> list[Plain]:
        name = name_of(type(value))
        if type(value).__module__ == "builtins":
            raise Defect(f"a {name} cannot be kept in a snapshot")
        return [name, [[key, self.value(part)] for key, part in parts(value)]]
