"""SRS RGA100, RGA200 and RGA300 residual gas analyzers, RS232 (28800 baud).

Commands by the operating manual and programming reference, revision 1.8, chapter 6. A measurement
needs the filament: the emission is asked for before and after it, so a head that restarted or that
shut its filament down is told and never read as an empty chamber. The wire has no check sum: an ion
current whose bytes changed on the way, within what four bytes can hold, cannot be told.

The port keeps RTS asserted, so the head may send at any time; its CTS is not heeded, as every
command is far shorter than the head's buffer of 140 characters (6-7). The noise floor (NF) stays as
the head has it; peak tuning and degassing are not offered.
"""

from __future__ import annotations

from typing import ClassVar

from drivers.codecs import srs_rga as codec
from drivers.instrument import Identified
from drivers.limits import BenchLimits, refuse_outside
from drivers.links.link import BytesLink
from drivers.links.settings import BytesSettings
from drivers.roles.arrays import ReadingArray
from drivers.roles.mass_spectrometer import MassSpectrum
from drivers.srs._head import (
    LEAST_EMISSION,
    MILLI,
    MOST_EMISSION,
    MOST_VOLTAGE,
    TORR,
    Head,
)
from drivers.srs._talk import Talk
from labctl import clock
from labctl.errors import InstrumentError, UsageError
from labctl.evidence import Accuracy, Identity, Reading

SHEET = (
    "SRS RGA as in the laboratory's table of instruments, not re-read: 5 to 10 % after calibration "
    "of its sensitivity with a reference gas"
)
FLOOR_SHEET = "5e-11 Torr to be detected at 2e-4 A/Torr with the Faraday cup (remembered)"
FLOOR = 1e-14
"""Smallest ion current in A that counts."""

FINEST, COARSEST = 25, 10
"""Points in a mass of an analog scan."""

CALIBRATING = 120.0
"""Seconds within which everything is calibrated."""


