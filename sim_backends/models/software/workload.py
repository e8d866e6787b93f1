"""The synthetic workload of docs/protocols/cut1.md, made for counting what a device truly does.

Written from that page and from nothing else: whoever tests makes traces of its own.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim_backends.models.software.cache import LearnedCache, RunningCache

ACCESSES, CATALOGUE, EXPONENT = 5000, 500, 0.9
ONE_TIME, SCANS, SCAN, MOVED, QUARTERS = 0.25, 4, 100, 50, 4
FEATURE = 3.0
"""Mean of the feature of one-time objects, in standard deviations."""
OBJECTS, SPACE, LARGEST = 350, 5_600_000, 31_000
"""Capacity in objects of size 1; capacity for objects of sizes 1 to 31,000."""

Trace = list[tuple[str, int, float]]


def asked(rng: np.random.Generator) -> tuple[NDArray[np.int64], int]:
    """Object of each access, shape (5000,), and from which number on they are one-time objects."""
    weights = np.arange(1, CATALOGUE + 1) ** -EXPONENT
    ranks = rng.choice(CATALOGUE, ACCESSES, p=weights / weights.sum())
    once = rng.random(ACCESSES) < ONE_TIME
    for begin in rng.integers(0, ACCESSES - SCAN, SCANS):
        once[begin : begin + SCAN] = True
    holder = rng.permutation(CATALOGUE)
    first = holder[0]
    found = np.empty(ACCESSES, dtype=np.int64)
    for quarter in np.split(np.arange(ACCESSES), QUARTERS):
        found[quarter] = holder[ranks[quarter]]
        places = rng.choice(CATALOGUE, MOVED, replace=False)
        holder[places] = holder[rng.permutation(places)]
    seen = np.bincount(found[~once], minlength=CATALOGUE)
    found[~once & (seen[found] == 1)] = first
    found[once] = CATALOGUE + np.arange(int(once.sum()))
    return found, CATALOGUE


def trace(rng: np.random.Generator, *, sized: bool) -> Trace:
    """Accesses (key, size, feature); sizes are 1 unless `sized`."""
    found, first = asked(rng)
    count = int(found.max()) + 1
    features = rng.normal(size=count) + FEATURE * (np.arange(count) >= first)
    sizes = rng.integers(1, LARGEST + 1, count) if sized else np.ones(count, dtype=np.int64)
    names = [f"{number:x}" for number in rng.permutation(count)]
    size, feature = sizes.tolist(), features.tolist()
    return [(names[one], size[one], feature[one]) for one in found.tolist()]


def furthest(keys: list[str], capacity: int) -> int:
    """Hits of the best that could be done with `capacity` objects of size 1, knowing all that
    comes: whoever is wanted last, the newcomer included, goes (Belady 1966).

    By plain search, quadratic: slow, and plain to see.
    """
    held, hits = dict[str, int](), 0
    for key, wanted in zip(keys, wanted_again(keys), strict=True):
        hits += key in held
        held[key] = wanted
        if len(held) > capacity:
            del held[max(held, key=lambda one: held[one])]
    return hits


def wanted_again(keys: list[str]) -> list[int]:
    """When each access's object is asked for next, as the number of that access; beyond all where
    it is not."""
    later, found = dict[str, int](), list[int]()
    for at in reversed(range(len(keys))):
        found.append(later.get(keys[at], len(keys)))
        later[keys[at]] = at
    return found[::-1]


def relative_hits(cache: LearnedCache, rng: np.random.Generator, seed: int) -> float:
    """Hits of `cache` on one trace divided by the most that are possible, a share."""
    accesses = trace(rng, sized=False)
    running = RunningCache(cache, seed)
    running.make(OBJECTS)
    hits = sum(running.access(*each).startswith("h") for each in accesses)
    return hits / furthest([key for key, _, _ in accesses], OBJECTS)


def utilisation(cache: LearnedCache, rng: np.random.Generator, seed: int) -> float:
    """Mean share of the capacity that `cache` uses over the second half of one trace."""
    running = RunningCache(cache, seed)
    running.make(SPACE)
    used = list[int]()
    for each in trace(rng, sized=True):
        running.access(*each)
        used.append(running.used)
    return float(np.mean(used[ACCESSES // 2 :])) / SPACE
