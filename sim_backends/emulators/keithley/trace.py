"""TRACe commands: buffers made, cleared, sized, read and summed up."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Generator, Sequence
from typing import Any

from sim_backends.emulators.keithley.buffers import DEFAULT_BUFFER, ReadingBuffer
from sim_backends.emulators.keithley.elements import buffer_name, parse_selection, render
from sim_backends.emulators.scpi import ScpiError, Table
from sim_backends.emulators.scpi.settings import nr3
from sim_backends.emulators.scpi.values import Numeric, matches

_CAPACITY = Numeric(1, 10_000_000, 100_000, least=10)
_INDEX = Numeric(1, 10_000_000, 1)


def add_trace(table: Table) -> None:
    """Add the TRACe subsystem to `table`."""
    table.query(":TRACe:DATA", _data, 2, 17)
    table.query(":TRACe:ACTual", lambda d, a: str(len(_buffer(d, a).readings)), 0, 1)
    table.query(":TRACe:ACTual:STARt", lambda d, a: str(min(1, len(_buffer(d, a).readings))), 0, 1)
    table.query(":TRACe:ACTual:END", lambda d, a: str(len(_buffer(d, a).readings)), 0, 1)
    table.command(":TRACe:CLEar", lambda d, a: _buffer(d, a).readings.clear(), 0, 1)
    table.query(":TRACe:POINts", lambda d, a: str(_buffer(d, a).capacity), 0, 1)
    table.command(":TRACe:POINts", _set_points, 1, 2)
    table.command(":TRACe:MAKE", _make, 2, 3)
    table.command(":TRACe:DELete", lambda d, a: d.buffers.delete(buffer_name(a[0])))
    table.command(":TRACe:TRIGger", _trigger, 0, 1)
    for name, function in _STATISTICS.items():
        table.query(f":TRACe:STATistics:{name}", _summary(function), 0, 1)


def _buffer(device: Any, arguments: tuple[str, ...]) -> ReadingBuffer:
    return device.buffers.find(buffer_name(arguments[0]) if arguments else DEFAULT_BUFFER)


def _data(device: Any, arguments: tuple[str, ...]) -> str:
    first, last = (_INDEX.integer(argument) for argument in arguments[:2])
    name, elements = parse_selection(arguments[2:])
    buffer = device.buffers.find(name)
    chosen = buffer.slice(first, last)
    start = buffer.readings[0].t
    return ",".join([render(reading, elements, start, device.decimals) for reading in chosen])


def _set_points(device: Any, arguments: tuple[str, ...]) -> None:
    capacity = _CAPACITY.integer(arguments[0])
    _buffer(device, arguments[1:]).resize(capacity)


def _make(device: Any, arguments: tuple[str, ...]) -> None:
    if len(arguments) == 3 and not any(
        matches(arguments[2], style) for style in ("STANdard", "COMPact", "FULL")
    ):
        raise ScpiError(-224, arguments[2])
    device.buffers.make(buffer_name(arguments[0]), _CAPACITY.integer(arguments[1]))


def _trigger(device: Any, arguments: tuple[str, ...]) -> Generator[float, None, None]:
    yield from device.acquire(_buffer(device, arguments))


def _spread(values: Sequence[float]) -> float:
    return statistics.stdev(values) if len(values) > 1 else 0.0


_STATISTICS: dict[str, Callable[[Sequence[float]], float]] = {
    "AVERage": statistics.fmean,
    "MAXimum": max,
    "MINimum": min,
    "STDDev": _spread,
    "PK2Pk": lambda values: max(values) - min(values),
}


def _summary(function: Callable[[Sequence[float]], float]) -> Any:
    def query(device: Any, arguments: tuple[str, ...]) -> str:
        values = [reading.value for reading in _buffer(device, arguments).readings]
        if not values:
            raise ScpiError(-230, "the buffer is empty")
        return nr3(function(values))

    return query
