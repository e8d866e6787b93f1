"""Mitutoyo Digimatic caliper CD-15APX through an input tool USB-ITN as a virtual serial port.

Lines by Mitutoyo's QM-Height user's manual 99MAF600B, 6.2.2, "USB data output specifications" (the
same format); the request and the errors are those of the MUX-10F family (remembered, and as other
parties' programs ask). Neither gauge nor tool tells who it is: `identity.serial` is "", so a run
with it counts as simulated. Zero and preset are keys of the gauge, which the line cannot press.
"""

from __future__ import annotations

from typing import ClassVar

from drivers.codecs import digimatic
from drivers.instrument import Instrument
from drivers.limits import BenchLimits
from drivers.links.link import BytesLink
from drivers.links.settings import BytesSettings
from labctl.errors import UsageError
from labctl.evidence import Accuracy, Identity, Reading

SHEET = (
    "remembered: Mitutoyo catalogue, ABSOLUTE Digimatic caliper CD-15APX: +-0.02 mm, "
    "repeatability 0.01 mm, resolution 0.01 mm"
)
LINE = Accuracy("length", 0.15, "m", 0.0, 20e-6, SHEET, resolution=10e-6, noise=5e-6)

COMMAND = digimatic.text_of(digimatic.REQUEST)
SWITCH_ON = "switch the gauge on, in mm; see to its battery and the plug of the input tool"


class MitutoyoDigimatic(Instrument):
    """A caliper at the end of `link`, lengths in m; the bench has no limits for it."""

    what: ClassVar[str] = "gauge"
    settings: ClassVar[BytesSettings] = BytesSettings(timeout=2.0)
    limit_units: ClassVar[dict[str, str]] = {}
    accuracies: ClassVar[tuple[Accuracy, ...]] = (LINE,)

    def __init__(self, link: BytesLink, limits: BenchLimits | None = None) -> None:
        super().__init__(link, limits)
        self._link = link

    async def identify(self) -> Identity:
        """Ask for a value: a line or an error of the format is all that it can tell of itself."""
        answer = await self._ask()
        try:
            digimatic.metres(answer)
        except digimatic.NoData:
            pass  # the input tool is there; the gauge may still be switched off
        except digimatic.Malformed as error:
            raise self._wrong(str(error), COMMAND, answer, SWITCH_ON) from error
        self._identity = Identity("Mitutoyo", "Digimatic CD-15APX", "")
        return self._identity

    async def resync(self) -> None:
        """Lines that the operator sent meanwhile are dropped."""
        await self._link.resync()

    async def safe(self) -> None:
        """A gauge drives nothing, and may be switched off."""

    async def length(self) -> Reading:
        """Length in m as shown; `InstrumentError` where the gauge gives none or shows inches."""
        return self._length(await self._ask())

    async def next_length(self, *, timeout: float) -> Reading:
        """The length in m that the operator sends next by the tool's key; at most `timeout` in
        s."""
        frame = await self._link.read_until(digimatic.find_line, timeout)
        return self._length(digimatic.text_of(frame))

    async def set_zero(self) -> None:
        """`UsageError`: it is zeroed by its own key."""
        raise self._by_key("zero")

    async def preset(self, length: float) -> None:
        """`UsageError` for any `length` in m: it is preset by its own key."""
        raise self._by_key(f"a preset of {length:g} m")

    async def measuring_force(self) -> Reading:
        """`UsageError`: the sheet of a caliper states no measuring force in N."""
        raise UsageError("the data sheet states no measuring force", address=self.address)

    async def _ask(self) -> str:
        frame = await self._link.exchange(digimatic.REQUEST, digimatic.find_line)
        return digimatic.text_of(frame)

    def _length(self, answer: str) -> Reading:
        try:
            return self._reading(digimatic.metres(answer), "m", LINE)
        except digimatic.Malformed as error:
            raise self._wrong(str(error), COMMAND, answer, SWITCH_ON) from error

    def _by_key(self, what: str) -> UsageError:
        return UsageError(
            f"the line cannot set {what}",
            address=self.address,
            remedy="press the key of the gauge",
        )


DRIVER = MitutoyoDigimatic
