"""Sweeps of the 2450: levels, and the trigger model that runs them as timed events.

2450-901-01 Rev. B, pages 6-81 to 6-88. A sweep turns the output on, and off at its end.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sim_backends.emulators.keithley.buffers import DEFAULT_BUFFER
from sim_backends.emulators.keithley.elements import buffer_name
from sim_backends.emulators.keithley.k2450_source import LEVEL
from sim_backends.emulators.keithley.k2450_specs import STATUS_LIMITED
from sim_backends.emulators.scpi import ScpiError, Table
from sim_backends.emulators.scpi.instrument import Operation
from sim_backends.emulators.scpi.values import Numeric, boolean, choice, string

if TYPE_CHECKING:
    from sim_backends.emulators.keithley.k2450 import K2450

_POINTS = Numeric(2, 1_000_000, 2)
_DELAY = Numeric(-1, 10_000, -1, "S")
_COUNT = Numeric(1, 268_435_455, 1)


@dataclass(frozen=True, slots=True)
class Program:
    """A trigger model: `levels` None repeats readings at the present level."""

    function: str
    levels: tuple[float, ...] | None
    delay: float
    count: int = 1
    range_kind: str = "BEST"
    abort_on_limit: bool = True
    buffer: str = DEFAULT_BUFFER


def linear(start: float, stop: float, points: int) -> list[float]:
    """`points` levels from `start` to `stop`."""
    step = (stop - start) / (points - 1)
    return [start + step * index for index in range(points - 1)] + [stop]


def logarithmic(start: float, stop: float, points: int) -> list[float]:
    """`points` levels in equal ratios; -222 where the ends are zero or differ in sign."""
    if start * stop <= 0:
        raise ScpiError(-222, "a logarithmic sweep cannot pass zero")
    ratio = math.log(stop / start)
    return [start * math.exp(ratio * index / (points - 1)) for index in range(points)]


def run(device: K2450, program: Program) -> Operation:
    """The trigger model of `program` as timed events."""
    if program.levels is None:
        return _loop(device, program)
    return _sweep(device, program, program.levels)


def _loop(device: K2450, program: Program) -> Operation:
    buffer = device.buffers.find(program.buffer)
    planned = device.ready_at()
    for _ in range(program.count):
        planned += max(program.delay, 0.0) + device.reading_time()
        yield planned
        buffer.readings.append(device.take())


def _sweep(device: K2450, program: Program, levels: Sequence[float]) -> Operation:
    buffer = device.buffers.find(program.buffer)
    settings = device.settings.source[program.function]
    automatic = settings.auto_range
    device.select_source(program.function)
    try:
        settings.auto_range = program.range_kind == "AUTO"
        if program.range_kind == "BEST":
            settings.range_index = device.stage.sources[program.function].fit(max(levels, key=abs))
        planned = device.t
        for _ in range(program.count):
            for level in levels:
                device.set_level(program.function, level)
                device.switch(True)
                planned += device.settle_time() + max(program.delay, 0.0) + device.reading_time()
                yield planned
                reading = device.take()
                buffer.readings.append(reading)
                if program.abort_on_limit and reading.source_status & STATUS_LIMITED:
                    return
    finally:
        settings.auto_range = automatic
        device.switch(False)


def add_sweeps(table: Table) -> None:
    """Add SOURce:SWEep, TRIGger:LOAD, INITiate and ABORt to `table`."""
    for function in ("VOLTage", "CURRent"):
        root = f":SOURce[1]:SWEep:{function}"
        table.command(f"{root}:LINear", _define(function, linear), 3, 9)
        table.command(f"{root}:LOG", _define(function, logarithmic), 3, 9)
        table.command(f"{root}:LINear:STEP", _define_steps(function), 3, 9)
    table.command(":TRIGger:LOAD", _load, 1, 4)
    table.query(":TRIGger:STATe", lambda d, _: _state(d.idle))
    table.command(":INITiate[:IMMediate]", _initiate, 0, 0)
    table.command(":ABORt", lambda d, _: d.abort(), 0, 0)


def _define(function: str, levels: Any) -> Any:
    def command(device: K2450, arguments: tuple[str, ...]) -> None:
        start, stop = (LEVEL[function].parse(argument) for argument in arguments[:2])
        points = levels(start, stop, _POINTS.integer(arguments[2]))
        device.program = _program(device, function, points, arguments[3:])

    return command


def _define_steps(function: str) -> Any:
    def command(device: K2450, arguments: tuple[str, ...]) -> None:
        start, stop = (LEVEL[function].parse(argument) for argument in arguments[:2])
        step = LEVEL[function].parse(arguments[2])
        if step <= 0:
            raise ScpiError(-222, arguments[2])
        points = max(2, math.floor(abs(stop - start) / step + 1e-9) + 1)
        levels = [start + math.copysign(step * index, stop - start) for index in range(points)]
        device.program = _program(device, function, levels, arguments[3:])

    return command


def _program(device: K2450, function: str, levels: list[float], rest: tuple[str, ...]) -> Program:
    defaults = ("-1", "1", "BEST", "ON", "OFF", DEFAULT_BUFFER)
    delay, count, kind, abort, dual, buffer = rest + defaults[len(rest) :]
    name = buffer_name(buffer)
    device.buffers.find(name)
    kind = choice(kind, ("AUTO", "BEST", "FIXed"))
    top = max(levels, key=abs)
    device.check_power(function, top, device.settings.source[function].limit)
    chosen = device.settings.source[function]
    if kind == "FIXed" and device.stage.sources[function].over(top, chosen.range_index):
        raise ScpiError(-222, f"{top:g} is beyond the fixed source range")
    if boolean(dual):
        levels = levels + levels[-2::-1]
    return Program(
        function, tuple(levels), _DELAY.parse(delay), _COUNT.integer(count), kind,
        boolean(abort), name,
    )  # fmt: skip


def _load(device: K2450, arguments: tuple[str, ...]) -> None:
    name = string(arguments[0]).lower()
    if name == "empty":
        device.program = None
        return
    if name != "simpleloop":
        raise ScpiError(-224, arguments[0])
    count, delay, buffer = arguments[1:] + ("1", "0", DEFAULT_BUFFER)[len(arguments) - 1 :]
    device.buffers.find(buffer_name(buffer))
    device.program = Program(
        device.settings.source_function, None, _DELAY.parse(delay),
        _COUNT.integer(count), buffer=buffer_name(buffer),
    )  # fmt: skip


def _initiate(device: K2450, _: tuple[str, ...]) -> None:
    if device.program is None:
        raise ScpiError(-221, "no trigger model is defined")
    if not device.idle:
        raise ScpiError(-213)
    device.start(run(device, device.program))


def _state(idle: bool) -> str:
    return "IDLE;IDLE;0" if idle else "RUNNING;RUNNING;2"
