"""Naming a gas by the pattern of an array's answers, learnt from other arrays. Pure.

What is learnt from are the directions of ln(film/air) over the films: an amount lengthens the
vector, the gas turns it. They are told apart by regularised discriminant analysis (J. Friedman, J.
Am. Stat. Assoc. 84 (1989) 165); how much it is regularised is chosen by leaving out arrays of the
batch, four groups in turn, so that it is chosen for arrays that were not learnt from.
"""

from __future__ import annotations

from itertools import product
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from labctl.errors import UsageError

Array = NDArray[np.float64]
Labels = NDArray[np.int64]

AIR = 0
"""Label of clean air; 1, 2... are the gases."""

SEEN = 10.0
"""So many root mean squares of an answer to clean air must the answer to a gas be."""

POOLED, ROUND = (0.5, 1.0), (0.02, 0.1, 0.3)
"""Among which shares of the pooled covariance, and of a round one, is chosen."""

GROUPS = 4


class Exposures(NamedTuple):
    """`logs` of film over air, (n, films); what was offered, `labels`, and to which array, (n,)."""

    logs: Array
    labels: Labels
    arrays: Labels


class Classifier(NamedTuple):
    """Of the gases `known` (k,): `means` of directions (k, films), `inverses` of their covariances
    (k, films, films), `logs` of their determinants (k,). What is shorter than `floor` is air."""

    floor: float
    known: Labels
    means: Array
    inverses: Array
    logs: Array


class Learnt(NamedTuple):
    """A classifier, its `pooled` and `round` shares, and the `share` (0..1) of the exposures of
    left out arrays that were named right."""

    classifier: Classifier
    pooled: float
    round: float
    share: float


def floor_of(seen: Exposures) -> float:
    """The length of ln(film/air) from which on an answer is none to clean air."""
    blanks = seen.logs[seen.labels == AIR]
    return SEEN * float(np.sqrt(np.mean(np.sum(np.square(blanks), axis=1))))


def trained(seen: Exposures, pooled: float, round: float) -> Classifier:
    """A classifier by `seen`. A gas whose exposures are mostly as air is not known to it."""
    floor = floor_of(seen)
    lengths = np.linalg.norm(seen.logs, axis=1)
    gases = [int(one) for one in np.unique(seen.labels) if one != AIR]
    rows = {gas: (seen.labels == gas) & (lengths > floor) for gas in gases}
    known = [gas for gas in gases if 2 * rows[gas].sum() > (seen.labels == gas).sum()]
    films = seen.logs.shape[1]
    if not known:
        empty = np.zeros((0, films))
        return Classifier(floor, np.array([], int), empty, np.zeros((0, films, films)), np.zeros(0))
    points = [directions(seen.logs[rows[gas]]) for gas in known]
    own = np.array([np.cov(one, rowvar=False) for one in points])
    mean = own.mean(axis=0)
    ball = float(np.trace(mean)) / films * np.eye(films)
    covariances = (1.0 - round) * ((1.0 - pooled) * own + pooled * mean) + round * ball
    return Classifier(
        floor,
        np.array(known, int),
        np.array([one.mean(axis=0) for one in points]),
        np.linalg.inv(covariances),
        np.linalg.slogdet(covariances)[1],
    )


def directions(logs: Array) -> Array:
    """Unit vectors of the rows of `logs`, (n, films)."""
    return logs / np.linalg.norm(logs, axis=1, keepdims=True)


def scores(classifier: Classifier, logs: Array) -> Array:
    """Logarithms of the likelihoods of each known gas, (n, k), but for a constant."""
    off = directions(logs)[:, None, :] - classifier.means[None, :, :]
    far = np.einsum("nki,kij,nkj->nk", off, classifier.inverses, off)
    return -0.5 * (far + classifier.logs[None, :])


def named(classifier: Classifier, logs: Array) -> Labels:
    """What each row of `logs` (n, films) is named, (n,): a gas, or air."""
    found = np.full(len(logs), AIR)
    seen = np.linalg.norm(logs, axis=1) > classifier.floor
    if len(classifier.known) and seen.any():
        found[seen] = classifier.known[np.argmax(scores(classifier, logs[seen]), axis=1)]
    return found


def learnt(seen: Exposures) -> Learnt:
    """The classifier whose regularisation names most exposures of left out arrays right.

    Of equals the most regularised. `UsageError` for fewer arrays than groups.
    """
    arrays = np.unique(seen.arrays)
    if len(arrays) < GROUPS:
        raise UsageError(f"{len(arrays)} arrays are too few to learn from")
    best = (-1.0, 0.0, 0.0)
    for pooled, round in product(POOLED, ROUND):
        best = max(best, (_left_out(seen, arrays, pooled, round), pooled, round))
    share, pooled, round = best
    return Learnt(trained(seen, pooled, round), pooled, round, share)


def _left_out(seen: Exposures, arrays: Labels, pooled: float, round: float) -> float:
    right = 0
    for group in range(GROUPS):
        out = np.isin(seen.arrays, arrays[group::GROUPS])
        rest = Exposures(seen.logs[~out], seen.labels[~out], seen.arrays[~out])
        found = named(trained(rest, pooled, round), seen.logs[out])
        right += int(np.sum(found == seen.labels[out]))
    return right / len(seen.labels)


def table(offered: Labels, found: Labels, gases: int) -> NDArray[np.int64]:
    """How often each was offered (rows) and named (columns), air and gases, (1 + gases) squared."""
    counts = np.zeros((1 + gases, 1 + gases), int)
    np.add.at(counts, (offered, found), 1)
    return counts
