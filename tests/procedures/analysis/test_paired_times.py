"""The estimator of speed-ups on synthetic times whose true ratio is known."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from numpy.typing import NDArray

from procedures.analysis.paired_times import (
    RoundTrip,
    chance_of_worse,
    disturbed,
    is_resolved,
    median_at,
    orders,
    paired_ratios,
    round_trip,
)

LINK, BLOCKS = 100e-6, 18
Times = dict[int, list[float]]


def test_each_order_comes_as_often_and_is_mirrored() -> None:
    found = orders(3, 3, 7)
    assert len(found) == BLOCKS
    assert set(Counter(found).values()) == {3}
    assert all(one == two[::-1] for one, two in zip(found[::2], found[1::2], strict=True))
    assert orders(3, 3, 7) == found != orders(3, 3, 8)


def timed(rng: np.random.Generator, works: tuple[float, ...], kind: str) -> tuple[Times, Times]:
    """Elapsed times and null requests of programs whose work takes `works` in s, on a machine with
    the trouble `kind`, block by block in their order."""
    elapsed: Times = {one: [] for one in range(3)}
    nulls: Times = {one: [] for one in range(3)}
    turn = 0
    for order in orders(3, BLOCKS // 6, int(rng.integers(1 << 30))):
        level = np.exp(0.1 * rng.standard_normal())
        for program in order:
            turn += 1
            factor = level * np.exp(0.04 * rng.standard_normal())
            factor *= 1.01**turn if kind == "drift" else 1.0
            if kind == "bursts" and rng.random() < 0.12:
                factor *= rng.uniform(1.5, 4.0)
            link = LINK + rng.exponential(0.1 * LINK, 5)
            elapsed[program].append(works[program] * factor + float(link[0]))
            nulls[program] += link[1:].tolist()
    return elapsed, nulls


def estimated(elapsed: Times, nulls: Times, normal: NDArray[np.float64]) -> NDArray[np.float64]:
    """Median of the paired ratios of program 1 over program 0."""
    quick, slow = round_trip(nulls[0]), round_trip(nulls[1])
    links = [np.full_like(normal, one.seconds) for one in (slow, quick)]
    return median_at(paired_ratios(elapsed[1], elapsed[0], *links), normal)


@pytest.mark.parametrize("kind", ["quiet", "drift", "bursts"])
@pytest.mark.parametrize("quick", [20 * LINK, LINK])
def test_the_true_ratio_is_found_and_its_interval_holds_it(kind: str, quick: float) -> None:
    """Also where the link takes as long as the quick program's work."""
    rng = np.random.default_rng(11)
    ends = np.array([[0.0], [-1.959964], [1.959964]])
    held, logs, tries = 0, list[float](), 300
    for _ in range(tries):
        found = estimated(*timed(rng, (quick, 100 * quick, quick), kind), ends)[:, 0]
        held += found[1] <= 100.0 <= found[2]
        logs.append(float(np.log(found[0] / 100.0)))
    assert held / tries >= 0.95 - 3.3 * (0.05 * 0.95 / tries) ** 0.5
    bias = 0.01 * LINK / quick + 4 * float(np.std(logs)) / tries**0.5
    assert abs(float(np.mean(logs))) < bias


def test_a_median_s_interval_holds_as_often_as_it_says() -> None:
    """Of skewed values too, and neither more nor less often."""
    rng = np.random.default_rng(5)
    values = rng.exponential(size=(4000, BLOCKS))
    for z, share in ((-1.0, 0.1587), (0.0, 0.5), (1.0, 0.8413)):
        told = median_at(values, np.full((4000, 1), z))[:, 0]
        assert float((np.log(2.0) < told).mean()) == pytest.approx(share, abs=0.03)


def test_the_median_of_a_sample_at_nothing_drawn() -> None:
    values = np.array([[4.0, 1.0, 3.0, 8.0], [1.0, 1.0, 1.0, 1.0]])
    assert median_at(values, np.zeros((2, 1))).tolist() == [[3.5], [1.0]]
    assert median_at(values, np.full((2, 1), 9.0)).tolist() == [[8.0], [1.0]]
    assert median_at(values, np.full((2, 1), -9.0)).tolist() == [[1.0], [1.0]]


def test_the_link_and_what_it_hides() -> None:
    link = round_trip([1.0, 2.0, 3.0, 4.0, 50.0])
    assert link == RoundTrip(3.0, 1.0)
    assert is_resolved([8.0, 9.0], link)
    assert not is_resolved([9.0, 7.9], link)


def test_blocks_that_met_other_load_are_counted() -> None:
    ratios = np.array([100.0, 101.0, 99.0, 102.0, 98.0, 260.0, 40.0])
    assert disturbed(ratios) == 2
    assert disturbed(ratios[:5]) == 0


def test_worse_answers_are_told_from_chance() -> None:
    even = [True, False] * 50
    assert chance_of_worse(even, even) == 1.0
    assert chance_of_worse([True] * 8 + [False] * 2, [True] * 10) == 0.25
    assert chance_of_worse([False] * 20, [True] * 20) == pytest.approx(0.5**20)
    assert chance_of_worse([True] * 20, [False] * 20) == 1.0
