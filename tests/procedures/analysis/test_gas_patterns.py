"""A classifier names what it has learnt from other arrays, and not what it cannot know."""

from __future__ import annotations

import numpy as np
import pytest

from labctl.errors import UsageError
from procedures.analysis.gas_patterns import AIR, Exposures, floor_of, learnt, named, table

FILMS, EACH = 5, 12


def exposures(patterns: np.ndarray, arrays: int, seed: int) -> Exposures:
    """Answers of arrays to so many gases, of amounts at random; arrays scatter by 3 %."""
    rng = np.random.default_rng(seed)
    logs, labels, which = [], [], []
    for number in range(arrays):
        own = patterns * np.exp(0.03 * rng.standard_normal(FILMS))
        for label, pattern in enumerate(np.vstack([np.zeros(FILMS), own])):
            amounts = rng.uniform(0.3, 1.5, EACH)[:, None]
            logs.append(amounts * pattern + 1e-3 * rng.standard_normal((EACH, FILMS)))
            labels += [label] * EACH
            which += [number] * EACH
    return Exposures(np.vstack(logs), np.array(labels), np.array(which))


APART = np.eye(3, FILMS) + 0.2


def test_an_array_that_was_not_learnt_from_is_named_right() -> None:
    found = learnt(exposures(APART, 8, 1))
    other = exposures(APART, 1, 2)
    assert found.share == 1.0
    assert (named(found.classifier, other.logs) == other.labels).all()


def test_amounts_do_not_turn_the_pattern_but_nothing_is_air() -> None:
    model = learnt(exposures(APART, 8, 1)).classifier
    assert named(model, np.array([0.1 * APART[1], 3.0 * APART[1]])).tolist() == [2, 2]
    assert named(model, np.zeros((1, FILMS))).tolist() == [AIR]
    assert floor_of(exposures(APART, 8, 1)) == pytest.approx(1e-2 * FILMS**0.5, rel=0.1)


def test_gases_of_one_pattern_are_not_told_apart() -> None:
    same = np.vstack([APART[:2], 0.7 * APART[1]])
    found = learnt(exposures(same, 8, 1))
    other = exposures(same, 4, 2)
    counts = table(other.labels, named(found.classifier, other.logs), 3)
    assert counts[1, 1] == 4 * EACH
    assert counts[2, 2] + counts[3, 3] < 1.3 * 4 * EACH
    assert found.share < 0.9


def test_a_gas_that_no_film_answers_to_is_not_known() -> None:
    mute = np.vstack([APART[:2], np.zeros(FILMS)])
    model = learnt(exposures(mute, 8, 1)).classifier
    assert model.known.tolist() == [1, 2]
    other = exposures(mute, 1, 2)
    assert (named(model, other.logs)[other.labels == 3] == AIR).all()


def test_arrays_that_answer_to_nothing_name_nothing() -> None:
    model = learnt(exposures(np.zeros((2, FILMS)), 4, 1)).classifier
    assert named(model, np.ones((2, FILMS))).tolist() == [AIR, AIR]


def test_too_few_arrays_teach_nothing() -> None:
    with pytest.raises(UsageError, match="3 arrays are too few"):
        learnt(exposures(APART, 3, 1))
