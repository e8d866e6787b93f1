"""Yokogawa AQ6370D optical spectrum analyser (remote control manual, IM AQ6370D-17EN).

On Ethernet it wants a log-in first; `options` of the role in the bench file name who:
`user` and `password = {env = "NAME"}`. Without, it is the user anonymous.

Identifying resets the analyser (*RST): traces are then in dBm, and sampling points follow span and
resolution, so a sweep is never uncalibrated. Wavelengths are set to those in vacuum. The manual
asks for a time-out of 30 s, since the analyser adjusts its offset by itself every ten minutes.
"""

from __future__ import annotations

import math
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from msgspec import structs

from drivers.instrument import ScpiInstrument
from drivers.limits import BenchLimits
from drivers.links.link import MessageLink
from drivers.links.settings import MessageSettings
from drivers.options import Configured, Options
from drivers.roles.arrays import ReadingArray
from drivers.roles.optical_spectrum_analyzer import OpticalSpectrum, SpectralLine
from drivers.yokogawa import _aq6370_sheet as sheet
from drivers.yokogawa._login import LoggedIn, User
from labctl import clock
from labctl.errors import LimitRefused
from labctl.evidence import Accuracy, Identity, Reading

if TYPE_CHECKING:
    from collections.abc import Mapping

SWEPT, CALIBRATED = 1, 8
"""Bits of the operation status events: a sweep, a calibration has ended."""

PATIENCE, POLL, SELDOM = 1800.0, 0.2, 2.0
"""Seconds that a sweep may take (high sensitivity over the whole span), and between questions: of
a sweep, of a calibration."""

STEP_OF_MARKER = 1e-14
"""Wavelength in m of the last digit in which markers are told."""

MANNER = (
    ":FORM:DATA ASC", ":SENS:CORR:RVEL:MED VAC", ":SENS:SWE:POIN:AUTO ON", ":INIT:SMOD SING",
)  # fmt: skip
"""How it sweeps and answers, whatever is measured; lost when it restarts."""

EVENTS = ":STAT:OPER:EVEN?"
TRACE = "TRA"


