"""Where a Monte Carlo takes its errors from: random draws by key, or one step of each in turn."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from labctl.uncertainty.shapes import NORMAL, Draws, Shape


class Errors(Protocol):
    """Errors by key. Row 0 of every array is 0, the undisturbed value; `rows` rows follow."""

    @property
    def rows(self) -> int:
        """Number of rows after row 0."""
        ...

    def column(self, source: str, shape: Shape) -> Draws:
        """The common error `source`, shape (rows + 1,), dimensionless, of unit `shape`."""
        ...

    def block(self, source: str, stamp: str, n: int) -> Draws:
        """`n` independent standard normal errors of `source`, shape (rows + 1, n).

        The same source and `stamp` give the same errors.
        """
        ...


@dataclass(frozen=True)
class RandomErrors:
    """Random draws. Each source has a stream of its own, so that one more moves no other.

    `only` names the one source that is drawn, for a budget line.
    """

    rows: int
    seed: int
    only: str | None = None

    def column(self, source: str, shape: Shape) -> Draws:
        """Random draws of `source` after a 0, shape (rows + 1,), dimensionless."""
        out = np.zeros(self.rows + 1)
        if self.only is None or self.only == source:
            out[1:] = shape.draw(stream(self.seed, source), self.rows)
        return out

    def block(self, source: str, stamp: str, n: int) -> Draws:
        """Standard normal draws under a row of 0, shape (rows + 1, n), dimensionless."""
        out = np.zeros((self.rows + 1, n))
        if self.only is None or self.only == source:
            stream(self.seed, f"{source}/{stamp}").standard_normal(out=out[1:])
        return out


@dataclass(frozen=True)
class Axis:
    """One error, or `n` independent ones of one `stamp`, that a reduction asked for."""

    source: str
    stamp: str | None
    n: int
    shape: Shape


class Probe:
    """No errors: notes which ones a reduction asks for, in `axes`."""

    rows = 2

    def __init__(self) -> None:
        self.axes: dict[tuple[str, str | None], Axis] = {}

    def column(self, source: str, shape: Shape) -> Draws:
        """Zeros of shape (3,), dimensionless."""
        self.axes[source, None] = Axis(source, None, 1, shape)
        return np.zeros(self.rows + 1)

    def block(self, source: str, stamp: str, n: int) -> Draws:
        """Zeros of shape (3, n), dimensionless."""
        self.axes[source, stamp] = Axis(source, stamp, n, NORMAL)
        return np.zeros((self.rows + 1, n))


class Steps:
    """Central differences: rows 2 i + 1 and 2 i + 2 move error i alone by +u and by -u.

    The errors are those of `axes` in their order, from number `first` to `last` - 1; the others
    stay at 0 (JCGM 100, 5.1.3 note 2).
    """

    def __init__(self, axes: Sequence[Axis], first: int, last: int) -> None:
        self.rows = 2 * (last - first)
        self._first, self._last = first, last
        ends = np.cumsum([axis.n for axis in axes])
        begins = zip(axes, ends, strict=True)
        self._begin = {(a.source, a.stamp): int(end) - a.n for a, end in begins}

    def column(self, source: str, shape: Shape) -> Draws:
        """+u and -u of `source` in its two rows, shape (rows + 1,), dimensionless."""
        return self._moved(source, None, 1, shape.u)[:, 0]

    def block(self, source: str, stamp: str, n: int) -> Draws:
        """+1 and -1 of each error in its two rows, shape (rows + 1, n), dimensionless."""
        return self._moved(source, stamp, n, 1.0)

    def _moved(self, source: str, stamp: str | None, n: int, u: float) -> Draws:
        out = np.zeros((self.rows + 1, n))
        numbers = self._begin[source, stamp] + np.arange(n)
        here = np.flatnonzero((numbers >= self._first) & (numbers < self._last))
        rows = 1 + 2 * (numbers[here] - self._first)
        out[rows, here], out[rows + 1, here] = u, -u
        return out


def stream(seed: int, name: str) -> np.random.Generator:
    """The random stream of `name`: the same for the same seed and name, everywhere."""
    digest = hashlib.sha256(f"{seed}/{name}".encode()).digest()
    return np.random.default_rng(np.frombuffer(digest, dtype=np.uint32))


def block_seed(seed: int, index: int) -> int:
    """Seed of the block of draws `index` of a propagation; block 0 has the seed itself."""
    if index == 0:
        return seed
    return int.from_bytes(hashlib.sha256(f"{seed}/block {index}".encode()).digest()[:8], "big")
