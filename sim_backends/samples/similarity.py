"""Indexes of similar content whose true figures are those asked for: expectations over queries that
have one similar item each (docs/protocols/cut1.md, the synthetic contents)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from math import expm1

import numpy as np

from sim_backends.models.software.index import ContentIndex
from sim_backends.samples.recipe import Recipe, one_figure
from sim_backends.samples.stating import Stated

INDEX = "index of similar content"


def draw_index(rng: np.random.Generator) -> ContentIndex:
    """An ordinary index."""
    return ContentIndex(
        strength=float(rng.uniform(2.1, 3.5)),
        wrong=float(rng.uniform(0.03, 0.08)),
        seconds=float(rng.uniform(15e-6, 40e-6)),
    )


def found(index: ContentIndex) -> float:
    """Probability (0..1) that a similar item is found."""
    return -expm1(-index.strength)


def error_rate(index: ContentIndex) -> float:
    """Wrong items among those returned, in %: mean wrong ones over the mean of all."""
    return 100.0 * index.wrong / (index.wrong + found(index))


def _nothing(index: ContentIndex) -> Mapping[str, Stated]:
    return {}


RECIPES: dict[str, Recipe] = {
    "7.3-05": one_figure(
        kind=INDEX,
        key="recall",
        unit="%",
        draw=draw_index,
        figure=lambda index: 100.0 * found(index),
        vary=lambda index, strength: replace(index, strength=strength),
        low=0.01,
        high=10.0,
        stated=_nothing,
    ),
    "7.3-06": one_figure(
        kind=INDEX,
        key="error_rate",
        unit="%",
        draw=draw_index,
        figure=error_rate,
        vary=lambda index, wrong: replace(index, wrong=wrong),
        low=0.001,
        high=1.0,
        stated=_nothing,
    ),
}
"""By indicator id."""
