"""Role: switch matrix (multiplexer)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from drivers.driver import Driver
from labctl.evidence import Reading


class SwitchMatrix(Driver, Protocol):
    """Connects lines by relays, named as the matrix names them (`1001`, `A3`); what is asked for is
    a state, so that asking twice changes nothing.

    A combination that the bench forbids, and a relay that is not there, are `LimitRefused`; a relay
    that reads back otherwise, and an open interlock, are `InstrumentError`.
    """

    async def close_relays(self, relays: Sequence[str]) -> None:
        """These relays closed, others as they are; returns when they have settled."""
        ...

    async def open_relays(self, relays: Sequence[str]) -> None:
        """These relays open, others as they are; returns when they have settled."""
        ...

    async def select(self, relays: Sequence[str]) -> None:
        """These relays closed and all others open, opened first."""
        ...

    async def open_all(self) -> None:
        """All relays open, read back."""
        ...

    async def closed(self) -> tuple[str, ...]:
        """Relays that are closed."""
        ...

    async def relays(self) -> tuple[str, ...]:
        """All relays that there are."""
        ...

    async def cycles(self, relay: str) -> Reading:
        """Times that the relay has closed in its life, unit `cyc`."""
        ...

    async def settling_time(self) -> Reading:
        """Time in s that a relay needs to settle."""
        ...
