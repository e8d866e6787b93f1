"""Thorlabs PM100D optical power meter, SCPI (operation manual 17654-D02, section 6.4).

What is measured depends on the head. The driver asks for it before every reading: a head that was
exchanged is an error, not another value. A reading's serial number is that of console and head, so
the errors of two heads never count as one.
"""

from __future__ import annotations

import math
from typing import ClassVar

from drivers.generic.scpi import Scpi
from drivers.instrument import Identified
from drivers.limits import BenchLimits, refuse_outside
from drivers.links.link import MessageLink
from drivers.links.settings import MessageSettings
from drivers.roles.laser_power_meter import PowerSensor
from drivers.thorlabs._heads import BANDS, Head, band, head
from labctl import clock
from labctl.errors import Defect, InstrumentError
from labctl.evidence import Accuracy, Identity, Reading

NANO = 1e-9
SAMPLE = 0.003
"""Seconds that one sample of an average takes (manual, SENSe:AVERage:COUNt)."""

MOST_SAMPLES = 3000
MOST_LOSS = 60.0
"""Attenuation in dB that can be corrected, either way."""

DARK = 50e-9
"""Largest zero correction in A that is darkness: the meter's lowest current range."""

ZERO_PATIENCE = 30.0
"""Seconds that zeroing may take."""

POLL = 0.2
OVER = 1.05
"""A reading above so many times its range is overload, also where the meter does not say so."""

HEAD = "SYST:SENS:IDN?"


