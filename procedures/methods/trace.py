"""Many readings of one instrument as compact plain data, for the result of a step."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import numpy as np
from numpy.typing import NDArray

from labctl.errors import Defect
from labctl.evidence import Accuracy, Reading


class Trace(msgspec.Struct, frozen=True):
    """Readings of one instrument in one unit.

    `values` are in `unit`, `t` in s of run time, `utc` in s of Unix time. `lines` are the data
    sheet lines that occur, `line` says for each reading which of them is its own (-1: none).
    """

    unit: str
    address: str
    serial: str
    values: tuple[float, ...]
    t: tuple[float, ...]
    utc: tuple[float, ...]
    lines: tuple[Accuracy, ...]
    line: tuple[int, ...]

    @property
    def array(self) -> NDArray[np.float64]:
        """The values as an array of shape (n,), in `unit`."""
        return np.array(self.values)

    def readings(self, first: int = 0, last: int | None = None) -> list[Reading]:
        """The readings from `first` up to `last`; those of one line share one accuracy."""
        return [self._reading(index) for index in range(len(self.values))[first:last]]

    def chosen(self, where: NDArray[np.bool_]) -> list[Reading]:
        """The readings where `where` (shape (n,)) is true."""
        return [self._reading(int(index)) for index in np.flatnonzero(where)]

    def _reading(self, index: int) -> Reading:
        line = self.line[index]
        return Reading(
            self.values[index],
            self.unit,
            self.t[index],
            self.utc[index],
            self.address,
            self.serial,
            self.lines[line] if line >= 0 else None,
        )


def trace(readings: Sequence[Reading]) -> Trace:
    """The trace of `readings`, all of one instrument and in one unit."""
    if len({(r.unit, r.address, r.serial) for r in readings}) != 1:
        raise Defect("a trace holds readings of one instrument in one unit, at least one")
    lines: dict[Accuracy, int] = {}
    line = tuple(
        -1 if r.accuracy is None else lines.setdefault(r.accuracy, len(lines)) for r in readings
    )
    first = readings[0]
    return Trace(
        first.unit,
        first.address,
        first.serial,
        tuple(r.value for r in readings),
        tuple(r.t for r in readings),
        tuple(r.utc for r in readings),
        tuple(lines),
        line,
    )
