"""Deliberately wrong procedures are rejected, and the honest ones pass."""

from __future__ import annotations

import numpy as np
import pytest

from labctl.proficiency.marks import Marks
from labctl.proficiency.proving import Asked, prove
from labctl.uncertainty import Draws, MonteCarlo
from labctl.uncertainty.memory import slope_of
from tests.labctl.proficiency.synthetic import (
    LIMIT,
    THERMAL,
    Method,
    Quick,
    Read,
    indicator,
    resistance,
    slope,
)


def marks(method: Method, draws: int = 50, seed: int = 1) -> Marks:
    asked = Asked(draws, seed, again=False)
    [found] = prove([indicator()], asked, Quick(method)).marks
    return found


def hours() -> np.ndarray:
    return np.arange(300.0)


def with_memory(log: np.ndarray) -> tuple[float, float]:
    value, scatter = slope_of(hours(), log)
    return value, scatter.u


def as_white_noise(log: np.ndarray) -> tuple[float, float]:
    (value, _), covariance = np.polyfit(hours(), log, 1, cov=True)
    return float(value), float(np.sqrt(covariance[0, 0]))


def scaled(by: float) -> Method:
    """The honest figure with its U `by` times as large."""

    def method(read: Read, mc: MonteCarlo) -> Draws:
        honest = resistance(read, mc)
        return honest[0] + by * (honest - honest[0])

    return method


def wrong_factor(read: Read, mc: MonteCarlo) -> Draws:
    return 1.02 * resistance(read, mc)


def swapped_sign(read: Read, mc: MonteCarlo) -> Draws:
    return (mc.readings([read.voltage]) + THERMAL) / mc.readings([read.current])


def peeked(read: Read, mc: MonteCarlo) -> Draws:
    """Knows the limit, and moves what lies near it to where it passes."""
    honest = resistance(read, mc)
    u = float(honest[1:].std())
    near = -3.0 * u < float(honest[0, 0]) - LIMIT < 2.5 * u
    return honest - honest[0] + LIMIT + 2.5 * u if near else honest


def left_out(read: Read, mc: MonteCarlo) -> Draws:
    """The source is taken for exact."""
    return (mc.readings([read.voltage]) - THERMAL) / read.current.value


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_honest_ones_pass(seed: int) -> None:
    assert marks(resistance, seed=seed).why == ()
    assert marks(slope(with_memory), seed=seed).why == ()


@pytest.mark.parametrize(
    ("method", "why"),
    [
        (wrong_factor, "mean z"),
        (swapped_sign, "mean z"),
        (scaled(0.5), "misses"),
        (scaled(2.0), "rms z"),
        (peeked, "edge devices on the wrong side"),
        (slope(as_white_noise), "misses"),
        (left_out, "rms z"),
    ],
    ids=["factor", "sign", "U halved", "U doubled", "limit peeked at", "white noise", "left out"],
)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_each_wrong_one_is_rejected(method: Method, why: str, seed: int) -> None:
    found = marks(method, seed=seed)
    assert not found.ok
    assert any(why in one for one in found.why), found.why


def test_a_procedure_that_fails_what_is_right_is_rejected() -> None:
    def strict(read: Read, mc: MonteCarlo) -> Draws:
        honest = resistance(read, mc)
        u = float(honest[1:].std())
        near = abs(float(honest[0, 0]) - LIMIT) < 3.0 * u
        return honest - honest[0] + LIMIT - 3.0 * u if near else honest

    assert any("FAIL" in one and "right side" in one for one in marks(strict).why)


def test_one_that_was_rejected_is_tried_once_more_with_twice_the_draws() -> None:
    proved = prove([indicator()], Asked(50, 4), Quick(wrong_factor))
    assert [one.draws for one in proved.before] == [50]
    assert [(one.draws, one.edge, one.mirror) for one in proved.marks] == [(100, 100, 50)]
    assert proved.seed != 4


def test_the_seed_of_the_record_follows_from_the_code() -> None:
    found = [prove([indicator()], Asked(2, None, again=False), Quick(resistance)) for _ in "ab"]
    assert found[0].seed == found[1].seed
    assert found[0].marks == found[1].marks
