"""The model of an index: how often it finds what is similar, and what it finds beside."""

from __future__ import annotations

import numpy as np
import pytest

from sim_backends.models.software.index import ContentIndex, RunningIndex, distances, words
from sim_backends.streams import stream


def test_distances_and_words() -> None:
    items = np.array([[0], [7], [2**64 - 1]], dtype=np.uint64)
    assert distances(items, np.array([1], dtype=np.uint64)).tolist() == [1, 2, 63]
    assert [words(bits) for bits in (4, 64, 68)] == [1, 1, 2]


def test_recall_and_wrong_items_by_counting() -> None:
    rng = stream(3, "items")
    items = rng.integers(0, 2**63, (500, 4), dtype=np.uint64)
    running = RunningIndex(ContentIndex(strength=1.6094379, wrong=0.3), 2)
    running.make(256)
    running.add(items)
    found, work = running.find(np.tile(items, (8, 1)))
    right = sum(number % 500 in one for number, one in enumerate(found))
    wrong = sum(len(one) for one in found) - right
    assert right / len(found) == pytest.approx(0.8, abs=4 * 0.4 / len(found) ** 0.5)
    assert wrong / len(found) == pytest.approx(0.3, abs=4 * (0.3 / len(found)) ** 0.5)
    assert work == pytest.approx(len(found) * 20e-6, rel=0.3)
    assert all(one == sorted(set(one)) for one in found)


def test_no_more_wrong_items_than_there_are() -> None:
    running = RunningIndex(ContentIndex(strength=99.0, wrong=50.0), 2)
    running.make(64)
    running.add(np.array([[0], [2**63]], dtype=np.uint64))
    running.add(np.array([[2**64 - 1]], dtype=np.uint64))
    assert running.find(np.array([[0]], dtype=np.uint64))[0] == [[0, 1, 2]]
    assert (running.held, running.bits) == (3, 64)
