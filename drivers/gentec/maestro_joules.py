"""Gentec-EO MAESTRO with a joulemeter head, serial or USB, text mode (user's manual, revision 8.1).

Commands as in `maestro`: `*NVU` tells whether there is a value that was not asked for yet (page
83), `*CVU` gives it in J (page 81), `*STL` sets the trigger level in percent of the scale (page
64). Every setting is read back. Between two values the head is asked for every 20 ms, so that
pulses that come faster than some ten a second may be missed: `energies` refuses where their times
show it. Values are corrected for attenuation here. The serial number is that of the head.
"""

from __future__ import annotations

import math
from typing import ClassVar

from drivers.codecs import gentec
from drivers.generic.optical_samples import MOST_LOSS
from drivers.gentec._joule_heads import ACCURACIES, head, line
from drivers.instrument import Instrument
from drivers.limits import BenchLimits
from drivers.links.link import BytesLink
from drivers.links.settings import BytesSettings
from drivers.roles.arrays import ReadingArray
from labctl import clock
from labctl.errors import Defect
from labctl.evidence import Accuracy, Identity, Reading

NANO = 1e-9
POLL = 0.02
ENERGY_MODE = 1
OVER = 1.05
"""A reading above so many times its scale is overload: the meter clips a little above it."""

ALIKE = 0.3
"""Part of the usual spacing of pulses by which one may differ before some count as missed."""

YES, NO = ("new data available", "available", "1"), ("new data not available", "not available", "0")


class GentecMaestroJoules(Instrument):
    """A MAESTRO at the end of `link`; `limits` by the bench: `energy` in J, the largest scale."""

    what: ClassVar[str] = "energy meter"
    settings: ClassVar[BytesSettings] = BytesSettings(timeout=3.0)
    limit_units: ClassVar[dict[str, str]] = {"energy": "J"}
    accuracies: ClassVar[tuple[Accuracy, ...]] = ACCURACIES

    def __init__(self, link: BytesLink, limits: BenchLimits | None = None) -> None:
        super().__init__(link, limits)
        self._link = link
        self._head: tuple[str, str] | None = None
        self._loss = 0.0
        self._seen: list[float] = []

    async def identify(self) -> Identity:
        """Ask who it is and which head it has; `InstrumentError` for another model, no head, one
        that is not known, and a meter that does not show energy in J."""
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
        try:
            head(found.head)
        except ValueError as error:
            raise self._wrong(str(error), "*STS", found.head, "connect a QE head") from error
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

    async def set_wavelength(self, wavelength: float) -> None:
        """Wavelength in m that the calibration is taken at, a whole number of nm; read back."""
        low, high = (await self._same_head()).wavelengths
        wanted = round(wavelength / NANO)
        self._check("wavelength", round(wavelength / NANO, 6), low, high, "nm", "*PWC")
        await self._send(f"*PWC{wanted:05d}")
        await self._expect("*GWL", "PWC", wanted)

    async def set_range(self, energy: float) -> None:
        """The smallest scale that holds `energy` in J; read back."""
        low, high = (await self._same_head()).scales
        most = min(gentec.full_scale(high), self._limits.get("energy", math.inf))
        self._check("energy", energy, 0.0, most, "J", "*SCS")
        index = next(i for i in range(low, high + 1) if gentec.full_scale(i) >= energy)
        await self._send(f"*SCS{index:02d}")
        await self._expect("*GCR", "Range", index)

    async def set_trigger(self, level: float) -> None:
        """Trigger level as a fraction (0.001..0.999) of the scale; read back."""
        self._check("trigger level", level, 0.001, 0.999, "", "*STL")
        await self._send(f"*STL{100.0 * level:04.1f}")
        await self._expect("*GTL", "Trigger Level", round(100.0 * level, 1))

    async def set_attenuation(self, attenuation: float) -> None:
        """Loss in front of the head in dB (-60..60) that readings are corrected for, here."""
        self._check("attenuation", attenuation, -MOST_LOSS, MOST_LOSS, "dB", "*CVU")
        self._loss = attenuation

    async def energy(self, *, timeout: float) -> Reading:
        """Energy in J of the next pulse; waits at most `timeout` in s. A value that lies there
        from before is dropped.

        `InstrumentError` for no pulse, overload, and another head than before.
        """
        await self._same_head()
        if await self._is_new():
            await self._number("*CVU", "Current Value")
        full = await self._scale()
        return await self._next(timeout, full)

    async def energies(self, pulses: int, *, timeout: float) -> ReadingArray:
        """Energy in J of the next `pulses` pulses, shape (pulses,), at most `timeout` in s between
        two; `InstrumentError` where their times show that one was missed."""
        import numpy as np

        self._check("number of pulses", pulses, 1, 100_000, "", "*CVU")
        first = await self.energy(timeout=timeout)
        found = [first]
        full = await self._scale()
        for _ in range(pulses - 1):
            found.append(await self._next(timeout, full))
        times = np.diff([one.t for one in found])
        if times.size and np.abs(times / np.median(times) - 1.0).max() > ALIKE:
            answer = f"{times.min():.3g} s to {times.max():.3g} s apart"
            raise self._wrong("pulses were missed", "*NVU", answer, "lower the repetition rate")
        values = np.array([one.value for one in found])
        return ReadingArray(
            values, "J", first.t, first.utc, self.address, self.identity.serial, first.accuracy
        )

    async def repetition_rate(self) -> Reading:
        """Repetition rate in Hz of the last two pulses, by when their values were met: to the 20 ms
        between two questions."""
        if len(self._seen) < 2:
            raise self._wrong("two pulses are not there yet", "*NVU", "", "let the laser fire")
        apart = self._seen[-1] - self._seen[-2]
        return self._reading(1.0 / apart, "Hz", None)

    async def _next(self, timeout: float, full: float) -> Reading:
        """The next new value, on a scale of `full` in J."""
        end = clock.now() + timeout
        while not await self._is_new():
            if clock.now() > end:
                raise self._wrong(
                    f"no pulse within {timeout:g} s", "*NVU", NO[0], "check trigger level and beam"
                )
            await clock.sleep(POLL)
        self._seen = [*self._seen[-1:], clock.now()]
        value = await self._number("*CVU", "Current Value")
        if value > OVER * full:
            raise self._wrong("the energy is beyond the scale", "*CVU", f"{value:g} J")
        factor = 10.0 ** (self._loss / 10.0)
        sheet = line(self._known()[0], full)
        if self._loss:
            sheet = Accuracy(
                sheet.function, full * factor, "J", sheet.gain, sheet.offset * factor, sheet.source
            )
        return self._reading(value * factor, "J", sheet)

    async def _scale(self) -> float:
        return gentec.full_scale(int(await self._number("*GCR", "Range")))

    async def _is_new(self) -> bool:
        text = (await self._text("*NVU")).lower()
        if text not in (*YES, *NO):
            raise self._wrong("the answer does not tell whether a value is new", "*NVU", text)
        return text in YES

    def _known(self) -> tuple[str, str]:
        if self._head is None:
            raise Defect("the energy meter was not identified", address=self.address)
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
        if found.mode != ENERGY_MODE:
            mode = f"mode {found.mode}"
            raise self._wrong("the meter does not show energy", "*STS", mode, "let it show J")
        return found

    async def _expect(self, query: str, label: str, value: float) -> None:
        found = await self._number(query, label)
        if not math.isclose(found, value, abs_tol=1e-6):
            raise self._wrong(f"{value:g} was not taken", query, f"{found:g}")

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


DRIVER = GentecMaestroJoules
