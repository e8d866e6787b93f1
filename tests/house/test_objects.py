"""The walk over live objects finds a number however it is held."""

from __future__ import annotations

import functools
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

import msgspec
import numpy as np
import pytest

from tests.house.objects import walk

SECRET = 21.3714


class Plain:
    def __init__(self, value: object) -> None:
        self._hidden = value

    def method(self) -> object:
        return self._hidden


class Slotted:
    __slots__ = ("value",)

    def __init__(self, value: object) -> None:
        self.value = value


@dataclass(frozen=True, slots=True)
class Frozen:
    value: object


class Struct(msgspec.Struct, frozen=True):
    value: Any


class WithClassAttribute:
    limit: ClassVar[float] = SECRET


def _closing_over(value: object) -> Callable[[], object]:
    return lambda: value


def _default(value: float = SECRET) -> float:
    return value


def _generator(value: float) -> Any:
    yield value


def _started(value: float) -> Any:
    running = _generator(value)
    next(running)
    return running


HOLDERS = {
    "attribute": Plain(SECRET),
    "bound method": Plain(SECRET).method,
    "slot": Slotted(SECRET),
    "frozen dataclass": Frozen(SECRET),
    "msgspec struct": Struct(SECRET),
    "class attribute": WithClassAttribute(),
    "dict value": {"a": [SECRET]},
    "dict key": {SECRET: 1},
    "deque": deque([SECRET]),
    "closure": _closing_over(SECRET),
    "default": _default,
    "partial": functools.partial(print, SECRET),
    "partial of a method": functools.partial(Plain(SECRET).method),
    "array": np.array([[1.0, SECRET]]),
    "generator": _started(SECRET),
    "nested": Plain({"a": (Slotted([Frozen(np.array(SECRET))]),)}),
}


@pytest.mark.parametrize("holder", HOLDERS.values(), ids=HOLDERS.keys())
def test_a_number_is_found(holder: object) -> None:
    assert SECRET in [held.value for held in walk(holder, "root") if isinstance(held.value, float)]


def test_names_of_attributes_and_keys_are_found() -> None:
    texts = {
        held.value for held in walk({"a_key": Plain(1)}, "root") if isinstance(held.value, str)
    }
    assert {"a_key", "_hidden"} <= texts


def test_a_circle_ends() -> None:
    circle: list[object] = []
    circle.append(circle)
    assert len(list(walk(circle, "root"))) < 50


def test_the_path_says_where() -> None:
    paths = [held.path for held in walk(Plain([SECRET]), "world") if held.value == SECRET]
    assert paths == ["world._hidden[0]"]
