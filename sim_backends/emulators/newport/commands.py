"""The two-letter commands of an ESP301: syntax and meaning.

An axis number, two letters in any case, a parameter or `?`; blanks count nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from math import isfinite
from typing import Protocol

from sim_backends.emulators.newport import errors
from sim_backends.emulators.newport.axis import MODEL, TOP_ACCELERATION, TOP_SPEED, Axis
from sim_backends.emulators.newport.errors import Errors, Refused

VERSION = "ESP301 Version 3.0.1 06/01/09"
DECIMALS = 4
"""Digits after the point: FP of a stage of 0.1 um in mm."""

MILLIMETRE = 2
"""Number of the unit mm in `SN`."""

LONGEST_WAIT = 60000.0
"""ms."""

TOPS = {
    "VA": (TOP_SPEED, errors.VELOCITY),
    "AC": (TOP_ACCELERATION, errors.ACCELERATION),
    "AG": (TOP_ACCELERATION, errors.ACCELERATION),
    "OH": (TOP_SPEED, errors.VELOCITY),
    "OL": (TOP_SPEED, errors.VELOCITY),
}
"""Largest value of a setting, and the axis' error above it."""

_COMMAND = re.compile(r"(\d*)([A-Z]{2})(.*)\Z")
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)(E[+-]?\d{1,2})?\Z")


@dataclass(frozen=True, slots=True)
class Command:
    """`axis` 0 where none was given; `query` where the parameter is `?`."""

    axis: int
    name: str
    text: str

    @property
    def query(self) -> bool:
        """Whether a value is asked for."""
        return self.text == "?"


def parse(text: str) -> Command:
    """A command; `Refused` where it is none."""
    match = _COMMAND.match("".join(text.upper().split()))
    if match is None:
        raise Refused(errors.UNKNOWN)
    return Command(int(match.group(1)[:6] or 0), match.group(2), match.group(3))


class Controller(Protocol):
    """What commands act on; `t` is the run time in s."""

    axes: list[Axis]
    errors: Errors
    serial: str
    t: float

    def hold(self, axis: Axis | None, delay: float) -> None:
        """Let the commands that follow wait."""
        ...


Action = Callable[[Axis, Command], str | None]


