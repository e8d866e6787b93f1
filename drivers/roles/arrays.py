"""Arrays in the answers of roles: what a `Reading` is for one value, for many.

An array is no step's result by itself: a run's journal keeps plain data, so a procedure reduces
it, and keeps the array as an attachment where the raw values must be shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from labctl.evidence import Accuracy

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]
    ComplexArray = NDArray[np.complex128]
    IntArray = NDArray[np.int64]
    BoolArray = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class ReadingArray:
    """Values of one quantity read in one go; its holder states the shape.

    `values` in `unit`; nan where the instrument says that a point is missing or out of range.
    `t` is run time in s and `utc` Unix time in s, both of the first value; `address`, `serial`
    and `accuracy` are those of a `Reading`: all values share one gain and one offset error.
    """

    values: FloatArray
    unit: str
    t: float
    utc: float
    address: str
    serial: str
    accuracy: Accuracy | None = None
