"""Indexes of similar content whose true figures are those asked for: expectations over queries that
have one similar item each (docs/protocols/cut1.md, the synthetic contents)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from sim_backends.models.software.index import ContentIndex
from sim_backends.samples.recipe import Recipe, one_figure
from sim_backends.samples.stating import Stated

INDEX = "index of similar content"


def draw_index(rng: np.random.Generator) -> ContentIndex:
    """An ordinary index."""
    return ContentIndex(
        recall=float(rng.uniform(0.88, 0.97)),
        wrong=float(rng.uniform(0.03, 0.08)),
        seconds=float(rng.uniform(15e-6, 40e-6)),
    )


def error_rate(index: ContentIndex) -> float:
    """Wrong items among those returned, in %: mean wrong ones over the mean of all."""
    return 100.0 * index.wrong / (index.wrong + index.recall)


def _nothing(index: ContentIndex) -> Mapping[str, Stated]:
    return {}


RECIPES: dict[str, Recipe] = {
    "7.3-05": one_figure(
        kind=INDEX,
        key="recall",
        unit="%",
        draw=draw_index,
        figure=lambda index: 100.0 * index.recall,
        vary=lambda index, recall: replace(index, recall=recall),
        low=0.01,
        high=1.0,
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
