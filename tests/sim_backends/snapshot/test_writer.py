"""What is not written again was not changed: snapshots of one bench, one after the other."""

from __future__ import annotations

import types
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from labctl.errors import Defect
from sim_backends.snapshot.graph import Graph
from tests.sim_backends.snapshot.test_graph import VALUES, Thing


class Loose(msgspec.Struct):
    """A struct that is not frozen."""

    value: float


@dataclass(frozen=True, slots=True)
class Told:
    """Frozen, with a function that holds on to something."""

    tell: Callable[[], Any]


def counter() -> tuple[Told, Callable[[], None]]:
    """A frozen object over a function that holds on to a list, and what changes that."""
    cell = [1.0]

    def more() -> None:
        cell[0] += 1.0

    return Told(lambda: cell), more


def restored(graph: Graph, fresh: Any) -> Any:
    """`fresh` as the bench of `graph` is now."""
    Graph({"thing": fresh}).thawed(graph.frozen())
    return fresh


@given(st.lists(VALUES, min_size=2, max_size=4))
def test_each_snapshot_tells_what_is_there_then(values: list[Any]) -> None:
    graph = Graph({"thing": (thing := Thing([0.0]))})
    for value in values:
        thing.value = value
        assert restored(graph, Thing([0.0])).value == value
        thing.partner = Thing(value)
        found = restored(graph, Thing([0.0])).partner
        assert found is not None and found.value == value


def _grown(things: Any) -> None:
    things["buffer"] += b"c"
    things["array"][1] = 7.0
    things["set"].add(2)
    things["loose"].value = 3.0
    things["dict"]["b"] = 2
    things["deque"].append(5)
    things["rng"].random()


def _made() -> dict[str, Any]:
    inner: dict[str, Any] = {"a": 1}
    return {
        **{"buffer": bytearray(b"ab"), "array": np.zeros(3), "set": {1}, "loose": Loose(1.0)},
        **{"dict": inner, "proxy": types.MappingProxyType(inner), "deque": deque([4])},
        "rng": np.random.default_rng(7),
    }


def test_what_changes_and_stays_the_same_object_is_seen() -> None:
    graph = Graph({"thing": (things := _made())})
    before = graph.frozen()
    assert graph.frozen() == before
    for _ in range(2):
        _grown(things)
        found = restored(graph, _made())
        for name in ("buffer", "set", "loose", "dict", "proxy", "deque"):
            assert found[name] == things[name], name
        assert np.array_equal(found["array"], things["array"])
        assert found["rng"].random() == things["rng"].random()


def test_what_a_function_holds_on_to_is_state_also_in_a_frozen_object() -> None:
    told, more = counter()
    graph = Graph({"thing": told})
    more()
    fresh, _ = counter()
    inner = fresh.tell()
    assert restored(graph, fresh).tell() is inner
    assert inner == [2.0]


def test_an_object_that_was_away_comes_back_as_it_is_then() -> None:
    thing, inner = Thing(None), Thing([1.0])
    thing.partner = inner
    graph = Graph({"thing": thing})
    thing.partner = None
    graph.frozen()
    inner.value = [2.0]
    thing.partner = inner
    fresh = Thing(None, Thing([0.0]))
    assert restored(graph, fresh).partner.value == [2.0]


def test_after_a_snapshot_that_failed_the_next_one_is_whole() -> None:
    graph = Graph({"thing": (thing := Thing([1.0]))})
    thing.partner, thing.value = Thing(2.0), (one for one in (1,))
    with pytest.raises(Defect, match="under way"):
        graph.frozen()
    thing.value = [3.0]
    found = restored(graph, Thing([1.0]))
    assert found.value == [3.0] and found.partner.value == 2.0


def test_a_bench_that_was_put_back_is_written_anew() -> None:
    graph = Graph({"thing": (thing := Thing([1.0]))})
    first = graph.frozen()
    thing.value.append(2.0)
    graph.frozen()
    graph.thawed(first)
    assert thing.value == [1.0]
    assert graph.frozen() == first
