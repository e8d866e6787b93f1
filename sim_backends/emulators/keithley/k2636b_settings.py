"""What is set on one channel of the 2636B, and what is at its terminals."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

OFF_NORMAL, OFF_ZERO, OFF_HIGH_Z = 0, 1, 2
AMPS, VOLTS = 0, 1
DELAY_AUTO = -1.0


class Operating(NamedTuple):
    """What is at the terminals: V, A, and whether the limit holds the source."""

    voltage: float
    current: float
    limited: bool

    def of(self, quantity: str) -> float:
        """Voltage for `v`, current for `i`."""
        return self.voltage if quantity == "v" else self.current


@dataclass(slots=True)
class Settings:
    """Settings by quantity (`v`, `i`); ranges are indices, counted from the lowest."""

    function: int = VOLTS
    level: dict[str, float] = field(default_factory=lambda: {"v": 0.0, "i": 0.0})
    limit: dict[str, float] = field(default_factory=lambda: {"v": 20.0, "i": 0.1})
    source_range: dict[str, int] = field(default_factory=lambda: {"v": 0, "i": 2})
    source_auto: dict[str, int] = field(default_factory=lambda: {"v": 1, "i": 1})
    measure_range: dict[str, int] = field(default_factory=lambda: {"v": 0, "i": 3})
    measure_auto: dict[str, int] = field(default_factory=lambda: {"v": 1, "i": 1})
    low_range: dict[str, float] = field(default_factory=lambda: {"v": 0.2, "i": 100e-12})
    output: int = 0
    off_mode: int = OFF_NORMAL
    off_limit: float = 1e-3
    source_delay: float = 0.0
    sense: int = 0
    nplc: float = 1.0
    count: int = 1
    delay: float = DELAY_AUTO
    delay_factor: float = 1.0
    interval: float = 0.0
    auto_zero: int = 2
    filter_on: int = 0
    filter_count: int = 1
    filter_type: int = 1
    relative: dict[str, float] = field(default_factory=lambda: dict.fromkeys("virp", 0.0))
    relative_on: dict[str, int] = field(default_factory=lambda: dict.fromkeys("virp", 0))

    @property
    def sourced(self) -> str:
        """The quantity that is sourced."""
        return "v" if self.function == VOLTS else "i"
