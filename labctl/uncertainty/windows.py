"""Reductions of long series to values of windows, applied once and in bounded memory.

A method that declares a window mean or an integral reads its series once, in chunks. What is left
per window is the value, the limits of its common errors, and its scatter by data sheet: errors of
the same key stay common to all windows, as they were to the readings.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from labctl.errors import Defect
from labctl.evidence import Accuracy, Reading
from labctl.uncertainty.certified import Tables
from labctl.uncertainty.lines import Circumstances, Line, Part, line_of
from labctl.uncertainty.shapes import Draws

How = Literal["mean", "integral"]

CHUNK = 65_536
"""Readings taken at once."""


@dataclass(frozen=True)
class Samples:
    """A chunk of a series of one instrument, ascending in time.

    `time` in s of run time, `utc` in s of Unix time and `values` in one unit have shape (n,).
    `lines` are the data sheet lines that occur; `line` (shape (n,)) says which is each reading's
    own, -1 for none.
    """

    time: Draws
    utc: Draws
    values: Draws
    serial: str
    lines: tuple[Accuracy, ...]
    line: NDArray[np.intp]


@dataclass(frozen=True)
class Reduced:
    """Values of windows, shape (k,): means in the readings' unit, or integrals in that times s.

    `counts` are the readings in each window, `begin` is the series' first instant in s. `parts`
    are the limits of each common error, `scatter` the standard deviations by noise and step, all of
    shape (k,) and in the unit of the values. `silent` are the serials of instruments whose
    readings state no accuracy, `certified` the tables of certificates that stood for readings,
    each with whether its points reached all of these, `read` the serials of all instruments.
    """

    values: Draws
    counts: Draws
    begin: float
    parts: tuple[Part, ...]
    scatter: tuple[Part, ...]
    silent: tuple[str, ...] = ()
    certified: tuple[tuple[str, bool], ...] = ()
    read: tuple[str, ...] = ()


def samples(readings: Iterable[Reading], size: int = CHUNK) -> Iterator[Samples]:
    """The series `readings` of one instrument in chunks of `size`; it is read once."""
    source = iter(readings)
    while chunk := list(islice(source, size)):
        lines: dict[Accuracy, int] = {}
        own = [
            -1 if r.accuracy is None else lines.setdefault(r.accuracy, len(lines)) for r in chunk
        ]
        yield Samples(
            np.array([r.t for r in chunk], dtype=np.float64),
            np.array([r.utc for r in chunk], dtype=np.float64),
            np.array([r.value for r in chunk], dtype=np.float64),
            chunk[0].serial,
            tuple(lines),
            np.array(own, dtype=np.intp),
        )


def window_values(
    chunks: Iterable[Samples],
    edges: ArrayLike,
    how: How = "mean",
    circumstances: Circumstances | None = None,
) -> Reduced:
    """Means over windows, or integrals by the trapezoidal rule, of a series in `chunks`.

    Window i holds the readings from `edges`[i] up to before `edges`[i + 1], in s of run time;
    `edges` has shape (k + 1,). A window without readings is a `Defect`.
    """
    sums = _Sums(np.asarray(edges, dtype=np.float64), circumstances or Circumstances())
    for chunk, weight in _weighted(chunks, how):
        sums.add(chunk, weight)
    return sums.reduced(how)


def _weighted(chunks: Iterable[Samples], how: How) -> Iterator[tuple[Samples, Draws]]:
    """Each chunk with the weights of its readings; a reading's step to the next is needed for an
    integral, so the last of each chunk goes on to the next one."""
    if how == "mean":
        yield from ((chunk, np.ones_like(chunk.time)) for chunk in chunks)
        return
    before, held = 0.0, None
    for chunk in chunks:
        joined = chunk if held is None else _joined(held, chunk)
        steps = np.diff(joined.time)
        weight = (np.concatenate(([before], steps[:-1])) + steps) / 2
        if len(steps):
            yield _part(joined, slice(None, -1)), weight
            before = float(steps[-1])
        held = _part(joined, slice(-1, None))
    if held is not None:
        yield held, np.array([before / 2])


def _part(chunk: Samples, which: slice) -> Samples:
    time, utc, values = chunk.time[which], chunk.utc[which], chunk.values[which]
    return Samples(time, utc, values, chunk.serial, chunk.lines, chunk.line[which])


def _joined(held: Samples, chunk: Samples) -> Samples:
    own = held.line
    lines = chunk.lines
    if own[0] >= 0:
        accuracy = held.lines[int(own[0])]
        lines = lines if accuracy in lines else (*lines, accuracy)
        own = np.array([lines.index(accuracy)], dtype=np.intp)
    return Samples(
        np.concatenate((held.time, chunk.time)),
        np.concatenate((held.utc, chunk.utc)),
        np.concatenate((held.values, chunk.values)),
        chunk.serial,
        lines,
        np.concatenate((own, chunk.line)),
    )


@dataclass
class _Sums:
    """Sums over the readings of each window."""

    edges: Draws
    circumstances: Circumstances
    begin: float | None = None
    values: Draws = field(init=False)
    counts: Draws = field(init=False)
    limits: dict[str, Part] = field(default_factory=dict[str, Part])
    variances: dict[str, Part] = field(default_factory=dict[str, Part])
    silent: set[str] = field(default_factory=set[str])

    def __post_init__(self) -> None:
        self.tables = Tables(self.circumstances)
        self.values, self.counts = np.zeros(len(self.edges) - 1), np.zeros(len(self.edges) - 1)

    def add(self, chunk: Samples, weight: Draws) -> None:
        """Add the readings of `chunk` with weights `weight`, in s or dimensionless."""
        window = np.searchsorted(self.edges, chunk.time, side="right") - 1
        inside = (window >= 0) & (window < len(self.values))
        if inside.any() and self.begin is None:
            self.begin = float(chunk.time[inside][0])
        if (inside & (chunk.line < 0)).any():
            self.silent.add(chunk.serial)
        self.values += self._sum(window, weight * chunk.values, inside)
        self.counts += self._sum(window, np.ones_like(weight), inside)
        for line, where in _lines(chunk, inside, self.circumstances):
            self._errors(line, chunk, window, weight, where)

    def _errors(
        self,
        line: Line,
        chunk: Samples,
        window: NDArray[np.intp],
        weight: Draws,
        where: NDArray[np.bool_],
    ) -> None:
        values, utc = chunk.values[where], chunk.utc[where]
        errors = self.tables.errors_of(line, values, utc)
        full = np.zeros_like(weight)
        full[where] = errors.correction
        self.values += self._sum(window, weight * full, where)
        for part in errors.parts:
            full[where] = part.limit
            self._to(self.limits, replace(part, limit=self._sum(window, weight * full, where)))
        if line.scatter > 0:
            squares = self._sum(window, (weight * line.scatter) ** 2, where)
            self._to(self.variances, Part(f"{line.key}/noise", line.accuracy.source, squares))

    def _sum(self, window: NDArray[np.intp], values: Draws, where: NDArray[np.bool_]) -> Draws:
        added = np.bincount(window[where], values[where], minlength=len(self.values))
        return added.astype(np.float64)

    @staticmethod
    def _to(parts: dict[str, Part], more: Part) -> None:
        known = parts.get(more.key)
        total = more if known is None else replace(more, limit=known.limit + more.limit)
        parts[more.key] = total

    def reduced(self, how: How) -> Reduced:
        """The values of the windows; `Defect` where one has no reading."""
        if self.begin is None or not self.counts.all():
            empty = int(np.argmin(self.counts))
            raise Defect(f"no reading in the window from {self.edges[empty]:g} s")
        by = self.counts if how == "mean" else np.ones_like(self.counts)
        limits = tuple(replace(p, limit=p.limit / by) for p in self.limits.values())
        variances = self.variances.values()
        scatter = tuple(replace(p, limit=np.sqrt(p.limit) / by) for p in variances)
        values = self.values / by
        silent, certified = tuple(sorted(self.silent)), tuple(self.tables.reached.items())
        read = tuple(sorted(self.tables.read))
        return Reduced(values, self.counts, self.begin, limits, scatter, silent, certified, read)


def _lines(
    chunk: Samples, inside: NDArray[np.bool_], circumstances: Circumstances
) -> Iterator[tuple[Line, NDArray[np.bool_]]]:
    """The lines of a chunk and where each stands; a calibration or a mounting parts them."""
    moments = _moments(chunk.serial, circumstances)
    epoch = np.searchsorted(moments, chunk.utc, side="right")
    for index, accuracy in enumerate(chunk.lines):
        mine = inside & (chunk.line == index)
        for number in np.unique(epoch[mine]):
            where = mine & (epoch == number)
            at = float(chunk.utc[where][0])
            yield line_of(accuracy, chunk.serial, at, circumstances), where


def _moments(serial: str, circumstances: Circumstances) -> Sequence[float]:
    return sorted([
        *circumstances.calibrated.get(serial, ()),
        *circumstances.mounted.get(serial, ()),
    ])
