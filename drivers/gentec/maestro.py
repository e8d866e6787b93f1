"""Gentec-EO MAESTRO power meter, serial or USB, text mode (user's manual, revision 8.1, 3.4).

Commands are a star and three letters. Some meters acknowledge settings with ACK, others with
nothing: every setting is read back, and acknowledges are dropped. The console tells no serial
number; that of the head, in the structure of `*STS`, stands for it. The protocol tells no date of
calibration. Values are averaged and corrected for attenuation here.
"""

from __future__ import annotations

from typing import ClassVar

from drivers.codecs import gentec
from drivers.generic.optical_samples import MOST_LOSS, MOST_SAMPLES, OpticalSamples
from drivers.gentec._heads import ACCURACIES, line
from drivers.instrument import Instrument
from drivers.limits import BenchLimits
from drivers.links.link import BytesLink
from drivers.links.settings import BytesSettings
from drivers.roles.laser_power_meter import PowerSensor
from labctl.errors import Defect
from labctl.evidence import Accuracy, Identity, Reading

NANO = 1e-9
PERIOD = 0.15
"""Seconds between two new values with a thermal head: remembered."""

OVER = 1.05
"""A reading above so many times its scale is overload: the meter clips a little above it."""

ZEROED = 1


class GentecMaestro(Instrument):
    """A MAESTRO at the end of `link`; `limits` by the bench: `power` in W, the largest scale."""

    what: ClassVar[str] = "power meter"
    settings: ClassVar[BytesSettings] = BytesSettings(timeout=3.0)
    limit_units: ClassVar[dict[str, str]] = {"power": "W"}
    accuracies: ClassVar[tuple[Accuracy, ...]] = ACCURACIES

    def __init__(self, link: BytesLink, limits: BenchLimits | None = None) -> None:
        super().__init__(link, limits)
        self._link = link
        self._head: tuple[str, str] | None = None
        self._samples = OpticalSamples()

    async def identify(self) -> Identity:
        """Ask who it is and which head it has; `InstrumentError` for another model, no head, and
        a meter that does not show power in W."""
        version = await self._text("*VER")
        name, _, firmware = version.partition(" ")
        if name.upper() != "MAESTRO":
            raise self._wrong(
                "this is no Gentec-EO MAESTRO",
                "*VER",
                version,
                "correct the address or the driver in the bench file",
            )
        found = await self._status()
        if not found.head or not found.serial:
            raise self._wrong("no head is connected", "*STS", found.head, "connect a head")
        self._head = (found.head, found.serial)
        number = firmware.lower().removeprefix("version").strip()
        self._identity = Identity("Gentec-EO", name, found.serial, number)
        return self._identity

    async def resync(self) -> None:
        """The line in a known state, streaming stopped."""
        await self._link.resync()
        await self._send("*CSU")
        await self._link.resync()

    async def safe(self) -> None:
        """The meter drives nothing, so there is no state to set or read back."""

    async def sensor(self) -> PowerSensor:
        """Which head is connected, its power in W; no certificate and no date, which the protocol
        does not tell."""
        await self._same_head()
        head, serial = self._known()
        return PowerSensor(head, serial, "", "")

    async def set_wavelength(self, wavelength: float) -> None:
        """Wavelength in m that the calibration is taken at, a whole number of nm; read back.

        `LimitRefused` outside the head's range.
        """
        low, high = (await self._same_head()).wavelengths
        command = f"*PWC{round(wavelength / NANO):05d}"
        self._check("wavelength", round(wavelength / NANO, 6), low, high, "nm", "*PWC")
        await self._send(command)
        found = await self._nanometres()
        if found != round(wavelength / NANO):
            raise self._wrong("the wavelength was not taken", command, f"{found:g} nm")

    async def wavelength(self) -> Reading:
        """Wavelength in m that is in force."""
        return self._reading(await self._nanometres() * NANO, "m", None)

    async def set_range(self, power: float | None) -> None:
        """The smallest scale that holds `power` in W; None: autoscale. Read back."""
        if power is None:
            await self._send("*SAS1")
            if await self._number("*GAS", "AutoScale") != 1:
                raise self._wrong("the meter does not scale by itself", "*SAS1", "0")
            return
        low, high = (await self._same_head()).scales
        highest = gentec.full_scale(high)
        most = min(highest, self._limits.get("power", highest))
        self._check("power", power, 0.0, most, "W", "*SCS")
        index = next(i for i in range(low, high + 1) if gentec.full_scale(i) >= power)
        await self._send(f"*SCS{index:02d}")
        found = await self._number("*GCR", "Range")
        if found != index:
            raise self._wrong("the scale was not taken", f"*SCS{index:02d}", f"{found:g}")

    async def set_averages(self, count: int) -> None:
        """How many values of the meter make one (1..1000); averaged here."""
        self._check("number of samples", count, 1, MOST_SAMPLES, "", "*CVU")
        self._samples = OpticalSamples(count, self._samples.loss)

    async def set_attenuation(self, attenuation: float) -> None:
        """Loss in front of the head in dB (-60..60) that readings are corrected for, here."""
        self._check("attenuation", attenuation, -MOST_LOSS, MOST_LOSS, "dB", "*CVU")
        self._samples = OpticalSamples(self._samples.count, attenuation)

    async def zero(self) -> None:
        """Zero with the head dark; `InstrumentError` where it sees more than its lowest scale."""
        found = await self._same_head()
        await self._send("*COU")
        seen = await self._number("*CVU", "Current Value")
        if abs(seen) > gentec.full_scale(found.scales[0]):
            raise self._wrong(
                "the head sees light", "*CVU", f"{seen:g} W", "cover the head and zero again"
            )
        await self._send("*SOU")
        if await self._number("*GZO", "Zero") != ZEROED:
            raise self._wrong("the zero was not taken", "*SOU", "0")

    async def power(self) -> Reading:
        """Optical power in W at the head, corrected for the attenuation set.

        `InstrumentError` for overload, another head than before, and a head of which no accuracy
        is known.
        """
        await self._same_head()
        value = await self._samples.mean(self._watts, PERIOD)
        index = int(await self._number("*GCR", "Range"))
        try:
            full = gentec.full_scale(index)
            sheet = line(self._known()[0], full)
        except ValueError as error:
            raise self._wrong(str(error), "*GCR", f"{index}") from error
        seen = value / self._samples.factor
        if abs(seen) > OVER * full:
            raise self._wrong("the power is beyond the scale", "*CVU", f"{seen:g} W")
        return self._reading(value, "W", self._samples.line(sheet))

    async def _watts(self) -> float:
        return await self._number("*CVU", "Current Value")

    async def _nanometres(self) -> float:
        return await self._number("*GWL", "PWC")

    def _known(self) -> tuple[str, str]:
        if self._head is None:
            raise Defect("the power meter was not identified", address=self.address)
        return self._head

    async def _same_head(self) -> gentec.Status:
        """The status, with the head that was there when the meter was identified."""
        known = self._known()
        found = await self._status()
        if (found.head, found.serial) != known:
            raise self._wrong(
                "the head was exchanged",
                "*STS",
                f"{found.head} {found.serial}",
                f"connect {' '.join(known)} again",
            )
        return found

    async def _status(self) -> gentec.Status:
        data = await self._link.exchange(b"*STS\r", gentec.structure_frame)
        try:
            found = gentec.status(data)
        except ValueError as error:
            raise self._wrong(str(error), "*STS", repr(data[:80])) from error
        if found.mode != gentec.POWER_MODE:
            raise self._wrong(
                "the meter does not show power", "*STS", f"mode {found.mode}", "let it show W"
            )
        return found

    async def _text(self, command: str) -> str:
        data = await self._link.exchange(f"{command}\r".encode("ascii"), gentec.answer_frame)
        return gentec.last_line(data)

    async def _number(self, command: str, label: str) -> float:
        text = await self._text(command)
        try:
            return gentec.value(label, text)
        except ValueError as error:
            raise self._wrong(str(error), command, text) from error

    async def _send(self, command: str) -> None:
        await self._link.write(f"{command}\r".encode("ascii"))


DRIVER = GentecMaestro
