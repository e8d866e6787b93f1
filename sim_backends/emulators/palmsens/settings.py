"""Commands that take no time and send nothing: variables, settings, packages."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Protocol

from sim_backends.emulators.palmsens import errors
from sim_backends.emulators.palmsens.errors import ScriptError
from sim_backends.emulators.palmsens.potentiostat import Potentiostat
from sim_backends.emulators.palmsens.variables import Variable, Variables

_MOST_IN_PACKAGE = 24


class Running(Protocol):
    """What a command may touch of the run it is in."""

    stat: Potentiostat
    variables: Variables
    run_time: Callable[[], float]
    timer: float
    interval: float | None
    next_tick: float
    package: list[str] | None


Arguments = Sequence[str]
Action = Callable[[Running, Arguments], None]


def _store(run: Running, a: Arguments) -> None:
    value = run.variables.read(a[1])
    run.variables.write(a[0], Variable(value.value, a[2], value.integer))


def _copy(run: Running, a: Arguments) -> None:
    run.variables.write(a[1], run.variables.read(a[0]))


def _calculate(function: Callable[[float, float], float]) -> Action:
    def action(run: Running, a: Arguments) -> None:
        target, other = run.variables.read(a[0]), run.variables.read(a[1])
        value = function(target.value, other.value)
        if not math.isfinite(value):
            raise ScriptError(errors.INVALID_VALUE)
        whole = target.integer and other.integer
        run.variables.write(
            a[0], replace(target, value=float(math.trunc(value)) if whole else value)
        )

    return action


def _divide(dividend: float, divisor: float) -> float:
    if not divisor:
        raise ScriptError(errors.ZERO_DIVISION)
    return dividend / divisor


def _alter(run: Running, a: Arguments) -> None:
    run.variables.write(a[0], replace(run.variables.read(a[0]), kind=a[1]))


def _to_integer(run: Running, a: Arguments) -> None:
    old = run.variables.read(a[0])
    run.variables.write(a[0], replace(old, value=float(math.trunc(old.value)), integer=True))


def _to_float(run: Running, a: Arguments) -> None:
    run.variables.write(a[0], replace(run.variables.read(a[0]), integer=False))


def _array_set(run: Running, a: Arguments) -> None:
    values, index = run.variables.array(a[0], run.variables.number(a[1]))
    values[index] = run.variables.read(a[2])


def _array_get(run: Running, a: Arguments) -> None:
    values, index = run.variables.array(a[0], run.variables.number(a[1]))
    run.variables.write(a[2], values[index])


def _set_range(run: Running, a: Arguments) -> None:
    if a[0] == "ba":
        run.stat.set_range(run.variables.number(a[1]))


def _set_autoranging(run: Running, a: Arguments) -> None:
    if a[0] == "ba":
        run.stat.set_autoranging(run.variables.number(a[1]), run.variables.number(a[2]))


def _set_minmax(run: Running, a: Arguments) -> None:
    first, second = run.variables.number(a[1]), run.variables.number(a[2])
    if a[0] == "da":
        run.stat.set_window(first, second)
    elif a[0] == "ba":
        run.stat.set_range(max(abs(first), abs(second)))


def _set_interval(run: Running, a: Arguments) -> None:
    seconds = run.variables.number(a[0])
    if seconds <= 0:
        raise ScriptError(errors.INVALID_TIME)
    run.interval, run.next_tick = seconds, run.run_time() + seconds


def _set_channel(run: Running, a: Arguments) -> None:
    if run.variables.number(a[0]) not in (0.0, 1.0):
        raise ScriptError(errors.SCRIPT_OUT_OF_RANGE)


def _start_timer(run: Running, _: Arguments) -> None:
    run.timer = run.run_time()


def _get_timer(run: Running, a: Arguments) -> None:
    run.variables.write(a[0], Variable(run.run_time() - run.timer, "eb"))


def _start_package(run: Running, _: Arguments) -> None:
    if run.package is not None:
        raise ScriptError(errors.PACKAGE_SEQUENCE)
    run.package = []


def _add_to_package(run: Running, a: Arguments) -> None:
    if run.package is None or len(run.package) >= _MOST_IN_PACKAGE:
        raise ScriptError(errors.PACKAGE_SEQUENCE)
    run.package.append(run.variables.read(a[0]).text)


def _refuse(code: int) -> Action:
    def action(_run: Running, _a: Arguments) -> None:
        raise ScriptError(code)

    return action


def _nothing(_run: Running, _a: Arguments) -> None:
    """Settings without an effect that is modelled."""


SETTINGS: dict[str, Action] = {
    "var": lambda run, a: run.variables.write(a[0], Variable(0.0, "aa")),
    "store_var": _store, "copy_var": _copy, "alter_vartype": _alter,
    "add_var": _calculate(lambda x, y: x + y), "sub_var": _calculate(lambda x, y: x - y),
    "mul_var": _calculate(lambda x, y: x * y), "div_var": _calculate(_divide),
    "float_to_int": _to_integer, "int_to_float": _to_float,
    "array": lambda run, a: run.variables.make_array(a[0], run.variables.number(a[1])),
    "array_set": _array_set, "array_get": _array_get,
    "set_e": lambda run, a: _apply(run, a), "set_i": _refuse(errors.NOT_SUPPORTED),
    "cell_on": lambda run, _: run.stat.switch(True, run.run_time()),
    "cell_off": lambda run, _: run.stat.switch(False, run.run_time()),
    "set_pgstat_chan": _set_channel,
    "set_pgstat_mode": lambda run, a: run.stat.set_mode(round(run.variables.number(a[0]))),
    "set_max_bandwidth": _nothing, "set_range": _set_range,
    "set_cr": lambda run, a: run.stat.set_range(run.variables.number(a[0])),
    "set_autoranging": _set_autoranging, "set_range_minmax": _set_minmax,
    "set_pot_range": lambda run, a: run.stat.set_window(
        run.variables.number(a[0]), run.variables.number(a[1])
    ),
    "set_int": _set_interval, "timer_start": _start_timer, "timer_get": _get_timer,
    "pck_start": _start_package, "pck_add": _add_to_package,
    "set_gpio": _nothing, "set_gpio_cfg": _nothing, "set_gpio_msk": _nothing,
    "set_script_output": _nothing, "file_open": _refuse(errors.FILE_ERROR),
    "file_close": _nothing,
}  # fmt: skip


def _apply(run: Running, a: Arguments) -> None:
    run.stat.apply(run.variables.number(a[0]), run.run_time())
