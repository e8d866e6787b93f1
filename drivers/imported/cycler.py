"""What the readers of cyclers' exports share: times, and the record in SI units."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from drivers.imported.source import Refused, Source, when
from drivers.roles.battery_cycler import CyclerRecord
from drivers.roles.imported import ImportedFile

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_CLOCK = re.compile(r"(?:(\d+)[d ]\s*)?(\d+):(\d{1,2}):(\d{1,2}(?:\.\d+)?)")
_DATE = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})[ T]+(\d{1,2}):(\d{2}):(\d{2}(?:\.\d+)?)")


@dataclass(frozen=True, eq=False)
class Log:
    """Columns of shape (n,): numbers from the file, `time` in s since the start of the test,
    voltage in V, current in A (charge positive), charge in C and energy in J of the step."""

    index: NDArray[np.float64]
    cycle: NDArray[np.float64]
    step: NDArray[np.float64]
    time: NDArray[np.float64]
    voltage: NDArray[np.float64]
    current: NDArray[np.float64]
    charge: NDArray[np.float64]
    energy: NDArray[np.float64]


def record(source: Source, file: ImportedFile, log: Log) -> CyclerRecord:
    """The record; points are counted from 0. `Refused` where points are lost between the first
    and the last, or times run back."""
    import numpy as np

    if not len(log.index) or np.any(np.diff(log.index) != 1):
        raise Refused("is torn: the numbers of its points do not follow each other")
    if np.any(np.isnan(log.time)) or np.any(np.diff(log.time) < 0):
        raise Refused("is torn: its times do not rise")
    return CyclerRecord(
        (log.index - log.index[0]).astype(np.int64),
        log.cycle.astype(np.int64),
        log.step.astype(np.int64),
        log.time,
        source.array(log.voltage, "V", file),
        source.array(log.current, "A", file),
        source.array(log.charge, "C", file),
        source.array(log.energy, "J", file),
    )


def seconds(text: str) -> float:
    """A duration `h:min:s.ms`, with days before it where there are any, or a number, in s."""
    match = _CLOCK.fullmatch(text.strip())
    if match:
        days, hours, minutes, rest = match.groups()
        return int(days or 0) * 86400.0 + int(hours) * 3600.0 + int(minutes) * 60.0 + float(rest)
    try:
        return float(text)
    except ValueError as error:
        raise Refused(f"has a time that cannot be read: {text!r}") from error


def clock_time(text: str, utc_offset: float) -> float:
    """A date with a time, `2026/1/2 3:04:05` or with hyphens, as Unix time in s; `utc_offset` h."""
    match = _DATE.fullmatch(text.strip())
    if match is None:
        raise Refused(f"has a date that cannot be read: {text!r}")
    year, month, day, hour, minute, rest = match.groups()
    whole, _, part = rest.partition(".")
    iso = f"{year}-{month:0>2}-{day:0>2}T{hour:0>2}:{minute}:{whole}"
    return when(iso, utc_offset) + float(f"0.{part or 0}")


def stem(name: str) -> str:
    """A file's name without folder and ending: cyclers' exports are named after the cell."""
    return name.rpartition("/")[2].rpartition(".")[0]
