"""A calibration certificate as data: numbers, dates, and tables of corrections."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Literal

import msgspec

Distribution = Literal["normal", "t", "rectangular", "triangular"]
"""Distribution of a correction's error: `normal` and `t` have an expanded uncertainty with its
coverage factor, the others a half width."""

AsFound = Literal["", "within", "outside"]
"""Whether the instrument was within its specification before anything was adjusted; "" where the
certificate does not say."""


class Point(msgspec.Struct, frozen=True):
    """One line of a table: where the instrument shows `reading`, `correction` is to be added.

    `expanded` is the expanded uncertainty of the correction with coverage factor `k`, or the half
    width of a rectangular or triangular distribution (k = 1). All but `k` are in the table's unit.
    """

    reading: float
    correction: float
    expanded: float
    k: float = 2.0


class Table(msgspec.Struct, frozen=True):
    """Corrections of one function on one range, `points` in ascending readings.

    `function` and `range` (full scale in `unit`) are those of the driver's accuracy lines; function
    "" where it is not yet said which they are. `name` is the certificate's own. `freedom` are the
    degrees of freedom of a `t`. `temperature` is that of the calibration in degC, lowest and
    highest; None where it is not stated.
    """

    name: str
    unit: str
    points: tuple[Point, ...]
    function: str = ""
    range: float = 0.0
    distribution: Distribution = "normal"
    freedom: float = 0.0
    temperature: tuple[float, float] | None = None


class Certificate(msgspec.Struct, frozen=True):
    """One calibration of the instrument `serial` by `laboratory`.

    `calibrated` is the day on which it was calibrated and `due` the last day on which it counts,
    as ISO dates; "" where it is not stated. `adjusted`: the instrument was changed, and the tables
    are those after it. `unread` names what the file has beside its tables. `file` is the name of
    the file it was read from with its `sha256`; both "" where the bench file alone states it.
    """

    number: str
    laboratory: str
    serial: str
    calibrated: str = ""
    due: str = ""
    as_found: AsFound = ""
    adjusted: bool = False
    tables: tuple[Table, ...] = ()
    unread: tuple[str, ...] = ()
    file: str = ""
    sha256: str = ""

    @property
    def since(self) -> float | None:
        """Unix time in s of the beginning of the day of calibration (UTC); None if not stated."""
        if not self.calibrated:
            return None
        day = date.fromisoformat(self.calibrated)
        return datetime.combine(day, time(), UTC).timestamp()

    @property
    def until(self) -> float | None:
        """Unix time in s of the end of the last day on which it counts (UTC); None if not
        stated."""
        if not self.due:
            return None
        day = date.fromisoformat(self.due)
        return datetime.combine(day, time(), UTC).timestamp() + 86400.0
