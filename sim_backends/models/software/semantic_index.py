"""An index after SmartStore (Hua et al., SC 2009): a semantic R-tree over latent coordinates.

As its authors describe it, latent semantic indexing (a singular value decomposition of the matrix
of items and attributes) gives each item a few coordinates, items that lie close are aggregated
into groups, and an R-tree of bounding boxes over the groups limits a query to those that matter.
Here groups are made by splitting at medians, coordinate after coordinate, and a query asks for a
ball about its own coordinates, as wide as those of similar contents lie apart.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from sim_backends.models.software.index import Bits
from sim_backends.models.software.searching import Found, similar_pairs, unpacked

COORDINATES = 5
LEVELS = 6
"""Splits from the root to a group; there are 64 groups."""

BOXES = (2, 4, 6)
"""After how many splits a level of the R-tree has its boxes: each node has four below it."""

BALL = 4.35
"""Median of chi-square of five degrees of freedom: boxes that half of similar contents reach hold
nearly all of them."""

FLIPPED = 1.0 / 16.0
"""Part of the bits in which contents that are similar are taken to differ."""


class SemanticGroups:
    """The index."""

    kinds: tuple[str, ...] = ("node", "group", "compare")

    def build(self, items: Bits, bits: int) -> None:
        """Coordinates of `items`, their groups, and boxes about these."""
        self._items, self._bits = items, bits
        signed = 2.0 * unpacked(items, bits) - 1.0
        self._centre = signed.mean(axis=0)
        centred = signed - self._centre
        _, axes = np.linalg.eigh(centred.T @ centred)
        self._axes = axes[:, ::-1][:, :COORDINATES]
        places = centred @ self._axes
        group = np.zeros(len(items), dtype=np.int64)
        self._boxes: list[tuple[NDArray[np.float64], NDArray[np.float64]]] = []
        for level in range(LEVELS):
            upper = np.zeros(len(items), dtype=np.int64)
            for one in range(2**level):
                members = np.flatnonzero(group == one)
                order = np.argsort(places[members, level % self._axes.shape[1]], kind="stable")
                upper[members[order[len(members) // 2 :]]] = 1
            group = 2 * group + upper
            if level + 1 in BOXES:
                self._boxes.append(_boxes(places, group, 2 ** (level + 1)))
        self._members = [np.flatnonzero(group == one) for one in range(2**LEVELS)]
        self._reach = 2.0 * math.sqrt(BALL * FLIPPED)

    def search(self, vectors: Bits) -> Found:
        """Boxes that the ball about each of `vectors` touches, from the root to the groups."""
        places = (2.0 * unpacked(vectors, self._bits) - 1.0 - self._centre) @ self._axes
        touched = np.ones((len(vectors), 1), dtype=np.bool_)
        nodes = np.zeros(len(vectors))
        for low, high in self._boxes:
            seen = np.repeat(touched, len(low) // touched.shape[1], axis=1)
            nodes += seen.sum(axis=1)
            touched = seen & (_away(places, low, high) <= self._reach)
        asked, group = np.nonzero(touched)
        sizes = np.array([len(one) for one in self._members])[group]
        held = np.concatenate([self._members[one] for one in group] or [group])
        pairs = np.repeat(asked, sizes), held
        counts = np.column_stack([
            nodes,
            touched.sum(axis=1),
            np.bincount(pairs[0], minlength=len(vectors)),
        ])
        return similar_pairs(vectors, self._items, pairs, self._bits), counts.astype(np.float64)


def _boxes(
    places: NDArray[np.float64], group: NDArray[np.int64], count: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Lowest and highest coordinates of each group, shape (groups, coordinates); an empty group's
    box is nowhere."""
    low = np.full((count, places.shape[1]), np.inf)
    high = -low
    np.minimum.at(low, group, places)
    np.maximum.at(high, group, places)
    return low, high


def _away(
    places: NDArray[np.float64], low: NDArray[np.float64], high: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Distance from each of `places` to each box, shape (places, boxes)."""
    at = places[:, None, :]
    outside = np.maximum(np.maximum(low - at, at - high), 0.0)
    return np.sqrt((outside**2).sum(axis=2))
