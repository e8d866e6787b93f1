"""The commands of a Lake Shore 336: what each does and how it is answered.

A command unknown to the instrument raises `Unknown`, a parameter that is missing or out of range
`Refused`. Numbers are told as the manual's formats say: a sign and six digits, or whole numbers.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from sim_backends.emulators.lake_shore.m336_input import HIGHEST, ZERO
from sim_backends.emulators.lake_shore.m336_loop import FASTEST, OUTPUTS, Loop

if TYPE_CHECKING:
    from sim_backends.emulators.lake_shore.m336 import LakeShoreM336

CHAINED = ";"
"""What stands between the commands of one message, and between their answers."""

INPUTS = "ABCD"
KELVIN, CELSIUS, SENSOR = 1, 2, 3
"""Units of an input's set point."""

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\Z")

Words = tuple[str, ...]
Command = Callable[["LakeShoreM336", Words], str | None]


class Unknown(Exception):
    """There is no such command."""


class Refused(Exception):
    """A parameter is missing, out of range or no number."""


def told(value: float) -> str:
    """A sign and six digits."""
    text = f"{value:+#.6g}"
    return text if "e" not in text else f"{value:+.5f}"


def number(words: Words, at: int, low: float, high: float) -> float:
    """The number in place `at`, from `low` to `high`."""
    if at >= len(words) or not _NUMBER.match(words[at]):
        raise Refused
    value = float(words[at])
    if not low <= value <= high:
        raise Refused
    return value


def whole(words: Words, at: int, low: int, high: int) -> int:
    """The whole number in place `at`, from `low` to `high`."""
    value = number(words, at, low, high)
    if value != int(value):
        raise Refused
    return int(value)


def _loop(device: LakeShoreM336, words: Words) -> Loop:
    return device.loops[whole(words, 0, OUTPUTS[0], OUTPUTS[-1])]


def _sensor(words: Words) -> str:
    """The letter of the input."""
    letter = words[0].upper() if words else ""
    if len(letter) != 1 or letter not in INPUTS:
        raise Refused
    return letter


def _identity(device: LakeShoreM336, words: Words) -> str:
    return f"LSCI,MODEL336,{device.serial}/#######,2.9"


def _events(device: LakeShoreM336, words: Words) -> str:
    found, device.events = device.events, 0
    return f"{found:03d}"


def _clear(device: LakeShoreM336, words: Words) -> None:
    device.events = 0


def _reset(device: LakeShoreM336, words: Words) -> None:
    device.reset()


def _enable(device: LakeShoreM336, words: Words) -> None:
    device.enabled = whole(words, 0, 0, 255)


def _reading(of: Callable[[LakeShoreM336], float], empty: float) -> Command:
    def answer(device: LakeShoreM336, words: Words) -> str:
        if words == ("0",):
            return ",".join([told(of(device)), *[told(empty)] * (len(INPUTS) - 1)])
        return told(of(device) if _sensor(words) == "A" else empty)

    return answer


def _status(device: LakeShoreM336, words: Words) -> str:
    return f"{device.input.status(device.t) if _sensor(words) == 'A' else 1:03d}"


def _type(device: LakeShoreM336, words: Words) -> str:
    if _sensor(words) != "A":
        return "0,0,0,0,1"
    found = device.input
    return f"{found.sensor},{found.autorange},{found.range},{found.compensation},{found.units}"


def _set_type(device: LakeShoreM336, words: Words) -> None:
    if _sensor(words) != "A":
        raise Refused
    sensor = whole(words, 1, 0, 4)
    settings = (whole(words, 2, 0, 1), whole(words, 3, 0, 8), whole(words, 4, 0, 1))
    units = whole(words, 5, KELVIN, SENSOR)
    found = device.input
    found.sensor, found.units = sensor, units
    found.autorange, found.range, found.compensation = settings
    # A new sensor type turns the heater of its loop off.
    for loop in device.loops.values():
        loop.range = 0
    device.control()


def _limit(device: LakeShoreM336, words: Words) -> str:
    return told(device.input.limit if _sensor(words) == "A" else 0.0)


def _set_limit(device: LakeShoreM336, words: Words) -> None:
    if _sensor(words) == "A":
        device.input.limit = number(words, 1, 0.0, 1999.0)


