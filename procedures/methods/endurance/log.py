"""The log of a long exposure, put together from the results of its points."""

from __future__ import annotations

from collections.abc import Sequence

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


def log_of(begin: float, end: float, rows: Sequence[tuple[float, ...]], *names: str) -> Log:
    """The log from run time `begin` to `end` in s whose `rows` are the time in s of a reading and
    the values of the columns `names`; `Defect` where there is none."""
    if not rows:
        raise Defect("the log of an exposure is empty", remedy="repeat the exposure")
    t, *columns = zip(*rows, strict=True)
    return Log(begin, end, t, dict(zip(names, columns, strict=True)))
