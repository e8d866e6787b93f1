"""Cache systems whose true figures are those asked for.

True figures are expectations over the workload of docs/protocols/cut1.md. The part of the one-time
accesses that is kept out is a probability; the others were counted (`sim_backends/data/cache.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from math import erfc, sqrt

import numpy as np

from sim_backends.data.cache import RELATIVE_HITS, RESERVES, SKILLS, UTILISATION
from sim_backends.models.software.cache import LearnedCache
from sim_backends.models.software.workload import FEATURE
from sim_backends.samples.recipe import Recipe, one_figure
from sim_backends.samples.stating import Stated

CACHE = "cache system"

_HITS = np.polynomial.Polynomial.fit(SKILLS, RELATIVE_HITS, 3)
"""Smooths what the scatter of 300 traces leaves."""

_USED = np.polynomial.Polynomial.fit(RESERVES[1:], UTILISATION[1:], 1)
"""Without a reserve a trace is half over before the cache is full: that end is left out."""


def draw_cache(rng: np.random.Generator) -> LearnedCache:
    """A cache system of ordinary skill."""
    return LearnedCache(threshold=float(rng.normal(1.6, 0.1)), skill=float(rng.uniform(0.7, 0.95)))


def draw_replacing(rng: np.random.Generator) -> LearnedCache:
    """One with the threshold at which the hits were counted."""
    return LearnedCache()


def exclusion(cache: LearnedCache) -> float:
    """Probability in % that a one-time access is kept out: its feature lies above the threshold."""
    return 50.0 * erfc((cache.threshold - FEATURE) / sqrt(2.0))


def hits(cache: LearnedCache) -> float:
    """Hits divided by the most that are possible, in %, expected of a trace."""
    return 100.0 * float(_HITS(cache.skill))


def utilisation(cache: LearnedCache) -> float:
    """Mean share of the capacity that is used, in %, expected of a trace."""
    return 100.0 * float(_USED(cache.reserve))


def _nothing(cache: LearnedCache) -> Mapping[str, Stated]:
    return {}


RECIPES: dict[str, Recipe] = {
    "7.3-02": one_figure(
        kind=CACHE,
        key="one_time_access_exclusion_rate",
        unit="%",
        draw=draw_cache,
        figure=exclusion,
        vary=lambda cache, threshold: replace(cache, threshold=threshold),
        low=0.5,
        high=4.0,
        stated=_nothing,
    ),
    "7.3-03": one_figure(
        kind=CACHE,
        key="ratio_to_baseline",
        unit="%",
        draw=draw_replacing,
        figure=hits,
        vary=lambda cache, skill: replace(cache, skill=skill),
        low=0.0,
        high=1.0,
        stated=_nothing,
    ),
    "7.3-07": one_figure(
        kind=CACHE,
        key="cache_utilisation",
        unit="%",
        draw=draw_replacing,
        figure=utilisation,
        vary=lambda cache, reserve: replace(cache, reserve=reserve),
        low=0.05,
        high=0.5,
        stated=_nothing,
    ),
}
"""By indicator id."""
