"""What is wired to a meter with a scanner card."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sim_backends.models.ports import ElectricalPort


@dataclass(frozen=True)
class WiredScanner:
    """Devices at the front terminals and, by channel number (101, 102...), at the card's terminals.

    `terminal` is the temperature in degC of the card's terminals, where thermocouples end.
    """

    front: ElectricalPort | None = None
    channels: Mapping[int, ElectricalPort] = field(default_factory=dict)
    terminal: float = 24.0
