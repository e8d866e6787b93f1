"""Attributes of the instrument's objects: numbers within limits, choices, switches.

A refused value puts an error into the queue and leaves the setting; the script goes on (2600BS-
901-01, "Effects of errors on scripts").
"""

from __future__ import annotations

from collections.abc import Callable, Container
from typing import Any

from sim_backends.emulators.keithley.tsp.errors import TspError
from sim_backends.emulators.keithley.tsp.values import Attribute, Builtin, Value

Refuse = Callable[[TspError], None]
"""Takes an error for the queue: `TspInstrument.fail`."""


class Attributes:
    """Makes attributes and functions whose errors go to `refuse`."""

    def __init__(self, refuse: Refuse) -> None:
        self._refuse = refuse

    def number(
        self, read: Callable[[], float], write: Callable[[float], None], low: float, high: float
    ) -> Attribute:
        """A number from `low` to `high`; 1101 or 1102 outside, -104 for another type."""

        def put(value: Value) -> None:
            write(within(_number(value), low, high))

        return Attribute(lambda: float(read()), self.guard(put))

    def choice(
        self, read: Callable[[], float], write: Callable[[int], None], allowed: Container[int]
    ) -> Attribute:
        """One of the numbers `allowed`; -224 for another."""

        def put(value: Value) -> None:
            number = _number(value)
            if not number.is_integer() or int(number) not in allowed:
                raise TspError(-224)
            write(int(number))

        return Attribute(lambda: float(read()), self.guard(put))

    def text(self, read: Callable[[], str], write: Callable[[str], None]) -> Attribute:
        """A string; -104 for another type."""

        def put(value: Value) -> None:
            if not isinstance(value, str):
                raise TspError(-104)
            write(value)

        return Attribute(read, self.guard(put))

    def function(self, name: str, call: Callable[..., Any]) -> Builtin:
        """A function; a refused call returns nothing."""
        return Builtin(self.guard(call), name)

    def guard(self, call: Callable[..., Any]) -> Callable[..., Any]:
        """`call` with its errors put into the queue; it takes no time."""

        def guarded(*arguments: Value) -> Any:
            try:
                return call(*arguments)
            except TspError as error:
                self._refuse(error)
                return ()

        return guarded


def within(value: float, low: float, high: float) -> float:
    """`value`; 1101 above `high`, 1102 below `low`."""
    if not value <= high + 1e-9 * abs(high):
        raise TspError(1101)
    if value < low - 1e-9 * abs(low):
        raise TspError(1102)
    return value


def _number(value: Value) -> float:
    if not isinstance(value, float):
        raise TspError(-104)
    return value
