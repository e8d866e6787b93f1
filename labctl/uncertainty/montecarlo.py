"""Propagation of distributions (JCGM 101, GUM-S1) from readings to a figure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from labctl.errors import Defect
from labctl.evidence import Contribution, Figure, Reading
from labctl.quantity import Quantity
from labctl.uncertainty import vectors, weights
from labctl.uncertainty.certified import Tables
from labctl.uncertainty.errors import Errors, RandomErrors
from labctl.uncertainty.firstorder import FirstOrder, first_order
from labctl.uncertainty.intervals import symmetric
from labctl.uncertainty.lines import Circumstances, Line, by_line
from labctl.uncertainty.shapes import RECTANGULAR, Draws, Shape, student
from labctl.uncertainty.windows import Reduced

BLOCK_BYTES = 64 * 2**20
"""Largest array of draws that one call may ask for; longer series are reduced first."""

DRAWS = 10_000
"""Draws to start with (METROLOGY.md)."""

Reduction = Callable[["MonteCarlo"], Draws]
"""Computes a figure's draws, shape (draws + 1,) or (draws + 1, 1), each time from the same
readings."""


class MonteCarlo:
    """Draws of every error that a figure depends on.

    `draws` is their number, `seed` makes them repeatable. `only` names the one source that is
    drawn (for a budget line); all others stay at their undisturbed value. `circumstances` are the
    instruments' calibrations, mountings and surroundings. `silent` are the instruments whose
    readings were used although they state no accuracy, `tables` knows which tables of certificates
    stood for readings. `tied` gives a source the error of
    another of the same shape: the two are fully correlated, and one line of the budget. `errors`
    takes the place of random draws.
    """

    def __init__(
        self,
        draws: int = DRAWS,
        seed: int = 0,
        only: str | None = None,
        *,
        circumstances: Circumstances | None = None,
        tied: Mapping[str, str] | None = None,
        errors: Errors | None = None,
    ) -> None:
        self._errors = errors or RandomErrors(draws, seed, only)
        self.draws = self._errors.rows
        self.seed = seed
        self.circumstances = circumstances or Circumstances()
        self.tied = dict(tied or {})
        self._common: dict[str, Draws] = {}
        self.sources: dict[str, str] = {}
        self.silent: set[str] = set()
        self.tables = Tables(self.circumstances)
        self.itemised = True

    def like(
        self,
        draws: int | None = None,
        *,
        seed: int | None = None,
        only: str | None = None,
        tied: Mapping[str, str] | None = None,
        errors: Errors | None = None,
    ) -> MonteCarlo:
        """Another Monte Carlo under the same circumstances, with what is given changed."""
        return MonteCarlo(
            self.draws if draws is None else draws,
            self.seed if seed is None else seed,
            only,
            circumstances=self.circumstances,
            tied=self.tied if tied is None else tied,
            errors=errors,
        )

    def readings(self, readings: Sequence[Reading]) -> Draws:
        """Draws of `readings`, shape (draws + 1, n), in the readings' own unit."""
        self._refuse_oversize(len(readings))
        values = np.array([r.value for r in readings], dtype=np.float64)
        utc = np.array([r.utc for r in readings], dtype=np.float64)
        self._heard(readings)
        groups = by_line(readings, self.circumstances)
        if len(groups) == 1 and len(groups[0][1]) == len(values):
            return self._of_line(readings, values, utc, groups[0][0])
        out = np.repeat(values[None, :], self.draws + 1, axis=0)
        for line, where in groups:
            members = [readings[int(index)] for index in where]
            out[:, where] = self._of_line(members, values[where], utc[where], line)
        return out

    def _of_line(self, readings: Sequence[Reading], values: Draws, utc: Draws, line: Line) -> Draws:
        """Draws of readings that share a line of the data sheet, shape (draws + 1, n)."""
        errors = self.tables.errors_of(line, values, utc)
        first, *others = errors.parts
        out = self.column(first.key, first.shape, first.detail)[:, None] * first.limit
        out += values + errors.correction
        for part in others:
            out += self.column(part.key, part.shape, part.detail)[:, None] * part.limit
        if line.scatter > 0:
            stamp = f"{readings[0].t!r}/{len(readings)}"
            noise = self.block(f"{line.key}/noise", stamp, len(readings), line.accuracy.source)
            noise *= line.scatter
            out += noise
        return out

    def mean(self, readings: Sequence[Reading]) -> Draws:
        """Draws of the mean of `readings`, shape (draws + 1, 1), in their unit.

        The common error of a mean is the mean of the common errors; the scatter of single
        readings by data sheet shrinks with their number. Scatter of the quantity itself is the
        caller's to add, from the series (`labctl.uncertainty.memory`).
        """
        if not readings:
            raise Defect("mean of no readings")
        n = len(readings)
        return self.weighted(readings, np.full(n, 1.0 / n), "mean")

    def integral(self, readings: Sequence[Reading]) -> Draws:
        """Draws of the integral of `readings` over their run time by the trapezoidal rule.

        Shape (draws + 1, 1), in the readings' unit times s.
        """
        if len(readings) < 2:
            raise Defect("an integral needs two readings")
        time = np.array([r.t for r in readings], dtype=np.float64)
        return self.weighted(readings, weights.trapezoid(time), "integral")

    def weighted(self, readings: Sequence[Reading], by: ArrayLike, name: str) -> Draws:
        """Draws of the sum of `readings` times weights `by` (shape (n,)), shape (draws + 1, 1).

        No array of draws by readings is made. `name` tells this sum from others of the readings.
        """
        out = np.zeros((self.draws + 1, 1))
        values = np.array([r.value for r in readings], dtype=np.float64)
        utc = np.array([r.utc for r in readings], dtype=np.float64)
        factors = np.asarray(by, dtype=np.float64)
        stamp = f"{readings[0].t!r}/{len(readings)}/{name}"
        self._heard(readings)
        for line, where in by_line(readings, self.circumstances):
            errors = self.tables.errors_of(line, values[where], utc[where])
            out += float(factors[where] @ errors.correction)
            for part in errors.parts:
                common = self.column(part.key, part.shape, part.detail)
                out[:, 0] += common * float(factors[where] @ part.limit)
            sigma = line.scatter * float(np.linalg.norm(factors[where]))
            if sigma > 0:
                out += sigma * self.block(f"{line.key}/noise", stamp, 1, line.accuracy.source)
        return out + float(factors @ values)

    def windows(self, reduced: Reduced, name: str = "windows") -> Draws:
        """Draws of values of windows that were reduced before, shape (draws + 1, k), in their
        unit.

        `name` tells them from those of another series that began at the same instant.
        """
        self._refuse_oversize(len(reduced.values))
        self.silent.update(reduced.silent)
        self.tables.add(reduced.certified)
        self.tables.read.update(reduced.read)
        out = np.repeat(reduced.values[None, :], self.draws + 1, axis=0)
        for part in reduced.parts:
            out += self.column(part.key, part.shape, part.detail)[:, None] * part.limit
        for part in reduced.scatter:
            stamp = f"{reduced.begin!r}/{len(reduced.values)}/{name}"
            out += part.limit * self.block(part.key, stamp, len(reduced.values), part.detail)
        return out

    def quantity(self, name: str, quantity: Quantity) -> Draws:
        """Draws of a stated quantity (normal), shape (draws + 1, 1), in its own unit."""
        return quantity.value + quantity.u * self.normal(name)

    def relative(self, name: str, quantity: Quantity) -> Draws:
        """Draws of a factor around 1, shape (draws + 1, 1).

        `quantity.u` is its relative standard uncertainty, in `dimensionless` or `%`.
        """
        return 1.0 + quantity.to("dimensionless").u * self.normal(name)

    def repeated(self, name: str, values: ArrayLike, detail: str = "") -> Draws:
        """Draws of the mean of `values` (n independent readings of one thing), in their unit.

        Shape (draws + 1, 1): a t of n - 1 degrees of freedom around the mean, scaled by
        s / sqrt(n) (JCGM 101, 6.4.9). Fewer than two readings are a `Defect`.
        """
        read = np.asarray(values, dtype=np.float64)
        if len(read) < 2:
            raise Defect(f"{len(read)} readings tell no scatter; at least 2 are needed")
        scale = float(read.std(ddof=1)) / np.sqrt(len(read))
        return float(read.mean()) + self.certified(name, scale, student(len(read) - 1), detail)

    def certified(self, name: str, scale: float, shape: Shape, detail: str = "") -> Draws:
        """Draws around 0 of a distribution that a certificate states, shape (draws + 1, 1).

        `scale` in the unit of the result is the half width of a limited `shape`, the standard
        uncertainty of a normal one, the scale of a t.
        """
        return scale * self.column(name, shape, detail)[:, None]

    def correlated(self, name: str, means: ArrayLike, covariance: ArrayLike) -> Draws:
        """Draws of quantities that are jointly normal, shape (draws + 1, n), each in its unit.

        `means` has shape (n,), `covariance` (n, n) (JCGM 101, 6.4.8).
        """
        factor = vectors.factor(covariance)
        free = self.block(name, "correlated", factor.shape[1], "by its covariance matrix")
        return np.asarray(means, dtype=np.float64) + free @ factor.T

    def complex_quantities(
        self, name: str, means: ArrayLike, covariance: ArrayLike
    ) -> NDArray[np.complex128]:
        """Draws of complex quantities, shape (draws + 1, n), each in its unit.

        `means` has shape (n,); `covariance` (2 n, 2 n) is that of the real parts followed by the
        imaginary parts (JCGM 102, 6.2).
        """
        both = self.correlated(name, vectors.apart(means), covariance)
        n = both.shape[1] // 2
        return both[:, :n] + 1j * both[:, n:]

    def normal(self, name: str, detail: str = "") -> Draws:
        """Draws of source `name` of u = 1, shape (draws + 1, 1), row 0 is 0: standard normal, or
        what the bench file says of it."""
        shape = self.circumstances.shape_of(name)
        return self.column(name, shape, detail)[:, None] / shape.u

    def rectangular(self, name: str, half_width: float, detail: str = "") -> Draws:
        """Rectangular draws within +-`half_width`, shape (draws + 1, 1); row 0 is 0."""
        return half_width * self.column(name, RECTANGULAR, detail)[:, None]

    def figure(self, draws: Draws, unit: str) -> Figure:
        """The figure whose draws are given, shape (draws + 1,) or (draws + 1, 1).

        Its value is row 0; the interval is the probabilistically symmetric 95 % interval
        (GUM-S1 7.7).
        """
        column = np.asarray(draws, dtype=np.float64).reshape(self.draws + 1)
        lo, hi = symmetric(column[1:])
        return Figure(float(column[0]), unit, float(np.std(column[1:], ddof=1)), lo, hi)

    def budget(
        self, reduction: Reduction, figure: str, draws: int = 2_000
    ) -> tuple[Contribution, ...]:
        """The share of each source in the figure's u, largest first.

        `reduction(mc)` computes the figure's draws; it is run again with one source at a time.
        Shares add in quadrature to the figure's u where the reduction is nearly linear. Empty where
        it is not to be `itemised`.
        """
        if not self.itemised:
            return ()
        probe = self.like(2)
        reduction(probe)
        lines: list[Contribution] = []
        for source, detail in probe.sources.items():
            alone = self.like(draws, only=source)
            column = np.asarray(reduction(alone)).reshape(draws + 1)
            lines.append(Contribution(figure, source, float(np.std(column[1:], ddof=1)), detail))
        return tuple(sorted(lines, key=lambda line: -line.u))

    def first_order(self, reduction: Reduction) -> FirstOrder:
        """First-order GUM of the figure that `reduction` computes, in its unit: a check.

        `Defect` where the reduction depends on so many errors that they cannot be moved in turn.
        """
        return first_order(lambda errors: reduction(self.like(errors=errors)))

    def column(self, key: str, shape: Shape, detail: str = "") -> Draws:
        """Draws of the common error `key` of unit `shape`, shape (draws + 1,); row 0 is 0."""
        key = self.tied.get(key, key)
        known = self._common.get(key)
        if known is None:
            self.sources[key] = detail
            known = self._common[key] = self._errors.column(key, shape)
        return known

    def block(self, source: str, stamp: str, n: int, detail: str = "") -> Draws:
        """Standard normal draws, one column an error; the same `stamp` gets the same draws."""
        self.sources.setdefault(source, detail)
        return self._errors.block(source, stamp, n)

    def _heard(self, readings: Sequence[Reading]) -> None:
        """Note which of `readings` state no accuracy: they are drawn as if they were exact."""
        self.silent.update(r.serial or r.address for r in readings if r.accuracy is None)

    def _refuse_oversize(self, n: int) -> None:
        if (self.draws + 1) * n * 8 > BLOCK_BYTES:
            raise Defect(
                f"{n} readings x {self.draws} draws pass {BLOCK_BYTES >> 20} MiB",
                remedy="reduce the series first, with MonteCarlo.mean or windows",
            )
