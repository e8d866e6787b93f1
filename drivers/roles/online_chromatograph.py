"""Role: online chromatograph (process or micro gas chromatograph)."""

from __future__ import annotations

from typing import Protocol

from drivers.roles.chromatograph import Chromatograph
from labctl.evidence import Reading


class OnlineChromatograph(Chromatograph, Protocol):
    """A chromatograph that is started over its line; its results come as files some time after.

    A stream or method that it does not have is `LimitRefused`; an instrument that is not ready is
    `InstrumentError`.
    """

    async def is_ready(self) -> bool:
        """Whether temperatures and pressures stand and nothing runs."""
        ...

    async def select_stream(self, position: int) -> None:
        """Sample stream by number from 1; returns when the selector stands."""
        ...

    async def inject(self, method: str, *, sample: str) -> Reading:
        """One injection by `method`, labelled `sample`; run time in s at which it was injected."""
        ...

    async def stop(self) -> None:
        """No run on."""
        ...
