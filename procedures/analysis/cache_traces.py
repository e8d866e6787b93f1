"""Traces for caches: the synthetic workload of docs/protocols/cut1.md, and traces from CSV files.

The workload follows Zipf's law (Breslau et al., INFOCOM 1999), with one-time accesses and scans as
in photo stores (Huang et al., "An analysis of Facebook photo caching", SOSP 2013).
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from labctl.errors import BenchError

ACCESSES = 5000
CATALOGUE, EXPONENT = 500, 0.9
SHARE_ONCE = 0.25
"""Part of the accesses, outside scans, that go to objects of one access."""
SCANS, SCAN = 4, 100
"""Scans in a trace, and accesses in a scan."""
PARTS, MOVED = 4, 50
"""Parts of equal popularity in a trace, and objects that change rank between two of them."""
FEATURE_ONCE = 3.0
"""Mean of the feature of objects of one access, in its standard deviations; 0 of the others."""
LARGEST = 31_000
"""Largest size where sizes differ, in units of size."""


@dataclass(frozen=True)
class CacheTrace:
    """Accesses in their order: `keys`, `sizes` in units of size, `features` of 1, equal lengths."""

    keys: tuple[str, ...]
    sizes: tuple[int, ...]
    features: tuple[float, ...]

    def one_time(self) -> tuple[bool, ...]:
        """Which accesses are to an object that is asked for once in the whole trace."""
        asked = Counter(self.keys)
        return tuple(asked[key] == 1 for key in self.keys)

    def blocks(self, length: int) -> Iterator[CacheTrace]:
        """The same accesses, `length` at a time."""
        for begin in range(0, len(self.keys), length):
            part = slice(begin, begin + length)
            yield CacheTrace(self.keys[part], self.sizes[part], self.features[part])


def synthetic(seed: int, number: int, *, sized: bool) -> CacheTrace:
    """Trace `number` of `seed`, the same always; all sizes are 1 unless `sized`."""
    rng = np.random.default_rng([seed & (2**63 - 1), number, int(sized)])
    once = _one_time_places(rng)
    asked = _catalogue_draws(rng, once)
    asked[once] = CATALOGUE + np.arange(np.count_nonzero(once))
    objects = CATALOGUE + int(np.count_nonzero(once))
    features = rng.standard_normal(objects)
    features[CATALOGUE:] += FEATURE_ONCE
    sizes = rng.integers(1, LARGEST, objects, endpoint=True) if sized else np.ones(objects, int)
    names = rng.permutation(objects)
    return CacheTrace(
        tuple(str(name) for name in names[asked].tolist()),
        tuple(sizes[asked].tolist()),
        # Six digits go over the line; an object has the same ones always.
        tuple(float(f"{one:.6g}") for one in features[asked].tolist()),
    )


def _one_time_places(rng: np.random.Generator) -> NDArray[np.bool_]:
    """Which accesses go to objects of one access, shape (accesses,)."""
    once = rng.random(ACCESSES) < SHARE_ONCE
    for begin in rng.integers(0, ACCESSES - SCAN, SCANS).tolist():
        once[begin : begin + SCAN] = True
    return once


def _catalogue_draws(rng: np.random.Generator, once: NDArray[np.bool_]) -> NDArray[np.int64]:
    """An object of the catalogue for each access; none is asked for only once outside `once`."""
    popularity = np.arange(1, CATALOGUE + 1, dtype=np.float64) ** -EXPONENT
    popularity /= popularity.sum()
    by_rank = rng.permutation(CATALOGUE)
    favourite = int(by_rank[0])
    parts = list[NDArray[np.int64]]()
    for part in range(PARTS):
        if part:
            ranks = rng.choice(CATALOGUE, MOVED, replace=False)
            by_rank[ranks] = rng.permutation(by_rank[ranks])
        parts.append(by_rank[rng.choice(CATALOGUE, ACCESSES // PARTS, p=popularity)])
    asked = np.concatenate(parts)
    times = np.bincount(asked[~once], minlength=CATALOGUE)
    asked[(times[asked] == 1) & ~once] = favourite
    return asked


def imported(lines: Iterable[str], key: str, size: str = "", feature: str = "") -> CacheTrace:
    """A trace from the lines of a CSV file; `key`, `size` and `feature` name its columns.

    Without a `size` sizes are 1, without a `feature` features are 0. Objects keep the size and the
    feature of their first access. `BenchError` names the line that cannot be read.
    """
    rows = csv.DictReader(lines)
    lacking = [
        name for name in (key, size, feature) if name and name not in (rows.fieldnames or ())
    ]
    if lacking:
        raise BenchError(
            f"the trace has no column {lacking[0]!r}",
            remedy=f"its columns are {', '.join(rows.fieldnames or ()) or 'none'}",
        )
    names = dict[str, str]()
    known = dict[str, tuple[int, float]]()
    order = list[str]()
    for number, row in enumerate(rows, start=2):
        name = names.setdefault(row[key], str(len(names)))
        if name not in known:
            known[name] = _described(row, size, feature, number)
        order.append(name)
    if not order:
        raise BenchError("the trace has no accesses", remedy="it needs a line for each access")
    return _of(order, known)


def _of(order: Sequence[str], known: dict[str, tuple[int, float]]) -> CacheTrace:
    return CacheTrace(
        tuple(order),
        tuple(known[name][0] for name in order),
        tuple(known[name][1] for name in order),
    )


def _described(row: dict[str, str], size: str, feature: str, number: int) -> tuple[int, float]:
    try:
        found = int(row[size]) if size else 1, float(row[feature]) if feature else 0.0
    except (TypeError, ValueError) as error:
        raise BenchError(f"line {number} of the trace: {error}", remedy="repair it") from error
    if found[0] < 1 or not np.isfinite(found[1]):
        raise BenchError(f"line {number} of the trace: size or feature is {found}", remedy="repair")
    return found
