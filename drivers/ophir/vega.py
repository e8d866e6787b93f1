"""Ophir Vega power meter, RS-232 (Ophir "Guide to Programmers"; pylablib's Ophir module).

Commands begin with a dollar sign. The head is asked for before every reading: a head that was
exchanged is an error, not another value. A reading's serial number is that of meter and head. The
protocol tells no date of calibration. Values are averaged and corrected for attenuation here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, TypeVar

from drivers.codecs import ophir
from drivers.generic.optical_samples import MOST_LOSS, MOST_SAMPLES, OpticalSamples
from drivers.instrument import Instrument
from drivers.limits import BenchLimits
from drivers.links.link import MessageLink
from drivers.links.settings import MessageSettings
from drivers.ophir._heads import BANDS, band
from drivers.roles.laser_power_meter import PowerSensor
from labctl import clock
from labctl.errors import Defect
from labctl.evidence import Accuracy, Identity, Reading

T = TypeVar("T")

NANO = 1e-9
PERIOD = 1 / 15
"""Seconds between two new values of the meter: remembered."""

ZERO_PATIENCE, POLL = 60.0, 0.5
"""Seconds that zeroing may take, and between two questions for its end."""

DARK = 1.0
"""A head is taken as dark below so many times its lowest range."""

HEAD, LAMBDA, RANGES, UNIT = "$HI", "$AW", "$AR", "$SI"
AUTOMATIC = -1


class OphirVega(Instrument):
    """A Vega at the end of `link`; `limits` by the bench: `power` in W, the largest range."""

    what: ClassVar[str] = "power meter"
    settings: ClassVar[MessageSettings] = MessageSettings(
        write_terminator="\r",
        read_terminator="\r\n",
        timeout=3.0,
        idempotent=frozenset({"$II", "$VE", HEAD, LAMBDA, RANGES, UNIT}),
    )
    limit_units: ClassVar[dict[str, str]] = {"power": "W"}
    accuracies: ClassVar[tuple[Accuracy, ...]] = tuple(one.on(1.0) for one in BANDS)

    def __init__(self, link: MessageLink, limits: BenchLimits | None = None) -> None:
        super().__init__(link, limits)
        self._link = link
        self._head: ophir.Head | None = None
        self._samples = OpticalSamples()

    async def identify(self) -> Identity:
        """Ask who it is and which head it has; `InstrumentError` for another model, for no head,
        and where it does not show W."""
        name, serial, *more = await self._ask("$II", lambda answer: ophir.words(answer, 2))
        if "VEGA" not in (name.upper(), *(word.upper() for word in more)):
            raise self._wrong(
                "this is no Ophir Vega",
                "$II",
                " ".join((name, serial, *more)),
                "correct the address or the driver in the bench file",
            )
        firmware = await self._ask("$VE", ophir.body)
        self._head = await self._ask(HEAD, ophir.head)
        unit = await self._ask(UNIT, ophir.body)
        if unit.split()[:1] != ["W"]:
            raise self._wrong("the meter does not show W", UNIT, unit, "let it measure power in W")
        self._identity = Identity("Ophir", "Vega", serial, firmware)
        return self._identity

    async def resync(self) -> None:
        """The line in a known state."""
        await self._link.resync()

    async def safe(self) -> None:
        """The meter drives nothing, so there is no state to set or read back."""

    async def sensor(self) -> PowerSensor:
        """Which head is connected, its power in W; no certificate and no date, which the protocol
        does not tell."""
        known = await self._same_head()
        return PowerSensor(known.name, known.serial, "", "")

    async def set_wavelength(self, wavelength: float) -> None:
        """Wavelength in m that the responsivity is taken at, a whole number of nm; read back.

        `LimitRefused` outside the head's range.
        """
        await self._same_head()
        known = await self._ask(LAMBDA, ophir.wavelengths)
        wanted = round(wavelength / NANO)
        self._check("wavelength", round(wavelength / NANO, 6), known.low, known.high, "nm", "$WL")
        await self._ask(f"$WL{wanted}", ophir.body)
        found = await self._ask(LAMBDA, ophir.wavelengths)
        if found.current != wanted:
            raise self._wrong("the wavelength was not taken", "$WL", f"{found.current:g} nm")

    async def wavelength(self) -> Reading:
        """Wavelength in m that is in force."""
        found = await self._ask(LAMBDA, ophir.wavelengths)
        return self._value(found.current * NANO, "m", None)

    async def set_range(self, power: float | None) -> None:
        """The smallest range that holds `power` in W; None: autorange. Read back."""
        known = await self._ask(RANGES, ophir.ranges)
        index = AUTOMATIC
        if power is not None:
            highest = max(known.full_scales)
            most = min(highest, self._limits.get("power", highest))
            self._check("power", power, 0.0, most, "W", "$WN")
            holding = [full for full in known.full_scales if full >= power]
            index = known.full_scales.index(min(holding))
        await self._ask(f"$WN{index}", ophir.body)
        found = await self._ask(RANGES, ophir.ranges)
        if max(found.index, AUTOMATIC) != index:
            raise self._wrong("the range was not taken", f"$WN{index}", str(found.index))

    async def set_averages(self, count: int) -> None:
        """How many values of the meter, 15 a second, make one (1..1000); averaged here."""
        self._check("number of samples", count, 1, MOST_SAMPLES, "", "$SP")
        self._samples = OpticalSamples(count, self._samples.loss)

    async def set_attenuation(self, attenuation: float) -> None:
        """Loss in front of the head in dB (-60..60) that readings are corrected for, here."""
        self._check("attenuation", attenuation, -MOST_LOSS, MOST_LOSS, "dB", "$SP")
        self._samples = OpticalSamples(self._samples.count, attenuation)

    async def zero(self) -> None:
        """Zero with the head dark; `InstrumentError` where it sees light or does not end."""
        known = await self._ask(RANGES, ophir.ranges)
        seen = await self._ask("$SP", ophir.power)
        if abs(seen) > DARK * min(known.full_scales):
            raise self._wrong(
                "the head sees light", "$SP", f"{seen:g} W", "cover the head and zero again"
            )
        await self._ask("$ZE", ophir.body)
        until = clock.now() + ZERO_PATIENCE
        while "COMPLETED" not in (state := await self._ask("$ZQ", ophir.body)).upper():
            if "FAILED" in state.upper() or clock.now() > until:
                raise self._wrong("zeroing failed", "$ZQ", state, "cover the head")
            await clock.sleep(POLL)

    async def power(self) -> Reading:
        """Optical power in W at the head, corrected for the attenuation set.

        `InstrumentError` for overload, another head than before, and a wavelength for which the
        head's accuracy is not known.
        """
        known = await self._same_head()
        at = await self._ask(LAMBDA, ophir.wavelengths)
        value = await self._samples.mean(lambda: self._ask("$SP", ophir.power), PERIOD)
        full = self._full_scale(await self._ask(RANGES, ophir.ranges), value / self._samples.factor)
        try:
            line = band(known.name, at.current).on(full)
        except ValueError as error:
            raise self._wrong(str(error), LAMBDA, f"{at.current:g}") from error
        return self._value(value, "W", self._samples.line(line))

    def _full_scale(self, ranges: ophir.Ranges, value: float) -> float:
        """Full scale in W of the range in use; with autorange the smallest that holds `value`."""
        if ranges.index >= 0:
            return ranges.full_scales[ranges.index]
        holding = [full for full in ranges.full_scales if full >= abs(value)]
        return min(holding, default=max(ranges.full_scales))

    async def _same_head(self) -> ophir.Head:
        """The head that was there when the meter was identified."""
        if self._head is None:
            raise Defect("the power meter was not identified", address=self.address)
        found = await self._ask(HEAD, ophir.head)
        if found != self._head:
            raise self._wrong(
                "the head was exchanged",
                HEAD,
                f"{found.name} {found.serial}",
                f"connect {self._head.name} {self._head.serial} again",
            )
        return found

    async def _ask(self, command: str, decode: Callable[[str], T]) -> T:
        answer = await self._link.query(command)
        try:
            return decode(answer)
        except ophir.Refused as refusal:
            raise self._wrong(f"the meter refuses: {refusal}", command, answer) from refusal
        except ValueError as error:
            raise self._wrong(str(error), command, answer) from error

    def _value(self, value: float, unit: str, line: Accuracy | None) -> Reading:
        serial = self.identity.serial
        if self._head is not None:
            serial = f"{serial}+{self._head.serial}"
        return Reading(value, unit, *clock.stamp(), self.address, serial, line)


DRIVER = OphirVega
