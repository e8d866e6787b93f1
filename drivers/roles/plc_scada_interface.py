"""Role: PLC and SCADA interface."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from drivers.driver import Driver
from labctl.evidence import Reading


@dataclass(frozen=True)
class Tag:
    """A tag's value in the unit of its set-up (a state is 0 or 1, dimensionless), its `quality` and
    `stamp`, Unix time in s by the controller's own clock."""

    value: Reading
    quality: Literal["good", "uncertain", "bad"]
    stamp: float


class PlcScadaInterface(Driver, Protocol):
    """Reads and sets tags of a programmable controller; reactors, compressors, mixers, igniters,
    valve positions and timers stand behind it as tags.

    A tag that is absent or of bad quality is `InstrumentError`, as is a written tag that reads back
    otherwise. A value beyond the bench's limits, or against an interlock, is `LimitRefused`.
    """

    async def read_tag(self, name: str) -> Tag:
        """The newest value of the tag, in its own unit."""
        ...

    async def read_tags(self, names: Sequence[str]) -> tuple[Tag, ...]:
        """Values of the tags in one transaction, each in its own unit."""
        ...

    async def write_tag(self, name: str, value: float) -> None:
        """Tag at `value` in its own unit, read back."""
        ...

    async def digital_input(self, name: str) -> bool:
        """State of an input."""
        ...

    async def digital_output(self, name: str, on: bool) -> None:
        """Output on or off, read back."""
        ...

    async def interlocks(self) -> Mapping[str, bool]:
        """Name of each interlock and whether it stands closed (permits)."""
        ...

    async def interval(self, begin: str, end: str) -> Reading:
        """Time in s from the last rise of tag `begin` to the rise of tag `end` after it, by the
        controller's clock; `InstrumentError` while the end is missing."""
        ...

    async def changes(self, name: str, *, since: float) -> tuple[Tag, ...]:
        """What the controller has kept of the tag since `since`, Unix time in s, oldest first."""
        ...

    async def clock_offset(self) -> Reading:
        """The controller's clock less this computer's, in s."""
        ...
