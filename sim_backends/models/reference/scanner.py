"""What is wired to a meter with a scanner card."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from sim_backends.models.ports import ElectricalPort


class CommonTerminal(Protocol):
    """What is wired to the terminals that a card leads its closed channel to."""

    def route(self, channel: int, t: float) -> None:
        """From time `t` on `channel` is closed; 0: none is."""
        ...


@dataclass(frozen=True)
class WiredScanner:
    """Devices at the front terminals and, by channel number (101, 102...), at the card's terminals.

    `terminal` is the temperature in degC of the card's terminals, where thermocouples end. `common`
    is another instrument's line that the card switches: it goes where the closed channel goes.
    """

    front: ElectricalPort | None = None
    channels: Mapping[int, ElectricalPort] = field(default_factory=dict)
    terminal: float = 24.0
    common: CommonTerminal | None = None