class SrsRga(Identified):
    """An RGA head at the end of `link`; `limits` by the bench: `emission` in A and `multiplier`
    in V."""

    what: ClassVar[str] = "mass spectrometer"
    settings: ClassVar[BytesSettings] = BytesSettings(timeout=5.0)
    limit_units: ClassVar[dict[str, str]] = {"emission": "A", "multiplier": "V"}
    accuracies: ClassVar[tuple[Accuracy, ...]] = (
        Accuracy("ion_current", 1e-7, "A", 0.1, FLOOR, f"{SHEET}; {FLOOR_SHEET}"),
        Accuracy("partial_pressure", 1e-2, "Pa", 0.1, 5e-11 * TORR, f"{SHEET}; {FLOOR_SHEET}"),
        Accuracy("total_pressure", 1e-2, "Pa", 0.1, 5e-11 * TORR, f"{SHEET}; {FLOOR_SHEET}"),
    )

    def __init__(self, link: BytesLink, limits: BenchLimits | None = None) -> None:
        self._talk = Talk(link)
        super().__init__(self._talk, limits)
        self._head = Head(self._talk)
        self._largest = 100
        self._emission = 1e-3

    async def identify(self) -> Identity:
        """Ask who it is; `InstrumentError` where it is no SRS RGA."""
        try:
            head = await self._talk.ask("ID", codec.identity)
        except InstrumentError as error:
            raise self._talk.wrong(
                "this is no SRS RGA",
                error.command,
                error.answer,
                "correct the address or the driver in the bench file",
            ) from error
        self._largest = head.largest_mass
        model = f"RGA{head.largest_mass}"
        self._identity = Identity("Stanford Research Systems", model, head.serial, head.firmware)
        return self._identity

    async def resync(self) -> None:
        """Scan ended, RF and DC off, line in a known state; filament and multiplier as they are."""
        await self._talk.stop()

    async def safe(self) -> None:
        """Filament and multiplier off, read back; RF and DC off."""
        await self._talk.stop()
        try:
            await self._head.off()
        finally:
            await self._head.bias(0)

    async def close(self) -> None:
        """Give the line back; the head goes on."""
        await self._talk.close()

    async def filament(self, on: bool) -> None:
        """Ion source emitting, with 1 mA unless `set_emission` said otherwise, or off; read back.

        `LimitRefused` where the head finds the pressure too high for it.
        """
        await (self._head.emit(self._emission) if on else self._head.off())

    async def set_emission(self, current: float) -> None:
        """Emission current in A, 0.02e-3 to 3.5e-3; at once where the filament is on."""
        most = min(MOST_EMISSION, self._limits.get("emission", MOST_EMISSION))
        self._check("emission", current, LEAST_EMISSION, most, "A", "FL")
        self._emission = round(current / MILLI, 2) * MILLI
        if await self._head.emitted() > 0:
            await self.filament(True)

    async def multiplier(self, voltage: float) -> None:
        """Voltage of the electron multiplier in V, read back; 0: Faraday cup."""
        most = min(MOST_VOLTAGE, self._limits.get("multiplier", MOST_VOLTAGE))
        self._check("voltage", voltage, 0.0, most, "V", "HV")
        await self._head.bias(round(voltage))

    async def scan(self, start: float, stop: float, *, points_per_mass: int) -> MassSpectrum:
        """Analog scan between the whole masses `start` and `stop` in u, ion currents in A, with 10
        to 25 points in a mass."""
        self._check("points in a mass", points_per_mass, COARSEST, FINEST, "", "SA")
        first, last = self._masses(start, stop)
        await self._talk.set("SA", points_per_mass)
        return await self._spectrum("SC", "AP", first, last, points_per_mass)

    async def histogram(self, start: float, stop: float) -> MassSpectrum:
        """Peak heights in A at the whole masses from `start` to `stop` in u."""
        first, last = self._masses(start, stop)
        return await self._spectrum("HS", "HP", first, last, 1)

    async def single_mass(self, mass: float) -> Reading:
        """Ion current at the whole `mass` in u, in A: the largest within 0.3 u of it."""
        return self._reading(await self._peak(mass), "A", self.accuracies[0])

    async def partial_pressure(self, mass: float) -> Reading:
        """Partial pressure in Pa at the whole `mass` in u, by the stored sensitivity."""
        per_pascal = await self._head.gain() * await self._head.sensitivity("SP")
        current = await self._peak(mass)
        return self._reading(current / per_pascal, "Pa", self.accuracies[1])

    async def total_pressure(self) -> Reading:
        """Total pressure in Pa, by the stored sensitivity; with the Faraday cup alone."""
        await self._head.emitting("TP?")
        if voltage := await self._head.voltage():
            raise self._talk.wrong(
                "the total pressure is not measured with the multiplier on",
                "HV?",
                f"{voltage} V",
                "switch the multiplier off first",
            )
        sensitivity = await self._head.sensitivity("ST")
        await self._talk.tell("TP", "1")
        (current,) = await self._talk.currents("TP", "?", 1)
        await self._sound("TP?")
        return self._reading(current / sensitivity, "Pa", self.accuracies[2])

    async def zero(self) -> None:
        """Electrometer zeroed at the present settings (CA, up to two minutes)."""
        status = await self._talk.act("CA", timeout=CALIBRATING)
        if status:
            raise self._talk.wrong(await self._talk.described(status), "CA", f"STATUS {status}")

    async def _peak(self, mass: float) -> float:
        (whole,) = self._whole(mass, command="MR")
        await self._head.emitting(f"MR{whole}")
        (current,) = await self._talk.currents("MR", str(whole), 1)
        await self._sound(f"MR{whole}")
        return current

    async def _spectrum(
        self, trigger: str, size: str, first: int, last: int, per_mass: int
    ) -> MassSpectrum:
        """One scan; the total pressure that ends it is not used."""
        import numpy as np

        await self._head.emitting(f"{trigger}1")
        for name, value in (("MI", 1), ("MF", last), ("MI", first)):
            await self._talk.set(name, value)
        points = (last - first) * per_mass + 1
        found = await self._talk.ask(size, codec.integer)
        if found != points:
            raise self._talk.wrong(f"{points} points were expected", f"{size}?", str(found))
        t, utc = clock.stamp()
        currents = await self._talk.currents(trigger, "1", points + 1)
        await self._sound(f"{trigger}1")
        values = np.asarray(currents[:-1], dtype=np.float64)
        masses = first + np.arange(points, dtype=np.float64) / per_mass
        serial, line = self.identity.serial, self.accuracies[0]
        return MassSpectrum(masses, ReadingArray(values, "A", t, utc, self.address, serial, line))

    async def _sound(self, command: str) -> None:
        """No error in what was measured, and the filament on: also where the head restarted."""
        await self._talk.no_error(command)
        await self._head.emitting(command)

    def _masses(self, start: float, stop: float) -> tuple[int, int]:
        first, last = self._whole(start, stop, command="MI, MF")
        if first >= last:
            raise UsageError(
                f"a scan goes up, not from {first} to {last} u",
                address=self.address,
                remedy="exchange start and stop, or ask for single_mass",
            )
        return first, last

    def _whole(self, *masses: float, command: str) -> list[int]:
        """Masses in u as whole numbers from 1 to the head's largest."""
        for mass in masses:
            self._check("mass", mass, 1.0, float(self._largest), "u", command)
            if mass != round(mass):
                raise UsageError(
                    f"the head is told whole masses, not {mass:g} u",
                    address=self.address,
                    command=command,
                    remedy="ask for a whole mass; an analog scan shows what is in between",
                )
        return [round(mass) for mass in masses]

    def _check(
        self, what: str, value: float, low: float, high: float, unit: str, command: str
    ) -> None:
        refuse_outside(what, value, low, high, unit, address=self.address, command=command)

    def _reading(self, value: float, unit: str, line: Accuracy) -> Reading:
        t, utc = clock.stamp()
        return Reading(value, unit, t, utc, self.address, self.identity.serial, line)


DRIVER = SrsRga
