"""Propagation of distributions (JCGM 101, GUM-S1) from readings to a figure.

A `MonteCarlo` holds the draws of every error by its key, so that two readings that share a common
error share its draws: in a ratio or a difference it cancels as far as it really does. Arrays have
a leading axis of draws; row 0 is the undisturbed value, rows 1.. are the draws.

Rules, from METROLOGY.md: limits of error +-a without stated coverage are rectangular; a common
error belongs to (serial, function, range); where a correlation is unknown, 0 or 1 is taken,
whichever gives the larger U. The gain and the offset of one data sheet line are such a pair, so
one draw moves both: its standard uncertainty is (gain x |reading| + offset) / sqrt(3).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from labctl.errors import Defect
from labctl.evidence import Accuracy, Contribution, Figure, Reading
from labctl.quantity import Quantity

Draws = NDArray[np.float64]

BLOCK_BYTES = 64 * 2**20
"""Largest array of draws that one call may ask for; longer series are reduced first (`mean`)."""

DRAWS = 10_000
"""Draws to start with (METROLOGY.md)."""


class MonteCarlo:
    """Draws of every error that a figure depends on.

    `draws` is their number, `seed` makes them repeatable. `only` names the one source that is
    drawn (for a budget line); all others stay at their undisturbed value.
    """

    def __init__(self, draws: int = DRAWS, seed: int = 0, only: str | None = None) -> None:
        self.draws = draws
        self.seed = seed
        self._only = only
        self._common: dict[str, Draws] = {}
        self.sources: dict[str, str] = {}

    def readings(self, readings: Sequence[Reading]) -> Draws:
        """Draws of `readings`, shape (draws + 1, n), in the readings' own unit."""
        self._refuse_oversize(len(readings))
        values = np.array([r.value for r in readings], dtype=np.float64)
        groups = _by_accuracy(readings)
        if len(groups) == 1 and len(groups[0][2]) == len(values):
            return self._of_one_line(readings, values, *groups[0][:2])
        out = np.repeat(values[None, :], self.draws + 1, axis=0)
        for accuracy, serial, where in groups:
            members = [readings[int(index)] for index in where]
            out[:, where] = self._of_one_line(members, values[where], accuracy, serial)
        return out

    def _of_one_line(
        self, readings: Sequence[Reading], values: Draws, accuracy: Accuracy, serial: str
    ) -> Draws:
        """Draws of readings that share one line of the data sheet, shape (draws + 1, n)."""
        key = _key(serial, accuracy)
        limit = accuracy.gain * np.abs(values) + accuracy.offset
        out = self._rectangular(key, accuracy.source)[:, None] * limit
        out += values
        sigma = _scatter(accuracy)
        if sigma > 0:
            stamp = f"{readings[0].t!r}/{len(readings)}"
            noise = self._independent(f"{key}/noise", stamp, len(readings), accuracy.source)
            noise *= sigma
            out += noise
        return out

    def mean(self, readings: Sequence[Reading]) -> Draws:
        """Draws of the mean of `readings`, shape (draws + 1, 1), in their unit.

        The common error of a mean is the mean of the common errors; the scatter of single
        readings by data sheet shrinks with their number. Scatter of the quantity itself is the
        caller's to add, from the series (`labctl.series`).
        """
        if not readings:
            raise Defect("mean of no readings")
        n = len(readings)
        values = np.array([r.value for r in readings], dtype=np.float64)
        out = np.full((self.draws + 1, 1), values.mean())
        for accuracy, serial, where in _by_accuracy(readings):
            key = _key(serial, accuracy)
            limit = accuracy.gain * np.abs(values[where]) + accuracy.offset
            out[:, 0] += self._rectangular(key, accuracy.source) * (limit.sum() / n)
            sigma = _scatter(accuracy) * np.sqrt(len(where)) / n
            if sigma > 0:
                stamp = f"{readings[0].t!r}/{n}/mean"
                out += sigma * self._independent(f"{key}/noise", stamp, 1, accuracy.source)
        return out

    def quantity(self, name: str, quantity: Quantity) -> Draws:
        """Draws of a stated quantity (normal), shape (draws + 1, 1), in its own unit."""
        return quantity.value + quantity.u * self.normal(name)

    def relative(self, name: str, quantity: Quantity) -> Draws:
        """Draws of a factor around 1, shape (draws + 1, 1).

        `quantity.u` is its relative standard uncertainty, in `dimensionless` or `%`.
        """
        return 1.0 + quantity.to("dimensionless").u * self.normal(name)

    def normal(self, name: str, detail: str = "") -> Draws:
        """Standard normal draws of source `name`, shape (draws + 1, 1); row 0 is 0."""
        return self._drawn(name, detail, _normal)[:, None]

    def rectangular(self, name: str, half_width: float, detail: str = "") -> Draws:
        """Rectangular draws within +-`half_width`, shape (draws + 1, 1); row 0 is 0."""
        return half_width * self._rectangular(name, detail)[:, None]

    def figure(self, draws: Draws, unit: str) -> Figure:
        """The figure whose draws are given, shape (draws + 1,) or (draws + 1, 1).

        Its value is row 0; the interval is the probabilistically symmetric 95 % interval
        (GUM-S1 7.7).
        """
        column = np.asarray(draws, dtype=np.float64).reshape(self.draws + 1)
        lo, hi = np.quantile(column[1:], (0.025, 0.975))
        u = float(np.std(column[1:], ddof=1))
        return Figure(float(column[0]), unit, u, float(lo), float(hi))

    def budget(
        self,
        reduction: Callable[[MonteCarlo], Draws],
        figure: str,
        draws: int = 2_000,
    ) -> tuple[Contribution, ...]:
        """The share of each source in the figure's u, largest first.

        `reduction(mc)` computes the figure's draws; it is run again with one source at a time.
        Shares add in quadrature to the figure's u where the reduction is nearly linear.
        """
        probe = MonteCarlo(2, self.seed)
        reduction(probe)
        lines: list[Contribution] = []
        for source, detail in probe.sources.items():
            alone = MonteCarlo(draws, self.seed, only=source)
            column = np.asarray(reduction(alone)).reshape(draws + 1)
            u = float(np.std(column[1:], ddof=1))
            lines.append(Contribution(figure, source, u, detail))
        return tuple(sorted(lines, key=lambda line: -line.u))

    def _rectangular(self, key: str, detail: str) -> Draws:
        return self._drawn(key, detail, _uniform)

    def _drawn(self, key: str, detail: str, shape: Callable[..., Draws]) -> Draws:
        known = self._common.get(key)
        if known is None:
            self.sources[key] = detail
            known = self._common[key] = self._column(key, shape, key)
        return known

    def _column(self, source: str, shape: Callable[..., Draws], stream: str) -> Draws:
        out = np.zeros(self.draws + 1)
        if self._only is None or self._only == source:
            out[1:] = shape(_stream(self.seed, stream), self.draws)
        return out

    def _independent(self, source: str, stamp: str, n: int, detail: str) -> Draws:
        """Standard normal draws, one column a reading; the same readings get the same draws."""
        self.sources.setdefault(source, detail)
        out = np.zeros((self.draws + 1, n))
        if self._only is None or self._only == source:
            _stream(self.seed, f"{source}/{stamp}").standard_normal(out=out[1:])
        return out

    def _refuse_oversize(self, n: int) -> None:
        if (self.draws + 1) * n * 8 > BLOCK_BYTES:
            raise Defect(
                f"{n} readings x {self.draws} draws pass {BLOCK_BYTES >> 20} MiB",
                remedy="reduce the series first, with MonteCarlo.mean over windows",
            )


