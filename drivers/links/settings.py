"""How a driver wants its line: data that stands in the driver's class."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class MessageSettings:
    """Terminators and time-out of a line of text.

    `timeout` in s is that of one answer where the command asks for no other. `quiet` in s is how
    long the line must be silent, after a failure, to be taken as free of late answers.
    """

    write_terminator: str = "\n"
    read_terminator: str = "\n"
    timeout: float = 2.0
    quiet: float = 0.25


@dataclass(frozen=True)
class RegisterSettings:
    """Time-out of one Modbus request in s, and the silence in s that follows a failure."""

    timeout: float = 1.0
    quiet: float = 0.3