class Commands:
    """The commands of `controller`."""

    def __init__(self, controller: Controller) -> None:
        self._controller = controller
        self._without_axis: dict[str, Callable[[Command], str | None]] = {
            "AB": self._abort,
            "TB": lambda _: controller.errors.take_message(controller.t),
            "TE": lambda _: controller.errors.take_code(),
            "TS": lambda _: chr(0x40 | 0x10 * self._any_motor() | self._moving_bits()),
            "TX": lambda _: chr(0x40 | 0x10 * bool(self._moving_bits())),
            "VE": lambda _: VERSION,
            "PH": self._hardware,
            "WT": self._wait_time,
        }
        self._of_axis: dict[str, Action] = {
            "MO": self._motor_on,
            "MF": self._motor_off,
            "MD": lambda axis, _: str(int(not axis.moving)),
            "PA": self._move_absolute,
            "PR": self._move_relative,
            "MV": lambda axis, command: self._run(axis, command, to_switch=False),
            "MT": lambda axis, command: self._run(axis, command, to_switch=True),
            "OR": self._home,
            "DH": self._define_home,
            "TP": lambda axis, _: _told(axis.position(controller.t)),
            "TV": lambda axis, _: _told(axis.speed(controller.t)),
            "DP": lambda axis, _: _told(axis.target),
            "DV": lambda axis, _: _told(axis.settings["VA"]),
            "ID": lambda axis, _: f"{MODEL}, {controller.serial}" if axis.connected else "Unknown",
            "SN": self._unit,
            "FP": lambda axis, _: str(DECIMALS),
            "VU": lambda axis, _: _told(TOP_SPEED),
            "AU": lambda axis, _: _told(TOP_ACCELERATION),
            **dict.fromkeys(TOPS, self._setting),
            "SH": self._home_position,
            "SL": lambda axis, command: self._limit(axis, command, 0),
            "SR": lambda axis, command: self._limit(axis, command, 1),
            "WS": self._wait_for_stop,
        }

    def execute(self, command: Command) -> str | None:
        """The answer; None where there is none. `Refused` where it is not executed."""
        if command.name in self._without_axis:
            return self._without_axis[command.name](command)
        if command.name == "ST" and command.axis == 0:
            for axis in self._controller.axes:
                axis.stop(self._controller.t)
            return None
        if command.name == "ST":
            self._axis(command).stop(self._controller.t)
            return None
        if command.name not in self._of_axis:
            raise Refused(errors.UNKNOWN)
        return self._of_axis[command.name](self._axis(command), command)

    def _axis(self, command: Command) -> Axis:
        if command.axis == 0:
            raise Refused(errors.AXIS_MISSING)
        if command.axis > len(self._controller.axes):
            raise Refused(errors.AXIS_OUT_OF_RANGE)
        return self._controller.axes[command.axis - 1]

    # The controller

    def _abort(self, command: Command) -> None:
        for axis in self._controller.axes:
            axis.disable()

    def _any_motor(self) -> bool:
        return any(axis.enabled for axis in self._controller.axes)

    def _moving_bits(self) -> int:
        return sum(axis.moving << bit for bit, axis in enumerate(self._controller.axes))

    def _hardware(self, command: Command) -> str:
        """Limit switches in the first register (positive from bit 0, negative from bit 8), home
        switches in the second."""
        limits = homes = 0
        for bit, axis in enumerate(self._controller.axes):
            low, high = axis.at_limit(self._controller.t)
            limits |= high << bit | low << bit + 8
            homes |= axis.home_signal(self._controller.t) << bit
        return f"{limits:X}H, {homes:X}H"

    def _wait_time(self, command: Command) -> None:
        delay = _parameter(command)
        if not 0.0 <= delay <= LONGEST_WAIT:
            raise Refused(errors.OUT_OF_RANGE)
        self._controller.hold(None, delay / 1e3)

    def _wait_for_stop(self, axis: Axis, command: Command) -> None:
        delay = _parameter(command) if command.text else 0.0
        if not 0.0 <= delay <= LONGEST_WAIT:
            raise Refused(errors.OUT_OF_RANGE)
        self._controller.hold(axis, delay / 1e3)

    # An axis

    def _motor_on(self, axis: Axis, command: Command) -> str | None:
        if command.query:
            return str(int(axis.enabled))
        axis.enable()
        return None

    def _motor_off(self, axis: Axis, command: Command) -> str | None:
        if command.query:
            return str(int(axis.enabled))
        axis.disable()
        return None

    def _move_absolute(self, axis: Axis, command: Command) -> str | None:
        if command.query:
            return _told(axis.target)
        axis.move(_parameter(command), self._controller.t)
        return None

    def _move_relative(self, axis: Axis, command: Command) -> str | None:
        if command.query:
            return _told(axis.target)
        axis.move(axis.target + _parameter(command), self._controller.t)
        return None

    def _run(self, axis: Axis, command: Command, *, to_switch: bool) -> str | None:
        if command.query:
            return str(int(not axis.moving))
        if command.text not in ("+", "-"):
            raise Refused(errors.PARAMETER_MISSING)
        direction = 1.0 if command.text == "+" else -1.0
        axis.run(direction, self._controller.t, to_switch=to_switch)
        return None

    def _home(self, axis: Axis, command: Command) -> str | None:
        if command.query:
            return str(int(not axis.homing))
        mode = _parameter(command) if command.text else 2.0
        if mode not in range(7):
            raise Refused(errors.AXIS_PARAMETER, of_axis=True)
        axis.home(int(mode), self._controller.t)
        return None

    def _define_home(self, axis: Axis, command: Command) -> str | None:
        if command.query:
            return _told(axis.home_position)
        value = _parameter(command) if command.text else axis.home_position
        if axis.moving:
            raise Refused(errors.AXIS_PARAMETER, of_axis=True)
        axis.define(value, self._controller.t)
        return None

    def _unit(self, axis: Axis, command: Command) -> str | None:
        if command.query:
            return str(MILLIMETRE)
        if _parameter(command) != MILLIMETRE:
            raise Refused(errors.AXIS_PARAMETER, of_axis=True)
        return None

    def _setting(self, axis: Axis, command: Command) -> str | None:
        if command.query:
            return _told(axis.settings[command.name])
        top, code = TOPS[command.name]
        value = _parameter(command)
        if value <= 0.0:
            raise Refused(errors.AXIS_PARAMETER, of_axis=True)
        if value > top:
            raise Refused(code, of_axis=True)
        axis.settings[command.name] = value
        return None

    def _home_position(self, axis: Axis, command: Command) -> str | None:
        if command.query:
            return _told(axis.home_position)
        axis.home_position = _parameter(command)
        return None

    def _limit(self, axis: Axis, command: Command, side: int) -> str | None:
        if command.query:
            return _told(axis.limits[side])
        value = _parameter(command)
        if (value >= axis.limits[1]) if side == 0 else (value <= axis.limits[0]):
            raise Refused(errors.AXIS_PARAMETER, of_axis=True)
        axis.limits[side] = value
        return None


def _told(value: float) -> str:
    text = f"{value:.{DECIMALS}f}"
    return text.removeprefix("-") if float(text) == 0.0 else text


def _parameter(command: Command) -> float:
    if not command.text:
        raise Refused(errors.PARAMETER_MISSING)
    value = float(command.text) if _NUMBER.match(command.text) else float("nan")
    if not isfinite(value):
        raise Refused(
            errors.AXIS_PARAMETER if command.axis else errors.OUT_OF_RANGE, of_axis=command.axis > 0
        )
    return value