def _stream(seed: int, name: str) -> np.random.Generator:
    """A random stream of its own for each name, so that one more source moves no other."""
    digest = hashlib.sha256(f"{seed}/{name}".encode()).digest()
    return np.random.default_rng(np.frombuffer(digest, dtype=np.uint32))


def _uniform(rng: np.random.Generator, n: int) -> Draws:
    return rng.uniform(-1.0, 1.0, n)


def _normal(rng: np.random.Generator, n: int) -> Draws:
    return rng.standard_normal(n)


def _key(serial: str, accuracy: Accuracy) -> str:
    return f"{serial}/{accuracy.function}/{accuracy.range:g} {accuracy.unit}"


def _scatter(accuracy: Accuracy) -> float:
    """Standard deviation of one reading about the common error: noise and step (GUM F.2.2.1)."""
    return float(np.hypot(accuracy.noise, accuracy.resolution / np.sqrt(12)))


def _by_accuracy(
    readings: Sequence[Reading],
) -> list[tuple[Accuracy, str, NDArray[np.intp]]]:
    """Readings grouped by data sheet line and serial; those without accuracy are exact."""
    groups: dict[tuple[Accuracy, str], list[int]] = {}
    for index, reading in enumerate(readings):
        if reading.accuracy is not None:
            groups.setdefault((reading.accuracy, reading.serial), []).append(index)
    return [
        (accuracy, serial, np.array(where, dtype=np.intp))
        for (accuracy, serial), where in groups.items()
    ]
