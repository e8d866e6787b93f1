"""What drivers of programs that speak CUT1 share: who answers, a line that breaks, the end."""

from __future__ import annotations

from drivers.cut1._talk import Talk
from drivers.limits import BenchLimits
from drivers.links.link_programs import ProcessLink
from labctl.evidence import Identity


class Cut1Program:
    """A program at the end of `link`, with the bench's `limits`."""

    def __init__(self, link: ProcessLink, limits: BenchLimits | None = None) -> None:
        self._talk = Talk(link)
        self._limits = dict(limits or {})

    @property
    def address(self) -> str:
        """The link's address."""
        return self._talk.link.address

    @property
    def identity(self) -> Identity:
        """Who answered to `identify()`; the serial number names the build."""
        return self._talk.identity

    async def identify(self) -> Identity:
        """Ask who it is; `InstrumentError` where it does not speak CUT1."""
        return await self._talk.identify()

    async def resync(self) -> None:
        """Kill the program where a transaction broke, and start it again: it holds nothing then."""
        await self._talk.link.resync()

    async def safe(self) -> None:
        """A program drives nothing; it is killed when its line is given back."""

    async def close(self) -> None:
        """Kill the program and all it started, and wait for their end."""
        await self._talk.link.close()