def _mode(device: LakeShoreM336, words: Words) -> str:
    loop = _loop(device, words)
    return f"{loop.mode},{loop.sensor},{loop.powerup}"


def _set_mode(device: LakeShoreM336, words: Words) -> None:
    loop = _loop(device, words)
    settings = (whole(words, 1, 0, 5), whole(words, 2, 0, 4), whole(words, 3, 0, 1))
    if settings[:2] != (loop.mode, loop.sensor):
        loop.range = 0
    loop.mode, loop.sensor, loop.powerup = settings
    device.control()


def _set_range(device: LakeShoreM336, words: Words) -> None:
    loop = _loop(device, words)
    wanted = whole(words, 1, 0, 3 if words[0] in ("1", "2") else 1)
    if wanted and not loop.is_on:
        loop.begin()
    loop.range = wanted
    device.control()


def _setpoint(device: LakeShoreM336, words: Words) -> str:
    return told(_shown(device, _loop(device, words).setpoint))


def _set_setpoint(device: LakeShoreM336, words: Words) -> None:
    loop = _loop(device, words)
    value = number(words, 1, -1e6, 1e6)
    kelvin = value + (ZERO if device.input.units == CELSIUS else 0.0)
    loop.aim(min(max(kelvin, 0.0), HIGHEST + ZERO))


def _shown(device: LakeShoreM336, kelvin: float) -> float:
    """A set point in the units of its input; in sensor units it is kept as a number."""
    return kelvin - ZERO if device.input.units == CELSIUS else kelvin


def _set_ramp(device: LakeShoreM336, words: Words) -> None:
    loop = _loop(device, words)
    ramps, rate = whole(words, 1, 0, 1), number(words, 2, 0.0, FASTEST)
    loop.ramps, loop.rate = ramps, rate


def _set_pid(device: LakeShoreM336, words: Words) -> None:
    loop = _loop(device, words)
    values = (number(words, 1, 0.1, 1e3), number(words, 2, 0.0, 1e3), number(words, 3, 0.0, 200.0))
    loop.proportional, loop.integral, loop.derivative = values


def _set_manual(device: LakeShoreM336, words: Words) -> None:
    _loop(device, words).manual = number(words, 1, 0.0, 100.0)


def _heater(device: LakeShoreM336, words: Words) -> str:
    return f"{device.loops[whole(words, 0, 1, 2)].output:+06.1f}"


def _of(tell: Callable[[Loop], str]) -> Command:
    return lambda device, words: tell(_loop(device, words))


COMMANDS: dict[str, Command] = {
    "*IDN?": _identity,
    "*ESR?": _events,
    "*CLS": _clear,
    "*RST": _reset,
    "*ESE": _enable,
    "*ESE?": lambda device, _: f"{device.enabled:03d}",
    "*OPC?": lambda device, _: "1",
    "*TST?": lambda device, _: "0",
    "KRDG?": _reading(lambda device: device.input.kelvin(device.t), 0.0),
    "CRDG?": _reading(lambda device: device.input.celsius(device.t), -ZERO),
    "SRDG?": _reading(lambda device: device.input.ohms(device.t), 0.0),
    "RDGST?": _status,
    "INTYPE": _set_type,
    "INTYPE?": _type,
    "TLIMIT": _set_limit,
    "TLIMIT?": _limit,
    "OUTMODE": _set_mode,
    "OUTMODE?": _mode,
    "RANGE": _set_range,
    "RANGE?": _of(lambda loop: str(loop.range)),
    "SETP": _set_setpoint,
    "SETP?": _setpoint,
    "RAMP": _set_ramp,
    "RAMP?": _of(lambda loop: f"{loop.ramps},{told(loop.rate)}"),
    "RAMPST?": _of(lambda loop: str(int(loop.is_ramping))),
    "PID": _set_pid,
    "PID?": _of(
        lambda loop: ",".join(map(told, (loop.proportional, loop.integral, loop.derivative)))
    ),
    "MOUT": _set_manual,
    "MOUT?": _of(lambda loop: told(loop.manual)),
    "HTR?": _heater,
    "HTRST?": _of(lambda loop: "0"),
}
"""By name; a query's ends in a question mark."""
