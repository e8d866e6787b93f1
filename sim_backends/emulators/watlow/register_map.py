"""Which parameter of the F4T stands at which register, map 1.

Printed in pages that could be read: identity and alarm set-up (user's guide 1680-2414, page 225),
profile start and list (page 223), set points, working set points, inputs, events and manual ramp
(TestEquity F4T manual, page 46; its page 15 for 16602), proportional band, integral and
derivative (page 231, which shows sets 3 to 5: set 1 by its spacing of 8). By a public client
(ChamberConnectLibrary): 2730, 2774, 2776, 2784, 2808, 2814, 2820, 1356, 6730, 16564 to 16626,
16886, 18888, 18920, 33718. Remembered from the EZ-ZONE family, where clear and silence stand 8 and
10 registers after the state: 1364 and 1366.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from sim_backends.emulators.watlow.alarms import Alarm
from sim_backends.emulators.watlow.codes import Code
from sim_backends.emulators.watlow.control_loop import ControlLoop
from sim_backends.emulators.watlow.parameters import Kind, Parameter, Text
from sim_backends.emulators.watlow.profile_registers import profiles

if TYPE_CHECKING:
    from sim_backends.emulators.watlow.f4t import F4t

Table = dict[int, Parameter | Text]

PART_NUMBER = "F4T1L1DAA1A2AAA"
"""Character 7: profiles and six alarms; character 12: two control loops."""

SMALLEST = 1e-3
"""Least proportional band and hysteresis (pages 225 and 231)."""

HARDWARE, RELEASE, PROTOTYPE, BUILD = 124, 4, 0, 7
_MODES = (Code.OFF, Code.AUTO, Code.MANUAL)
_RAMPS = (Code.OFF, Code.STARTUP, Code.SET_POINT, Code.BOTH)
_UNITS = (Code.CELSIUS, Code.FAHRENHEIT)
_EVENTS = (16594, 16596, 16598, 16600, 16822, 16824, 16826, 16828)


def table(device: F4t) -> Table:
    """All parameters of `device` by register."""
    found = _identity(device) | _channel(device) | _inputs(device) | profiles(device)
    for index, loop in enumerate(device.loops):
        degrees = (Kind.DEGREES, Kind.DIFFERENCE) if index == 0 else (Kind.FLOAT, Kind.FLOAT)
        found |= _loop(2730 + 160 * index, loop, *degrees, lambda i=index: device.value(i))
        found |= _tuning(2830 + 160 * index, loop, degrees[1])
    for index, alarm in enumerate(device.alarms):
        found |= _alarm(1330 + 100 * index, alarm, lambda a=alarm: device.clear_alarm(a))
    return found


def _identity(device: F4t) -> Table:
    def rename(name: str) -> None:
        device.name = name

    number = int("".join(filter(str.isdigit, device.serial)) or "0")
    return {
        0: Parameter(Kind.LONG, lambda: HARDWARE),
        4: Parameter(Kind.LONG, lambda: RELEASE),
        6: Parameter(Kind.LONG, lambda: PROTOTYPE),
        8: Parameter(Kind.LONG, lambda: BUILD),
        12: Parameter(Kind.LONG, lambda: number),
        14: Parameter(Kind.LONG, lambda: 1026),
        16: Text(len(PART_NUMBER), lambda: PART_NUMBER),
        46: Text(32, lambda: device.name, rename),
        90: Parameter(Kind.WORD, lambda: Code.OK),
    }


def _channel(device: F4t) -> Table:
    def put_display(code: float) -> None:
        device.display_units = Code(int(code))

    def put_units(code: float) -> None:
        device.units = Code(int(code))

    found: Table = {
        1328: Parameter(Kind.WORD, lambda: device.display_units, put_display, _UNITS),
        6730: Parameter(Kind.WORD, lambda: device.units, put_units, _UNITS),
    }
    for index, register in enumerate(_EVENTS):
        found[register] = _event(device, index)
    return found


def _event(device: F4t, index: int) -> Parameter:
    def put(code: float) -> None:
        device.events[index] = Code(int(code))

    return Parameter(Kind.WORD, lambda: device.events[index], put, (Code.OFF, Code.ON))


def _inputs(device: F4t) -> Table:
    return {
        27586: Parameter(Kind.DEGREES, lambda: device.value(0)),
        28906: Parameter(Kind.FLOAT, lambda: device.value(1)),
        33718: Parameter(Kind.WORD, lambda: _switch(device.works)),
        33758: Parameter(Kind.WORD, lambda: _switch(device.is_door_open())),
    }


def _loop(
    at: int, loop: ControlLoop, degrees: Kind, difference: Kind, value: Callable[[], float]
) -> Table:
    def put_action(code: float) -> None:
        loop.ramp_action = Code(int(code))

    def put_scale(code: float) -> None:
        loop.ramp_scale = Code(int(code))

    def put_rate(rate: float) -> None:
        loop.ramp_rate = rate

    return {
        at: Parameter(Kind.WORD, lambda: loop.mode, lambda v: loop.choose(Code(int(v))), _MODES),
        at + 44: Parameter(degrees, lambda: loop.minimum, lambda v: loop.limit(v, loop.maximum)),
        at + 46: Parameter(degrees, lambda: loop.maximum, lambda v: loop.limit(loop.minimum, v)),
        at + 52: Parameter(degrees, lambda: loop.set_point, loop.aim),
        at + 54: Parameter(Kind.FLOAT, lambda: loop.manual_power, loop.drive),
        at + 64: Parameter(Kind.WORD, lambda: loop.ramp_action, put_action, _RAMPS),
        at + 66: Parameter(
            Kind.WORD, lambda: loop.ramp_scale, put_scale, (Code.MINUTES, Code.HOURS)
        ),
        at + 68: Parameter(difference, lambda: loop.ramp_rate, put_rate, low=0.0),
        at + 78: Parameter(Kind.FLOAT, lambda: loop.pid.output),
        at + 80: Parameter(degrees, lambda: loop.pid.setpoint),
        at + 84: Parameter(Kind.WORD, lambda: loop.active_mode),
        at + 90: Parameter(degrees, value),
    }


def _tuning(at: int, loop: ControlLoop, difference: Kind) -> Table:
    tuning = loop.tuning

    def put_band(value: float) -> None:
        tuning.band = value

    def put_integral(value: float) -> None:
        tuning.integral = value

    def put_derivative(value: float) -> None:
        tuning.derivative = value

    return {
        at: Parameter(difference, lambda: tuning.band, put_band, low=SMALLEST),
        at + 2: Parameter(difference, lambda: tuning.band, put_band, low=SMALLEST),
        at + 4: Parameter(Kind.FLOAT, lambda: tuning.integral, put_integral, low=0.0),
        at + 6: Parameter(Kind.FLOAT, lambda: tuning.derivative, put_derivative, low=0.0),
    }


def _alarm(at: int, alarm: Alarm, clear: Callable[[], None]) -> Table:
    def put_kind(code: float) -> None:
        alarm.kind = Code(int(code))

    def put_sides(code: float) -> None:
        alarm.sides = Code(int(code))

    def put_high(value: float) -> None:
        alarm.high = value

    def put_low(value: float) -> None:
        alarm.low = value

    def put_hysteresis(value: float) -> None:
        alarm.hysteresis = value

    def put_silencing(code: float) -> None:
        alarm.silencing = Code(int(code))

    def put_latching(code: float) -> None:
        alarm.latching = Code(int(code))

    def request(code: float) -> None:
        if code == Code.CLEAR:
            clear()

    kinds = (Code.OFF, Code.PROCESS_ALARM, Code.DEVIATION_ALARM)
    sides = (Code.BOTH, Code.HIGH, Code.LOW)
    latching = (Code.NON_LATCHING, Code.LATCHING)
    return {
        at: Parameter(Kind.WORD, lambda: alarm.kind, put_kind, kinds),
        at + 2: Parameter(Kind.WORD, lambda: alarm.sides, put_sides, sides),
        at + 4: Parameter(Kind.DEGREES, lambda: alarm.high, put_high),
        at + 6: Parameter(Kind.DEGREES, lambda: alarm.low, put_low),
        at + 8: Parameter(Kind.DIFFERENCE, lambda: alarm.hysteresis, put_hysteresis, low=SMALLEST),
        at + 10: Parameter(
            Kind.WORD, lambda: alarm.silencing, put_silencing, (Code.OFF, Code.ON)
        ),
        at + 12: Parameter(Kind.WORD, lambda: alarm.latching, put_latching, latching),
        at + 26: Parameter(Kind.WORD, lambda: alarm.state),
        at + 34: Parameter(Kind.WORD, lambda: Code.IGNORE, request, (Code.IGNORE, Code.CLEAR)),
        at + 36: Parameter(
            Kind.WORD, lambda: Code.IGNORE, lambda _: None, (Code.IGNORE, Code.SILENCE)
        ),
    }  # fmt: skip


def _switch(on: bool) -> Code:
    return Code.ON if on else Code.OFF
