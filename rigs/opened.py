"""A bench that is open: its rig, who answered, and the way to give the lines back."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import Any

from labctl.evidence import Instrument
from labctl.quantity import Quantity
from labctl.sample import Sample


@dataclass(frozen=True)
class Opened:
    """What the engine gets of an open bench (`labctl.labs.OpenBench`).

    `contributions` are the bench's, with their standard uncertainty as `u`; relative ones have
    the unit `dimensionless`.
    """

    rig: Any
    instruments: tuple[Instrument, ...]
    sample: Sample | None
    simulated: bool
    bench_name: str
    bench_text: str
    contributions: Mapping[str, Quantity]
    lines: AsyncExitStack = field(repr=False)

    @property
    def bench_sha256(self) -> str:
        """SHA-256 of the bench file."""
        return hashlib.sha256(self.bench_text.encode("utf-8")).hexdigest()

    async def close(self) -> None:
        """Give all lines back; the instruments' states stay as they are."""
        await self.lines.aclose()
