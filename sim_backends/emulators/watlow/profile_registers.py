"""Registers of the F4T that start, hold and tell of profiles; `register_map` names the sources."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from sim_backends.emulators.modbus_rtu import ILLEGAL_VALUE, ModbusError
from sim_backends.emulators.watlow.codes import Code
from sim_backends.emulators.watlow.parameters import Kind, Parameter, Text

if TYPE_CHECKING:
    from sim_backends.emulators.watlow.f4t import F4t

MOST = 40
"""Profiles that fit into the controller."""

_LENGTH = 20


def profiles(device: F4t) -> dict[int, Parameter | Text]:
    """All of them by register."""
    return _requests(device) | _progress(device) | _list(device)


def _requests(device: F4t) -> dict[int, Parameter | Text]:
    def choose(index: int) -> Callable[[float], None]:
        def put(number: float) -> None:
            if not 1 <= number <= (MOST if index == 0 else 50):
                raise ModbusError(ILLEGAL_VALUE)
            device.chosen[index] = int(number)

        return put

    def resume(_: float) -> None:
        device.runner.resume()

    ends = (Code.NONE, Code.PAUSE, Code.TERMINATE)
    return {
        16558: Parameter(Kind.WORD, lambda: device.chosen[0], choose(0)),
        16560: Parameter(Kind.WORD, lambda: device.chosen[1], choose(1)),
        16562: Parameter(
            Kind.WORD, lambda: Code.NONE, device.start_profile, (Code.NONE, Code.START)
        ),
        16564: Parameter(Kind.WORD, lambda: Code.NONE, resume, (Code.RESUME,)),
        16566: Parameter(Kind.WORD, lambda: Code.NONE, device.end_profile, ends),
    }


def _progress(device: F4t) -> dict[int, Parameter | Text]:
    runner = device.runner

    def left(divisor: int, modulus: int) -> Parameter:
        return Parameter(Kind.WORD, lambda: int(runner.left) // divisor % modulus)

    def number(get: Callable[[], int]) -> Parameter:
        return Parameter(Kind.WORD, lambda: get() if runner.active else 0)

    return {
        16568: Parameter(Kind.WORD, lambda: runner.state),
        16588: number(lambda: runner.number),
        16590: number(lambda: runner.step),
        16602: Parameter(Kind.DEGREES, lambda: device.loops[0].target),
        16604: Parameter(Kind.FLOAT, lambda: device.loops[1].target),
        16622: left(1, 60),
        16624: left(60, 60),
        16626: left(3600, 1000),
    }


def _list(device: F4t) -> dict[int, Parameter | Text]:
    stored = device.runner.profiles

    def name(index: int) -> str:
        return stored[index].name if index < len(stored) else ""

    def edit(number: float) -> None:
        if not 1 <= number <= MOST:
            raise ModbusError(ILLEGAL_VALUE)
        device.edited = int(number)

    def steps() -> int:
        return len(stored[device.edited - 1].steps) if device.edited <= len(stored) else 0

    found: dict[int, Parameter | Text] = {
        18888: Parameter(Kind.WORD, lambda: device.edited, edit),
        18920: Parameter(Kind.WORD, steps),
        48000: Parameter(Kind.WORD, lambda: len(stored)),
    }
    for index in range(MOST):
        found[16886 + 40 * index] = Text(_LENGTH, lambda i=index: name(i))
        found[48002 + 2 * index] = Parameter(
            Kind.WORD, lambda i=index: i + 1 if i < len(stored) else 0
        )
    return found
