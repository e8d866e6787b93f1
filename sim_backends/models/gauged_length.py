"""A length between the jaws of a gauge, and the port of the gauge."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


class LengthPort(Protocol):
    """What a caliper is closed on."""

    def length(self, t: float) -> float:
        """Length in m between the jaws at time `t`; nan where the gauge shows nothing."""
        ...


@dataclass(frozen=True)
class GaugedLength:
    """A part of steady `metres`; fits `LengthPort`."""

    metres: float

    def length(self, t: float) -> float:
        """Its length in m, the same at any time."""
        return self.metres
