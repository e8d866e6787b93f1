"""Which channels of an item belong together on one plot.

A current-voltage sweep is a pair of channels `<sweep>/voltage` and `<sweep>/current`, where the
sweep's name is made of a state of the sample, the number of a repetition and a direction, each of
which may be absent: `before/2/forward`. A slow log is a channel whose name begins with one of
`SLOW`.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from labctl.evidence import Reading
from labctl.report.decimate import min_max

DIRECTIONS = ("forward", "reverse")
"""Directions of a sweep, as its name ends."""

SLOW = ("soak/", "mpp/", "bending/")
"""Prefixes of channels that are logged over hours."""

Read = Callable[[str], Iterable[Reading]]
"""Reads a channel of one item."""


@dataclass(frozen=True)
class Sweep:
    """One current-voltage sweep: voltages in V, currents in A, in the order they were read."""

    name: str
    voltage: tuple[float, ...]
    current: tuple[float, ...]

    @property
    def kind(self) -> tuple[str, str]:
        """State of the sample and direction: what repetitions of a sweep have in common."""
        parts = [part for part in self.name.split("/") if not part.isdigit()]
        direction = parts.pop() if parts and parts[-1] in DIRECTIONS else ""
        return "/".join(parts), direction

    @property
    def power_point(self) -> tuple[float, float]:
        """Voltage in V and current in A where the power delivered is largest.

        Sign convention free: a cell's photocurrent may be recorded positive or negative.
        """
        points, sign = zip(self.voltage, self.current, strict=True), self.sign
        return max(points, key=lambda point: sign * point[0] * point[1])

    @property
    def sign(self) -> float:
        """Sign of the photocurrent (-1 or 1): that of the current nearest to short circuit."""
        points = zip(self.voltage, self.current, strict=True)
        return -1.0 if min(points, key=lambda point: abs(point[0]))[1] < 0 else 1.0


@dataclass(frozen=True)
class Log:
    """A slow log: `hours` since its first reading, values in `unit`, decimated for a plot."""

    channel: str
    unit: str
    hours: tuple[float, ...]
    values: tuple[float, ...]
    count: int


def sweeps(channels: Iterable[str], read: Read) -> list[Sweep]:
    """Every current-voltage sweep among `channels`, in their order."""
    known = [channel for channel in channels if not channel.startswith(SLOW)]
    names = [c.removesuffix("/voltage") for c in known if c.endswith("/voltage")]
    found = [_sweep(name, read) for name in names if f"{name}/current" in known]
    return [sweep for sweep in found if sweep.voltage]


def _sweep(name: str, read: Read) -> Sweep:
    pairs = list(zip(read(f"{name}/voltage"), read(f"{name}/current"), strict=False))
    return Sweep(name, tuple(v.value for v, _i in pairs), tuple(i.value for _v, i in pairs))


def logs(channels: Iterable[str], read: Read) -> list[Log]:
    """Every slow log among `channels`, in their order, with its time in hours."""
    found = (_log(channel, read(channel)) for channel in channels if channel.startswith(SLOW))
    return [log for log in found if log.count > 1]


def _log(channel: str, readings: Iterable[Reading]) -> Log:
    # Bare numbers: a log of weeks has more readings than can be held as such.
    hours, values, start, unit = array("d"), array("d"), 0.0, ""
    for reading in readings:
        if not hours:
            start, unit = reading.t, reading.unit
        hours.append((reading.t - start) / 3600)
        values.append(reading.value)
    if not hours:
        return Log(channel, "", (), (), 0)
    few_hours, few_values = min_max(hours, values)
    return Log(channel, unit, tuple(few_hours), tuple(few_values), len(hours))
