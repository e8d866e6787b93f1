"""Objects of a simulated bench to plain data, of which only that is written anew that changed."""

from __future__ import annotations

import enum
import types
from collections import deque
from collections.abc import Sequence
from typing import Any

import msgspec
import numpy as np

from labctl.errors import Defect
from sim_backends.snapshot import plain
from sim_backends.snapshot.anatomy import FUNCTIONS, STAYING, called, held, name_of, parts
from sim_backends.snapshot.node import Node
from sim_backends.snapshot.plain import Plain

_PLAIN = frozenset({type(None), bool, int, str})
_encode = msgspec.json.Encoder().encode


class Writer:
    """Knows the objects below `roots` by numbers, and keeps how each of them was written last.

    Objects of the packages `staying` are not written. `Defect` names one that has no plain form.
    """

    def __init__(self, roots: Sequence[Any], staying: tuple[str, ...]) -> None:
        self._roots = roots
        self._packages = staying
        self._nodes: dict[int, Node] = {}
        self._numbers: dict[int, int] = {}
        self._next = 0
        self._texts: list[bytes] = []
        self._changing: list[tuple[int, Node]] | None = None
        self.born: list[Any] = []
        self._below: list[int] = []
        self._functions: list[Any] = []
        self._plain = True

        self._walk()
        self.born = [node.value for node in self._nodes.values()]

    def forms(self) -> list[Plain]:
        """The forms of the roots themselves."""
        return [self._value(root) for root in self._roots]

    def texts(self) -> list[bytes]:
        """Every object below the roots as JSON, `[number, kind, ...]`, in an order that repeats."""
        changing, self._changing = self._changing, None
        if changing is None:  # it failed half way, or the bench was put back
            self.forget()
        if changing is not None and self._renewed(changing):
            self._changing = changing
        else:
            self._walk()
        return list(self._texts)

    def forget(self) -> None:
        """The bench was put back: nothing is as it was written."""
        self._changing = None
        for node in self._nodes.values():
            node.text = b""

    def _renewed(self, changing: list[tuple[int, Node]]) -> bool:
        """Write anew what has changed; whether the same objects are there as before."""
        same = True
        for index, node in changing:
            if not node.is_as_written():
                before = node.below
                self._write(node)
                self._texts[index] = node.text
                same = same and node.below == before
        return same

    def _walk(self) -> None:
        """Go from object to object, and write those that are new."""
        self._below = []
        self.forms()
        reached = dict.fromkeys(self._below)
        left, found = list(reached), list[Node]()
        while left:
            node = self._nodes[left.pop()]
            if not node.text:
                self._write(node)
            found.append(node)
            for number in node.below:
                if number not in reached:
                    reached[number] = None
                    left.append(number)
        self._forget(reached)
        self._texts = [node.text for node in found]
        self._changing = [pair for pair in enumerate(found) if not pair[1].is_for_good]

    def _write(self, node: Node) -> None:
        self._below, self._functions, self._plain = [], [], True
        text = _encode([node.number, *self._content(node.value)])
        below = tuple(dict.fromkeys(self._below))
        node.written(text, below, self._functions, plain=self._plain)

    def _forget(self, reached: dict[int, None]) -> None:
        """Objects that came later and are gone are not held on to; others may come back."""
        for number in [n for n in self._nodes if n not in reached]:
            if number < len(self.born):
                self._nodes[number].text = b""
            else:
                del self._numbers[id(self._nodes.pop(number).value)]

    def _value(self, value: Any) -> Plain:
        """The plain form of any value; objects that may change are named by their number."""
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
                return ["enum", name_of(type(value)), self._value(value.value)]
            case np.generic():
                return [*plain.array(np.asarray(value)), "scalar"]
            case tuple():
                return self._tuple(value)
            case msgspec.Struct():
                return self._struct(value)
            case types.MethodType():
                return ["method", self._value(value.__self__), value.__name__]
            case types.MappingProxyType():
                self._plain = False
                pairs = [[self._value(k), self._value(v)] for k, v in value.items()]
                return ["proxy", pairs]
            case _ if isinstance(value, STAYING):
                return self._staying(value)
            case _ if type(value).__module__.startswith(self._packages or "-"):
                return ["stays", name_of(type(value)), []]
            case _:
                return self._numbered(value)

    def _struct(self, value: msgspec.Struct) -> Plain:
        self._plain = self._plain and value.__struct_config__.frozen
        fields = msgspec.structs.asdict(value).items()
        return [
            "struct",
            name_of(type(value)),
            [[name, self._value(part)] for name, part in fields],
        ]

    def _staying(self, value: Any) -> Plain:
        """Code stays; the objects that it holds on to are state."""
        if not isinstance(value, FUNCTIONS):
            return ["stays", called(value), []]
        cells = held(value)
        if not cells or any(value is one for one in self._functions):
            return ["stays", called(value), []]
        self._functions.append(value)
        return ["stays", called(value), [self._value(one) for one in cells]]

    def _tuple(self, value: tuple[Any, ...]) -> Plain:
        items = [self._value(item) for item in value]
        return ["tuple", items] if type(value) is tuple else ["named", name_of(type(value)), items]

    def _numbered(self, value: Any) -> Plain:
        number = self._numbers.get(id(value))
        if number is None:
            number = self._numbers[id(value)] = self._next
            self._nodes[number] = Node(value, number)
            self._next += 1
        self._below.append(number)
        return ["ref", number]

    def _content(self, value: Any) -> list[Plain]:
        match value:
            case np.random.Generator():
                return [plain.GENERATOR, plain.generator(value)]
            case np.ndarray():
                return [plain.ARRAY, plain.array(value)]
            case bytearray():
                return [plain.BYTEARRAY, plain.octets(plain.BYTEARRAY, value)]
            case list() if type(value) is list:
                return ["list", [self._value(item) for item in value]]
            case dict() if type(value) is dict:
                return ["dict", [[self._value(k), self._value(v)] for k, v in value.items()]]
            case set() | frozenset():
                return ["set", type(value).__name__, sorted(map(self._value, value), key=repr)]
            case deque():
                return ["deque", value.maxlen, [self._value(item) for item in value]]
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
        return [name, [[key, self._value(part)] for key, part in parts(value)]]