class ThorlabsPM100D(Identified):
    """A PM100D at the end of `link`; `limits` by the bench: `power` in W, the largest range."""

    what: ClassVar[str] = "power meter"
    settings: ClassVar[MessageSettings] = MessageSettings(
        timeout=3.0,
        idempotent=frozenset({
            *("*IDN?", HEAD, "SENS:POW:RANG?", "SENS:CORR:WAV?"),
            *("SENS:CORR:COLL:ZERO:STAT?", "SENS:CORR:COLL:ZERO:MAGN?"),
        }),
    )
    limit_units: ClassVar[dict[str, str]] = {"power": "W"}
    accuracies: ClassVar[tuple[Accuracy, ...]] = tuple(one.line for one in BANDS)

    def __init__(self, link: MessageLink, limits: BenchLimits | None = None) -> None:
        self._scpi = Scpi(link)
        super().__init__(self._scpi, limits)
        self._head: Head | None = None
        self._samples = 1

    async def identify(self) -> Identity:
        """Ask who it is and which head it has, clear old errors, read in W.

        `InstrumentError` for another model, and for a head that is none of power or has no
        calibration.
        """
        found = await self._scpi.identity("THORLABS", "PM100D")
        await self._scpi.set("*CLS")
        self._head = await self._ask_head()
        await self._scpi.set("SENS:POW:UNIT W")
        self._identity = found
        return found

    async def resync(self) -> None:
        """Line cleared, measuring aborted, errors cleared; units are W again."""
        await self._scpi.resync()
        await self._scpi.set("ABOR", "SENS:POW:UNIT W")

    async def safe(self) -> None:
        """Abort measuring. The meter drives nothing, so there is no state to read back."""
        await self._scpi.set("ABOR")

    async def close(self) -> None:
        """Give the line back."""
        await self._scpi.close()

    async def sensor(self) -> PowerSensor:
        """Which head is connected; wavelength in m and power in W follow its calibration."""
        return (await self._same_head()).sensor

    async def set_wavelength(self, wavelength: float) -> None:
        """Wavelength in m that the responsivity is taken at, read back.

        `LimitRefused` outside the head's range.
        """
        command = "SENS:CORR:WAV"
        await self._same_head()
        low = await self._scpi.number(f"{command}? MIN")
        high = await self._scpi.number(f"{command}? MAX")
        self._check("wavelength", wavelength / NANO, low, high, "nm", command)
        wanted = f"{wavelength / NANO:.7g}"
        await self._scpi.set(f"{command} {wanted}")
        found = await self._nanometres()
        if not math.isclose(found, float(wanted), abs_tol=0.05):
            raise self._scpi.wrong("the wavelength was not taken", command, f"{found:g} nm")

    async def wavelength(self) -> Reading:
        """Wavelength in m that is in force."""
        found = await self._nanometres()
        return self._reading(found * NANO, "m", None)

    async def set_range(self, power: float | None) -> None:
        """The smallest range that holds `power` in W; None: autorange."""
        command = "SENS:POW:RANG"
        if power is None:
            await self._scpi.set(f"{command}:AUTO 1")
            return
        most = min(await self._scpi.number(f"{command}? MAX"), self._limits.get("power", math.inf))
        self._check("power", power, 0.0, most, "W", command)
        await self._scpi.set(f"{command}:AUTO 0", f":{command} {power:.9g}")
        found = await self._scpi.number(f"{command}?")
        if found * OVER < power:
            raise self._scpi.wrong("the range was not taken", command, f"{found:g} W")

    async def set_averages(self, count: int) -> None:
        """How many samples (1..3000, 3 ms each) make one value."""
        command = f"SENS:AVER:COUN {count}"
        self._check("number of samples", count, 1, MOST_SAMPLES, "", command)
        await self._scpi.set(command)
        self._samples = count

    async def set_attenuation(self, attenuation: float) -> None:
        """Loss in front of the head in dB (-60..60) that readings are corrected for."""
        command = "SENS:CORR:LOSS:INP:MAGN"
        self._check("attenuation", attenuation, -MOST_LOSS, MOST_LOSS, "dB", command)
        await self._scpi.set(f"{command} {attenuation:.9g}")

    async def zero(self) -> None:
        """Zero with the head dark; `InstrumentError` where it sees light or does not end."""
        command = "SENS:CORR:COLL:ZERO"
        await self._scpi.set(f"{command}:INIT")
        until = clock.now() + ZERO_PATIENCE
        while await self._scpi.is_on(f"{command}:STAT?"):
            if clock.now() > until:
                await self._scpi.set(f"{command}:ABOR")
                raise self._scpi.wrong("zeroing does not end", f"{command}:STAT?", "1")
            await clock.sleep(POLL)
        await self._expect_no_error(command)
        correction = await self._scpi.number(f"{command}:MAGN?")
        if abs(correction) > DARK:
            raise self._scpi.wrong(
                "the head sees light",
                f"{command}:MAGN?",
                f"{correction:g} A",
                "cover the head and zero again",
            )

    async def power(self) -> Reading:
        """Optical power in W at the head, corrected for the attenuation set.

        `InstrumentError` for overload, another head than before, and a wavelength for which the
        head's accuracy is not known.
        """
        known = await self._same_head()
        wavelength = await self._nanometres()
        value = await self._scpi.number("MEAS:POW?", self._patience())
        full = await self._scpi.number("SENS:POW:RANG?")
        if abs(value) > OVER * full:
            raise self._scpi.wrong("the power is beyond the range", "MEAS:POW?", f"{value:g} W")
        try:
            line = band(known.sensor.model, wavelength).on(full)
        except ValueError as error:
            raise self._scpi.wrong(str(error), "SENS:CORR:WAV?", f"{wavelength:g}") from error
        return self._reading(value, "W", line)

    async def _ask_head(self) -> Head:
        answer = await self._scpi.text(HEAD)
        try:
            found = head(answer)
        except ValueError as error:
            raise self._scpi.wrong(str(error), HEAD, answer, "connect a calibrated head") from error
        if not found.measures_power:
            raise self._scpi.wrong("this is no head for power at a wavelength", HEAD, answer)
        return found

    async def _same_head(self) -> Head:
        """The head that was there when the meter was identified."""
        if self._head is None:
            raise Defect("the power meter was not identified", address=self.address)
        found = await self._ask_head()
        if found != self._head:
            raise self._scpi.wrong(
                "the head was exchanged",
                HEAD,
                f"{found.sensor.model} {found.sensor.serial}",
                f"connect {self._head.sensor.model} {self._head.sensor.serial} again",
            )
        return found

    async def _expect_no_error(self, command: str) -> None:
        errors = await self._scpi.errors()
        if errors:
            texts = "; ".join(f"{entry.code} {entry.text}" for entry in errors)
            raise self._scpi.wrong("zeroing failed", command, texts, "cover the head")

    async def _nanometres(self) -> float:
        found = await self._scpi.number("SENS:CORR:WAV?")
        if found <= 0:
            raise InstrumentError(
                "this is no wavelength",
                address=self.address,
                command="SENS:CORR:WAV?",
                answer=f"{found:g}",
            )
        return found

    def _reading(self, value: float, unit: str, line: Accuracy | None) -> Reading:
        serial = self.identity.serial
        if self._head is not None:
            serial = f"{serial}+{self._head.sensor.serial}"
        return Reading(value, unit, *clock.stamp(), self.address, serial, line)

    def _patience(self) -> float:
        return self.settings.timeout + 2 * SAMPLE * self._samples

    def _check(
        self, what: str, value: float, low: float, high: float, unit: str, command: str
    ) -> None:
        refuse_outside(what, value, low, high, unit, address=self.address, command=command)


DRIVER = ThorlabsPM100D
