"""The workload as it is counted with, against the procedures' own and against the tables."""

from __future__ import annotations

import numpy as np
import pytest

from procedures.analysis.belady import most_hits
from procedures.analysis.cache_traces import synthetic
from sim_backends.data import cache as data
from sim_backends.models.software import workload
from sim_backends.models.software.cache import LearnedCache
from sim_backends.streams import stream

TRACES = 12


def test_both_parties_read_the_page_alike() -> None:
    """Generators of both packages: accesses once, distinct objects, the most wanted, features."""
    ours, theirs = list[tuple[float, ...]](), list[tuple[float, ...]]()
    for number in range(TRACES):
        made = synthetic(5, number, sized=True)
        ours.append(_described(list(zip(made.keys, made.sizes, made.features, strict=True))))
        theirs.append(_described(workload.trace(stream(5, str(number)), sized=True)))
    one, other = np.array(ours), np.array(theirs)
    apart = abs(one.mean(axis=0) - other.mean(axis=0))
    scatter = np.sqrt((one.var(axis=0, ddof=1) + other.var(axis=0, ddof=1)) / TRACES)
    assert (apart < 4.0 * scatter).all()


def _described(trace: workload.Trace) -> tuple[float, ...]:
    keys = [key for key, _, _ in trace]
    names, counts = np.unique(keys, return_counts=True)
    once = {str(name) for name, count in zip(names, counts, strict=True) if count == 1}
    features = [feature for key, _, feature in trace if key in once]
    sizes = {key: size for key, size, _ in trace}
    best = most_hits(keys, workload.OBJECTS)
    mean_size = float(np.mean([*sizes.values()]))
    return len(once), len(names), float(counts.max()), float(np.mean(features)), best, mean_size


def test_the_slow_optimum_agrees_with_the_quick_one() -> None:
    rng = np.random.default_rng(3)
    for capacity in (1, 2, 5, 9):
        keys = [str(key) for key in rng.integers(0, 12, 300).tolist()]
        assert workload.furthest(keys, capacity) == most_hits(keys, capacity)


@pytest.mark.parametrize("place", [2, 8])
def test_the_tables_are_what_is_counted(place: int) -> None:
    """A few traces anew, other ones than the table's, within four of their standard deviations."""
    skill = data.SKILLS[place]
    counted = [
        workload.relative_hits(LearnedCache(skill=skill), stream(n, "again", str(skill)), n)
        for n in range(6)
    ]
    allowed = 4.0 * 0.015 / np.sqrt(len(counted))
    assert float(np.mean(counted)) == pytest.approx(data.RELATIVE_HITS[place], abs=allowed)
    reserve = data.RESERVES[place // 2]
    used = workload.utilisation(LearnedCache(reserve=reserve), stream(1, "again"), 1)
    assert used == pytest.approx(data.UTILISATION[place // 2], abs=6e-4)
