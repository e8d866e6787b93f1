"""The log of a long exposure: kept while it runs, then the result of one step."""

from __future__ import annotations

import msgspec
import numpy as np
from numpy.typing import NDArray

from labctl.errors import Defect


class Log(msgspec.Struct, frozen=True):
    """An exposure from run time `begin` to `end` in s, read at the times `t` in s.

    `columns` by name, each of the length of `t`; the method that writes them names their units.
    """

    begin: float
    end: float
    t: tuple[float, ...]
    columns: dict[str, tuple[float, ...]]

    @property
    def seconds(self) -> float:
        """Length of the exposure in s."""
        return self.end - self.begin

    @property
    def elapsed(self) -> NDArray[np.float64]:
        """Times of the readings in s since the begin."""
        return np.array(self.t) - self.begin

    def column(self, name: str) -> NDArray[np.float64]:
        """Column `name` as an array of shape (n,)."""
        return np.array(self.columns[name])


class LogBook:
    """Rows of a log while it is written; `begin` is the run time in s at which it starts."""

    def __init__(self, begin: float, *names: str) -> None:
        self._begin = begin
        self._names = names
        self._t: list[float] = []
        self._rows: list[tuple[float, ...]] = []

    def add(self, t: float, *row: float) -> None:
        """One row at run time `t` in s."""
        self._t.append(t)
        self._rows.append(row)

    def closed(self, end: float) -> Log:
        """The log with its end at run time `end` in s; `Defect` where nothing was written."""
        if not self._rows:
            raise Defect(
                "the log of an exposure is empty",
                remedy="it was cut off before it was committed: repeat the exposure",
            )
        columns = zip(*self._rows, strict=True)
        named = dict(zip(self._names, map(tuple, columns), strict=True))
        return Log(self._begin, end, tuple(self._t), named)
