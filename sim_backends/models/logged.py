"""A series that a detector's software has logged, and the port of the logger."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True, eq=False)
class Channel:
    """`values` in `unit`, shape (n,), under `name`."""

    name: str
    unit: str
    values: Any


@dataclass(frozen=True, eq=False)
class Log:
    """Channels of equal length with `interval` in s between their values; `method` in words."""

    channels: tuple[Channel, ...]
    interval: float
    maker: str
    model: str
    method: str


class LogPort(Protocol):
    """What a logger is wired to."""

    def log(self, t: float) -> Log:
        """The series that ends at run time `t` in s."""
        ...
