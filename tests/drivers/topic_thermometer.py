"""The driver of `tests/sim_backends/emulators/topic_thermometer.py`."""

from __future__ import annotations

from typing import ClassVar

from drivers.links.link import TopicLink
from drivers.links.settings import TopicSettings
from labctl import clock
from labctl.errors import InstrumentError
from labctl.evidence import Accuracy, Identity, Reading

ACCURACY = Accuracy("temperature", 100.0, "degC", 0.0, 0.05, "made for a test", 1e-3)


class TopicThermometer:
    """A thermometer at the end of `link`."""

    settings: ClassVar[TopicSettings] = TopicSettings(timeout=1.0)
    limit_units: ClassVar[dict[str, str]] = {}
    accuracies: ClassVar[tuple[Accuracy, ...]] = (ACCURACY,)

    def __init__(self, link: TopicLink, limits: dict[str, float]) -> None:
        self._link = link
        self.serial = ""

    @property
    def address(self) -> str:
        return self._link.address

    @property
    def identity(self) -> Identity:
        return Identity("ACME", "T1", self.serial, "1.0")

    async def identify(self) -> Identity:
        self.serial = await self._ask(b"id")
        return self.identity

    async def resync(self) -> None:
        await self._link.resync()

    async def safe(self) -> None:
        """It drives nothing."""

    async def close(self) -> None:
        await self._link.close()

    async def temperature(self) -> Reading:
        """One reading in degC."""
        text = await self._ask(b"value")
        if not text.replace(".", "").isdecimal() or len(text.partition(".")[2]) != 3:
            raise InstrumentError("no temperature", address=self.address, answer=text)
        value, at = float(text), clock.stamp()
        return Reading(value, "degC", *at, self.address, self.serial, ACCURACY)

    async def _ask(self, what: bytes) -> str:
        message = await self._link.request("room/ask", what, "room/answer")
        return message.payload.decode("latin-1")


DRIVER = TopicThermometer
