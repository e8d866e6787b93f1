"""What a bench was at a snapshot, another one built alike becomes, and goes on the same way."""

from __future__ import annotations

import enum
import json
import math
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from labctl.errors import Defect
from sim_backends.conformance.hammer import answer
from sim_backends.emulators.emulator import Emulator
from sim_backends.snapshot.anatomy import stands_still
from sim_backends.snapshot.graph import Graph
from tests.sim_backends.emulators.found import stand, streams


class Colour(enum.Enum):
    RED = 1
    BLUE = 2


class Pair(NamedTuple):
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Fixed:
    value: float


class Grown(Fixed):
    """Derived from a frozen class without being one: its objects have attributes of their own."""

    def __init__(self, value: float, count: int) -> None:
        super().__init__(value)
        object.__setattr__(self, "count", count)


@dataclass
class Thing:
    """One of everything that a model may keep."""

    value: Any
    partner: Thing | None = None
    rng: np.random.Generator = field(default_factory=lambda: np.random.default_rng(3))

    def method(self) -> float:
        return self.value


def copied(thing: Thing, fresh: Thing) -> Thing:
    """`fresh`, numbered as it is, become what `thing` has become since it was built like it."""
    Graph({"thing": fresh}).thaw(json.loads(json.dumps(Graph({"thing": thing}).freeze())))
    return fresh


PLAIN = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=5)
    | st.binary(max_size=5)
    | st.sampled_from([Colour.RED, Colour.BLUE, Pair(1.0, math.inf), Fixed(2.5)])
)
VALUES = st.recursive(
    PLAIN,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=3) | st.integers(), inner, max_size=3)
        | st.tuples(inner, inner)
        | st.lists(inner, max_size=3).map(deque)
    ),
    max_leaves=8,
)


@given(VALUES)
def test_every_value_comes_back(value: Any) -> None:
    graph = Graph({"thing": (thing := Thing(0.0))})
    thing.value = value
    fresh = Thing(0.0)
    Graph({"thing": fresh}).thaw(json.loads(json.dumps(graph.freeze())))
    assert fresh.value == value
    assert type(fresh.value) is type(value)


def test_numbers_that_json_lacks_and_arrays_come_back() -> None:
    value = [math.nan, -math.inf, np.arange(6.0).reshape(2, 3), np.float64(1.5), 1 + 2j, {1, 2}]
    found = copied(Thing(value), Thing([0.0, 0.0, np.zeros((2, 3)), 0.0, 0j, set[int]()])).value
    assert math.isnan(found[0]) and found[1] == -math.inf
    assert np.array_equal(found[2], value[2]) and found[2].dtype == np.float64
    assert found[3:] == value[3:]


def test_what_was_one_object_stays_one() -> None:
    shared = Thing([1.0])
    thing, fresh = Thing([shared, shared]), Thing([(own := Thing([0.0])), own])
    thing.partner, fresh.partner = thing, fresh
    found = copied(thing, fresh)
    assert found.value[0] is found.value[1] is own
    assert found.partner is found
    assert own.value == [1.0]


def test_an_object_that_came_later_is_made() -> None:
    graph = Graph({"thing": (thing := Thing([]))})
    thing.value.append(Thing(Pair(1.0, 2.0)))
    fresh = Thing([])
    Graph({"thing": fresh}).thaw(graph.freeze())
    assert fresh.value[0].value == Pair(1.0, 2.0)


def test_methods_are_bound_to_the_object_that_is_there() -> None:
    thing, fresh = Thing(None), Thing(None)
    thing.value, fresh.value = [7.0, thing.method], [0.0, fresh.method]
    found = copied(thing, fresh)
    assert found.value[1].__self__ is fresh


def test_random_streams_go_on() -> None:
    thing, fresh = Thing(0.0), Thing(0.0)
    thing.rng.standard_normal(5)
    assert copied(thing, fresh).rng.standard_normal() == thing.rng.standard_normal()


def test_what_is_under_way_cannot_be_kept() -> None:
    with pytest.raises(Defect, match="under way"):
        Graph({"thing": Thing(one for one in [1])})


def test_a_snapshot_of_another_bench_is_refused() -> None:
    state = Graph({"thing": Thing([1.0])}).freeze()
    with pytest.raises(Defect, match="another bench"):
        Graph({"other": Thing([1.0])}).thaw(state)
    with pytest.raises(Defect, match="another thing"):
        Graph({"thing": Thing({})}).thaw(state)
    with pytest.raises(Defect, match="not there"):
        Graph({"thing": Thing(math.cos)}).thaw(Graph({"thing": Thing(math.sin)}).freeze())


UNDER_WAY = {
    "hioki.bt4560": "its exchanges end while a zero adjustment of 13 s goes on",
    "keysight.e4980a": "its exchanges end with a question that waits for a trigger",
    "palmsens.emstat_pico": "its exchanges end while a script runs, which is no plain data",
}
"""Emulators whose golden exchanges leave them in a state that no snapshot can hold."""


@pytest.mark.parametrize("name", streams())
def test_an_emulator_goes_on_as_if_it_had_never_stopped(name: str) -> None:
    place = stand(name)
    going, fresh = place.make(1), place.make(1)
    graph, other = Graph({"one": going}), Graph({"one": fresh})
    t = talk(going, place.frames, 0.0)[1]
    if name in UNDER_WAY:
        with pytest.raises(Defect, match="under way"):
            graph.frozen()
        return
    other.thawed(graph.frozen())
    again = [frame for frame in place.frames[::-1] if b"TRAC" not in frame]  # memory is not kept
    assert talk(fresh, again, t) == talk(going, again, t)


def talk(emulator: Emulator, messages: Sequence[bytes], t: float) -> tuple[list[bytes], float]:
    """What it answers to the messages, and when the last has come."""
    told: list[bytes] = []
    for message in messages[:60]:
        data, t = answer(emulator, [message], t, 0.5)
        told.append(data)
    return told, t


def test_what_is_derived_from_a_frozen_class_may_change() -> None:
    assert stands_still(Fixed(1.0))
    grown = Grown(1.0, 1)
    assert not stands_still(grown)
    thing, fresh = Thing(grown), Thing(Grown(1.0, 0))
    object.__setattr__(grown, "count", 7)
    assert vars(copied(thing, fresh).value) == {"count": 7}
