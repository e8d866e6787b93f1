"""The measurement loops: what is applied when, and what each point gives.

MethodSCRIPT manual, "Measurement loop commands". A technique yields run times in s to wait for, and
points as tuples of `Variable` in the order of the command's output arguments.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Generator, Iterator, Sequence

from sim_backends.emulators.palmsens import errors, specs
from sim_backends.emulators.palmsens.errors import ScriptError
from sim_backends.emulators.palmsens.potentiostat import Measured, Potentiostat
from sim_backends.emulators.palmsens.variables import Variable

Point = tuple[Variable, ...]
Technique = Generator[float | Point, None, None]
_EIS_CYCLES, _EIS_OVERHEAD = 3.0, 0.05


def ladder(begin: float, end: float, step: float) -> list[float]:
    """Potentials in V from `begin` to `end` in steps of `step`, both ends where it fits."""
    size = abs(step)
    count = math.floor(abs(end - begin) / size + 1e-6)
    return [begin + math.copysign(size, end - begin) * k for k in range(count + 1)]


def _positive(*values: float) -> None:
    if not all(value > 0.0 for value in values):
        raise ScriptError(errors.NOT_POSITIVE)


def _interval(seconds: float, stat: Potentiostat) -> float:
    if seconds < 1.0 / specs.RATES.get(stat.mode, 1e3) - 1e-12:
        raise ScriptError(errors.INVALID_TIME)
    return seconds


def _sampled(kind: str, measured: Measured) -> Variable:
    return Variable(measured.value, kind, status=measured.status, range=measured.range)


def sweep(stat: Potentiostat, t: float, levels: Sequence[float], interval: float) -> Technique:
    """Each level for `interval` in s; its current is taken at the end."""
    for position, level in enumerate(levels):
        applied = stat.apply(level, t + position * interval)
        yield t + (position + 1) * interval
        current = stat.current(t + (position + 1) * interval)
        yield Variable(applied, "da"), _sampled("ba", current)


def lsv(stat: Potentiostat, t: float, a: Sequence[float]) -> Technique:
    """Linear sweep: begin, end, step in V, rate in V/s."""
    begin, end, step, rate = a
    _positive(abs(step), rate)
    stat.check_sweep(begin, end)
    yield from sweep(stat, t, ladder(begin, end, step), _interval(abs(step) / rate, stat))


def cv(stat: Potentiostat, t: float, a: Sequence[float]) -> Technique:
    """One scan: begin, first and second vertex, step in V, rate in V/s."""
    begin, first, second, step, rate = a
    _positive(abs(step), rate)
    stat.check_sweep(begin, first, second)
    levels = ladder(begin, first, step)
    for start, end in ((first, second), (second, begin)):
        levels += ladder(start, end, step)[1:]
    yield from sweep(stat, t, levels, _interval(abs(step) / rate, stat))


def ca(stat: Potentiostat, t: float, a: Sequence[float]) -> Technique:
    """A constant potential in V, a point each interval in s, for a time in s."""
    potential, interval, run = a
    _positive(interval, run)
    stat.check_sweep(potential)
    yield from sweep(stat, t, [potential] * _points(run, interval), _interval(interval, stat))


def _points(run: float, interval: float) -> int:
    return max(math.floor(run / interval + 1e-6), 1)


def dpv(stat: Potentiostat, t: float, a: Sequence[float]) -> Technique:
    """Begin, end, step, pulse in V, pulse time in s, rate in V/s: pulse less base current."""
    begin, end, step, pulse, pulse_time, rate = a
    _positive(abs(step), abs(pulse), pulse_time, rate)
    interval = _interval(abs(step) / rate, stat)
    if pulse_time * 2 > interval:
        raise ScriptError(errors.INVALID_TIME)
    signed = math.copysign(pulse, end - begin)
    stat.check_sweep(begin, end, begin + signed, end + signed)
    for position, level in enumerate(ladder(begin, end, step)):
        start = t + position * interval
        applied = stat.apply(level, start)
        yield start + interval - pulse_time
        base = stat.current(start + interval - pulse_time)
        stat.apply(level + signed, start + interval - pulse_time)
        yield start + interval
        top = stat.current(start + interval)
        yield Variable(applied, "da"), _difference(top, base)


def swv(stat: Potentiostat, t: float, a: Sequence[float]) -> Technique:
    """Begin, end, step, amplitude (half of peak to peak) in V, frequency in Hz."""
    begin, end, step, amplitude, frequency = a
    _positive(abs(step), abs(amplitude), frequency)
    interval = _interval(1.0 / frequency, stat)
    signed = math.copysign(amplitude, end - begin)
    stat.check_sweep(begin - amplitude, begin + amplitude, end - amplitude, end + amplitude)
    for position, level in enumerate(ladder(begin, end, step)):
        start = t + position * interval
        currents = []
        for half, offset in enumerate((signed, -signed)):
            stat.apply(level + offset, start + half * interval / 2)
            yield start + (half + 1) * interval / 2
            currents.append(stat.current(start + (half + 1) * interval / 2))
        forward, reverse = currents
        yield (
            Variable(level, "da"), _difference(forward, reverse),
            _sampled("ba", forward), _sampled("ba", reverse),
        )  # fmt: skip


def _difference(first: Measured, second: Measured) -> Variable:
    both = first.status | second.status
    return Variable(first.value - second.value, "ba", status=both, range=first.range)


def ocp(stat: Potentiostat, t: float, a: Sequence[float]) -> Technique:
    """Open circuit potential each interval in s for a time in s, with the cell off."""
    interval, run = a
    _positive(interval, run)
    if stat.cell_on:
        raise ScriptError(errors.OCP_WITH_CELL_ON)
    step = _interval(interval, stat)
    for position in range(_points(run, interval)):
        yield t + (position + 1) * step
        yield (_sampled("ab", stat.open_circuit(t + (position + 1) * step)),)


def cp(_stat: Potentiostat, _t: float, _a: Sequence[float]) -> Technique:
    """Chronopotentiometry: the EmStat Pico is no galvanostat."""
    raise ScriptError(errors.NOT_SUPPORTED)
    yield ()  # makes this a generator, as every technique is one


def eis(stat: Potentiostat, t: float, a: Sequence[float]) -> Technique:
    """Amplitude in V, first and last frequency in Hz, number of points, potential in V."""
    amplitude, first, last, count, potential = a
    if not 0.0 < amplitude <= specs.LARGEST_AMPLITUDE:
        raise ScriptError(errors.INVALID_AMPLITUDE)
    for frequency in (first, last):
        if not specs.LOWEST_FREQUENCY <= frequency <= specs.HIGHEST_FREQUENCY * (1 + 1e-9):
            raise ScriptError(errors.INVALID_FREQUENCY)
    _positive(count)
    stat.check_sweep(potential)
    stat.apply(potential, t)
    for frequency in _logarithmic(first, last, round(count)):
        t += _EIS_CYCLES / frequency + _EIS_OVERHEAD
        yield t
        real, imaginary = stat.impedance(frequency, amplitude, t)
        yield Variable(frequency, "dc"), _sampled("cc", real), _sampled("cd", imaginary)


def _logarithmic(first: float, last: float, count: int) -> Iterator[float]:
    for position in range(count):
        part = position / (count - 1) if count > 1 else 0.0
        yield first * (last / first) ** part


RUN: dict[str, Callable[[Potentiostat, float, Sequence[float]], Technique]] = {
    "meas_loop_lsv": lsv, "meas_loop_cv": cv, "meas_loop_ca": ca, "meas_loop_dpv": dpv,
    "meas_loop_swv": swv, "meas_loop_ocp": ocp, "meas_loop_cp": cp, "meas_loop_eis": eis,
}  # fmt: skip
