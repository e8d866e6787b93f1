"""Tests of the firmware: their parameters, and what they sent as a curve of the role.

Times are whole ms on the wire. Names and meaning of the parameters are those of the firmware
(ps_cyclic_test.cpp, ps_linearsweep_test.cpp, ps_constant_test.cpp, ps_squarewave_test.cpp).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from drivers.codecs.rodeostat import Sample
from drivers.roles.arrays import ReadingArray
from drivers.roles.potentiostat import Voltammogram
from labctl.evidence import Accuracy

WINDOW = 0.2
"""Last part of each half of a square wave over which its current is averaged."""


class Doubtful(ValueError):
    """Samples that cannot be what was asked for."""


@dataclass(frozen=True)
class Test:
    """A test of the firmware: its `name`, `parameters`, sample `period` in ms, `points`, the
    potentials in V between which it stays, and in ms the length of one cycle."""

    name: str
    parameters: Mapping[str, float]
    period: int
    points: float
    span: tuple[float, float]
    cycle: float = math.inf


def _ms(seconds: float) -> int:
    return round(1e3 * seconds)


def _volts(value: float) -> float:
    """As many digits as the firmware's single precision has."""
    return round(value, 6)


def _quiet(begin: float) -> dict[str, float]:
    return {"quietValue": _volts(begin), "quietTime": 0}


def linear(begin: float, end: float, step: float, rate: float) -> Test:
    """From `begin` to `end` in V, by `step` in V at `rate` in V/s."""
    duration, period = _ms(abs(end - begin) / rate), _ms(step / rate)
    own = {"startValue": _volts(begin), "finalValue": _volts(end), "duration": duration}
    return Test("linearSweep", _quiet(begin) | own, period, duration / period, (begin, end))


def constant(potential: float, interval: float, duration: float) -> Test:
    """`potential` in V for `duration` in s, read every `interval` in s."""
    own = {"value": _volts(potential), "duration": _ms(duration)}
    points = _ms(duration) / _ms(interval)
    span = (potential, potential)
    return Test("constant", _quiet(potential) | own, _ms(interval), points, span)


def cyclic(
    begin: float, vertex1: float, vertex2: float, step: float, rate: float, scans: int
) -> Test:
    """A triangle between the vertices in V, from `begin` in between to `vertex1` first.

    The firmware's triangle rises from its lower end in the first half of a period; `shift` is the
    part of a period at which it starts.
    """
    low, high = min(vertex1, vertex2), max(vertex1, vertex2)
    period = _ms(2 * (high - low) / rate)
    up = (begin - low) / (high - low) / 2
    own = {
        "amplitude": _volts((high - low) / 2),
        "offset": _volts((high + low) / 2),
        "period": period,
        "numCycles": scans,
        "shift": _volts(up if vertex1 >= vertex2 else 1 - up),
    }
    points = scans * period / _ms(step / rate)
    return Test("cyclic", _quiet(begin) | own, _ms(step / rate), points, (low, high), period)


def square(begin: float, end: float, step: float, amplitude: float, frequency: float) -> Test:
    """A staircase by `step` in V with a square wave of +-`amplitude` in V, one step a period."""
    own = {
        "startValue": _volts(begin),
        "finalValue": _volts(end),
        "stepValue": _volts(step),
        "amplitude": _volts(amplitude),
        "window": WINDOW,
    }
    points = math.ceil(abs(end - begin) / step) + 1
    return Test("squareWave", _quiet(begin) | own, _ms(1 / frequency), points, (begin, end))


@dataclass(frozen=True)
class Stamp:
    """Where a curve comes from, and when it began (run time, Unix time in s)."""

    t: float
    utc: float
    address: str
    serial: str

    def array(self, values: Sequence[float], unit: str, line: Accuracy) -> ReadingArray:
        """Values in `unit` as one array of shape (n,)."""
        import numpy as np

        array = np.asarray(values, dtype=np.float64)
        return ReadingArray(array, unit, self.t, self.utc, self.address, self.serial, line)


def voltammogram(
    test: Test, samples: Sequence[Sample], stamp: Stamp, volts: Accuracy, amperes: Accuracy
) -> Voltammogram:
    """The curve of a test on the ranges `volts` and `amperes`; nan where its range was exceeded.

    `Doubtful` where samples are missing, or one cannot be of this test.
    """
    import numpy as np

    _check(test, samples, volts.offset, amperes.range)
    over = [sample.over or abs(sample.current) >= amperes.range for sample in samples]
    currents = [math.nan if o else s.current for s, o in zip(samples, over, strict=True)]
    scans = [int(1e3 * sample.time / test.cycle - 1e-9) + 1 for sample in samples]
    return Voltammogram(
        np.asarray([sample.time for sample in samples], dtype=np.float64),
        stamp.array([sample.potential for sample in samples], "V", volts),
        stamp.array(currents, "A", amperes),
        np.asarray(scans, dtype=np.int64),
        np.asarray(over, dtype=np.bool_),
    )


def _check(test: Test, samples: Sequence[Sample], within: float, full: float) -> None:
    if abs(len(samples) - test.points) > 2:
        raise Doubtful(f"{len(samples)} points, {test.points:.0f} expected")
    times = [sample.time for sample in samples]
    if any(not later > earlier for earlier, later in pairwise(times)) or min(times) < 0:
        raise Doubtful("the times do not rise")
    low, high = min(test.span) - within, max(test.span) + within
    for sample in samples:
        if not low <= sample.potential <= high:
            raise Doubtful(f"{sample.potential:g} V is outside {low:g}..{high:g} V")
        if not abs(sample.current) <= 2.1 * full:
            raise Doubtful(f"{sample.current:g} A is no current on the range of {full:g} A")
