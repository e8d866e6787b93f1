"""Role: digital tester, what instruments for digital devices have in common."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from drivers.driver import Driver
from labctl.evidence import Reading


@dataclass(frozen=True)
class Environment:
    """What a figure depends on beside the device: version of the tool, operating system, processor
    with its clock in Hz, network adapter with the offloads that are on, further `settings`."""

    tool: str
    version: str
    system: str
    processor: str
    clock: Reading | None
    adapter: str
    settings: Mapping[str, str]


class DigitalTester(Driver, Protocol):
    """Runs in its own time; a run has no result before its end.

    A tool that ends with an error, or leaves a partial file, is `InstrumentError`.
    """

    async def environment(self) -> Environment:
        """Where and with what it runs, clock in Hz."""
        ...

    async def is_running(self) -> bool:
        """Whether a run is on."""
        ...

    async def stop(self) -> None:
        """No run on."""
        ...

    async def lost(self) -> Reading:
        """Samples, frames or packets that the tester itself lost in the last run, dimensionless."""
        ...