class YokogawaAQ6370(ScpiInstrument):
    """An AQ6370D at the end of `link`, logged in as `user`; the bench limits nothing of it."""

    what: ClassVar[str] = "optical spectrum analyser"
    settings: ClassVar[MessageSettings] = MessageSettings(
        write_terminator="\r\n", read_terminator="\r\n", timeout=35.0
    )
    limit_units: ClassVar[dict[str, str]] = {}
    accuracies: ClassVar[tuple[Accuracy, ...]] = tuple(
        one for _, _, one in (*sheet.WAVELENGTH, *sheet.LEVEL)
    )

    def __init__(
        self, link: MessageLink, limits: BenchLimits | None = None, user: User | None = None
    ) -> None:
        self._login = LoggedIn(link, user or User())
        super().__init__(self._login, limits)
        self._span_at = -1
        self._step: float | None = None

    @classmethod
    def configured(cls, options: Mapping[str, Any]) -> Configured:
        """The driver with `user` and `password` of the bench file."""
        user = Options(options, ("user", "password"))
        who = User(user.text("user", "anonymous"), user.text("password", ""))
        return Configured(cls.settings, cls.limit_units, partial(cls, user=who))

    async def identify(self) -> Identity:
        """Log in, ask who it is, reset it; `InstrumentError` for another model."""
        self._step = None
        found = await self._scpi.identity("YOKOGAWA", "AQ6370D")
        await self._scpi.set("*CLS")
        await self._scpi.set("*RST")
        await self._scpi.set(*MANNER)
        self._identity = found
        self._span_at = self._login.entries
        return found

    async def resync(self) -> None:
        """Line cleared, logged in anew, sweep stopped, errors cleared."""
        await self._scpi.resync()
        await self._scpi.set(":ABOR")

    async def safe(self) -> None:
        """Stop sweeping. The analyser drives nothing, so there is no state to read back."""
        await self._scpi.set(":ABOR")

    async def set_span(self, start: float, stop: float) -> None:
        """Vacuum wavelengths from `start` to `stop` in m (600..1700 nm), read back.

        Sent as centre and span: a start beyond the old stop, or the reverse, would be refused.
        """
        command = ":SENS:WAV"
        self._check("wavelength", start, sheet.SHORTEST, stop, "m", f"{command}:STAR")
        self._check("wavelength", stop, start, sheet.LONGEST, "m", f"{command}:STOP")
        if self._span_at != self._login.entries:
            await self._scpi.set(*MANNER)
        for head, wanted in (("CENT", (start + stop) / 2), ("SPAN", stop - start)):
            await self._scpi.set(f"{command}:{head} {wanted:.9g}")
        for head, wanted in (("STAR", start), ("STOP", stop)):
            await self._expect(f"{command}:{head}?", wanted, 1e-12)
        self._span_at = self._login.entries

    async def set_resolution(self, resolution: float) -> None:
        """Resolution bandwidth in m: the widest setting that is not above `resolution`."""
        command = ":SENS:BAND:RES"
        try:
            wanted = sheet.widest(resolution)
        except ValueError as error:
            raise self._refused(str(error), f"{command} {resolution:g}") from error
        await self._scpi.set(f"{command} {wanted:.3g}")
        await self._expect(f"{command}?", wanted, 1e-13)

    async def set_sensitivity(self, level: float) -> None:
        """The fastest setting whose noise floor lies below `level` in dBm."""
        command = ":SENS:SENS"
        try:
            wanted = sheet.fastest(level)
        except ValueError as error:
            raise self._refused(str(error), f"{command} for {level:g} dBm") from error
        await self._scpi.set(f"{command} {wanted}")
        await self._expect(f"{command}?", wanted, 0.0)

    async def set_averages(self, sweeps: int) -> None:
        """Sweeps (1..999) that make one trace."""
        command = f":SENS:AVER:COUN {sweeps}"
        self._check("number of sweeps", sweeps, 1, sheet.MOST_SWEEPS, "", command)
        await self._scpi.set(command)

    async def sweep(self) -> OpticalSpectrum:
        """One trace, wavelengths in m and levels in dBm; returns when it is done.

        `InstrumentError` where a level is beyond +20 dBm, where the sweep does not end, and after
        a lost line until a span is set again.
        """
        if self._span_at != self._login.entries:
            raise self._wrong(
                "the line was taken up anew: the analyser may have other settings",
                ":INIT",
                "",
                "set span, resolution and sensitivity again",
            )
        self._step = None
        await self._run(":INIT", SWEPT)
        t, utc = clock.stamp()
        resolution = await self._scpi.number(":SENS:BAND:RES?")
        count = int(await self._scpi.number(f":TRAC:SNUM? {TRACE}"))
        wavelengths = await self._scpi.numbers(f":TRAC:X? {TRACE}", count)
        levels = await self._scpi.numbers(f":TRAC:Y? {TRACE}", count)
        if max(levels) > sheet.STRONGEST:
            raise self._wrong(
                "the input is overloaded",
                ":TRAC:Y?",
                f"{max(levels):g} dBm",
                "put an attenuator before the input",
            )
        ends = wavelengths[0], wavelengths[-1]
        self._step = (ends[1] - ends[0]) / max(count - 1, 1)
        return OpticalSpectrum(
            self._array(wavelengths, "m", t, utc, sheet.line(sheet.WAVELENGTH, *ends)),
            self._array(levels, "dBm", t, utc, sheet.line(sheet.LEVEL, *ends)),
            resolution,
        )

    async def peak(self) -> SpectralLine:
        """Highest point of the last `sweep`, in m and dBm; its points are the resolution in m.

        `InstrumentError` where nothing was swept, or something else since: a calibration.
        """
        if self._step is None or self._span_at != self._login.entries:
            raise self._wrong("no trace of the light is there", ":CALC:MARK:MAX", "", "sweep first")
        await self._scpi.set(":CALC:MARK:MAX")
        wavelength = await self._scpi.number(":CALC:MARK:X? 0")
        level = await self._scpi.number(":CALC:MARK:Y? 0")
        sampled = structs.replace(
            sheet.line(sheet.WAVELENGTH, wavelength, wavelength), resolution=self._step
        )
        return SpectralLine(
            self._reading(wavelength, "m", sampled),
            self._reading(level, "dBm", sheet.line(sheet.LEVEL, wavelength, wavelength)),
        )

    async def calibrate_wavelength(self) -> Reading:
        """Adjust to the built-in reference line; the correction made, in m.

        The reference output must be connected to the input: `InstrumentError` where the line is
        not within the sheet's limits of its known place afterwards. The analyser does not tell what
        it has corrected: the line is swept before and after, and its shift is the correction.
        """
        centre, around = sheet.REFERENCE
        start = await self._scpi.number(":SENS:WAV:STAR?")
        stop = await self._scpi.number(":SENS:WAV:STOP?")
        line = sheet.line(sheet.WAVELENGTH, centre, centre)
        self._step = None  # what is swept now is the reference line
        await self.set_span(centre - around, centre + around)
        try:
            before = await self._bottom()
            await self._run(":CAL:WAV:INT", CALIBRATED, SELDOM)
            after = await self._bottom()
        finally:
            await self.set_span(start, stop)
        if not abs(after - centre) <= line.offset + STEP_OF_MARKER:
            raise self._wrong(
                f"the reference line is not at {centre:.7g} m",
                ":CALC:MARK:X? 0",
                f"{after:.9g}",
                "connect the reference output to the input and calibrate again",
            )
        return self._reading(after - before, "m", line)

    async def _bottom(self) -> float:
        """Wavelength in m of the lowest point, swept anew: the reference line absorbs."""
        await self._run(":INIT", SWEPT)
        await self._scpi.set(":CALC:MARK:MIN")
        return await self._scpi.number(":CALC:MARK:X? 0")

    async def _run(self, command: str, ended: int, poll: float = POLL) -> None:
        """Let `command` run to the event `ended`; `InstrumentError` where it fails.

        It is asked for every `poll` s.
        """
        await self._scpi.set("*CLS")
        await self._scpi.set(command)
        until = clock.now() + PATIENCE
        while not int(await self._scpi.number(EVENTS)) & ended:
            if clock.now() > until:
                await self._scpi.set(":ABOR")
                raise self._wrong(f"{command} does not end", EVENTS, "0")
            await clock.sleep(poll)
        errors = await self._scpi.errors()
        if errors:
            texts = "; ".join(f"{entry.code} {entry.text}" for entry in errors)
            raise self._wrong(f"{command} failed", command, texts)

    async def _expect(self, command: str, wanted: float, within: float) -> None:
        found = await self._scpi.number(command)
        if not math.isclose(found, wanted, rel_tol=0.0, abs_tol=within):
            raise self._wrong("the setting was not taken", command, f"{found:g}")

    def _refused(self, what: str, command: str) -> LimitRefused:
        return LimitRefused(
            what, address=self.address, command=command, remedy="ask for one that it has"
        )

    def _array(
        self, values: list[float], unit: str, t: float, utc: float, line: Accuracy
    ) -> ReadingArray:
        import numpy as np

        serial = self.identity.serial
        return ReadingArray(np.array(values), unit, t, utc, self.address, serial, line)


DRIVER = YokogawaAQ6370
