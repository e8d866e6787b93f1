"""Keithley 2450 source meter, SCPI (reference manual 2450-901-01; data sheet SPEC-2450 Rev. A).

The driver chooses the ranges itself and fixes them: the source range is the smallest that holds the
level, the measuring range the smallest that holds the compliance. So every reading of a curve has
one known line of the data sheet, which autoranging would not tell. Ask for a compliance near the
expected value: the offset error of the range is in every reading.

The sourced quantity is measured too (source readback) and has the measuring accuracy of its range.
The data sheet's accuracy holds at 1 power line cycle and 23 degC +-5 degC.
"""

from __future__ import annotations

from typing import ClassVar

from drivers.accuracy import line_of
from drivers.generic.scpi import Scpi
from drivers.keithley import _k2450_sweep as sweep
from drivers.keithley._identity import identify
from drivers.keithley._k2450_sheet import (
    ACCURACIES,
    MAX_CURRENT,
    MAX_VOLTAGE,
    OVER,
    full_scale,
    refuse,
    refuse_compliance,
)
from drivers.keithley._k2450_source import Source
from drivers.limits import BenchLimits, refuse_outside
from drivers.links.link import MessageLink
from drivers.links.settings import MessageSettings
from drivers.roles.source_meter import IVPoint
from labctl import clock
from labctl.errors import Defect, InstrumentError, LimitRefused, LinkError
from labctl.evidence import Accuracy, Identity, Reading

LIMITED = 1 << 5
"""Bit 5 (32) of the source status, manual 2450-901-01 Rev. B p. 8-29: the source was limited."""

LINE_PERIOD = 1 / 50
"""Longest power line cycle in s."""


class Keithley2450:
    """A 2450 at the end of `link`; `limits` by the bench: `voltage` in V, `current` in A."""

    settings: ClassVar[MessageSettings] = MessageSettings(
        timeout=2.0, idempotent=frozenset({"*IDN?", "*LANG?", ":OUTP?", ":TRIG:STAT?"})
    )
    limit_units: ClassVar[dict[str, str]] = {"voltage": "V", "current": "A"}
    accuracies: ClassVar[tuple[Accuracy, ...]] = ACCURACIES

    def __init__(self, link: MessageLink, limits: BenchLimits | None = None) -> None:
        self._scpi = Scpi(link)
        self._limits = dict(limits or {})
        self._identity: Identity | None = None
        self._source: Source | None = None
        self._cycles = 1.0

    @property
    def address(self) -> str:
        """The link's address."""
        return self._scpi.address

    @property
    def identity(self) -> Identity:
        """Who answered to `identify()`; `Defect` before it was called."""
        if self._identity is None:
            raise Defect("the source meter was not identified", address=self.address)
        return self._identity

    async def identify(self) -> Identity:
        """Ask who it is and clear old errors; `InstrumentError` for another model or language."""
        self._identity = await identify(self._scpi, "2450")
        return self._identity

    async def resync(self) -> None:
        """Line cleared, sweep aborted, errors cleared; settings are sent anew when needed."""
        self._source = None
        await self._scpi.resync()
        await self._scpi.set(":ABOR")

    async def safe(self) -> None:
        """Abort a sweep, output off; read back."""
        await self._scpi.set(":ABOR", ":OUTP OFF")
        await self._expect_output(False)

    async def close(self) -> None:
        """Give the line back; the output stays as it is."""
        await self._scpi.close()

    async def source_voltage(
        self, level: float, *, compliance: float, voltage_range: float | None = None
    ) -> None:
        """Source `level` in V, limited to `compliance` in A; output state unchanged.

        `voltage_range` in V fixes the range (default: the smallest that holds the level).
        """
        command = ":SOUR:VOLT:LEV"
        self._refuse("voltage", level, compliance, command)
        held = self._fixed("voltage", voltage_range, level, command)
        await self._go(Source("voltage", held, compliance), level)

    async def source_current(
        self, level: float, *, compliance: float, current_range: float | None = None
    ) -> None:
        """Source `level` in A, limited to `compliance` in V; output state unchanged.

        `current_range` in A fixes the range (default: the smallest that holds the level).
        """
        command = ":SOUR:CURR:LEV"
        self._refuse("current", level, compliance, command)
        held = self._fixed("current", current_range, level, command)
        await self._go(Source("current", held, compliance), level)

    async def integrate(self, power_line_cycles: float) -> None:
        """Integration time in power line cycles (0.01..10).

        Below 1 the data sheet's accuracy gets worse; take its scatter from repeated readings.
        """
        command = f":SENS:VOLT:NPLC {power_line_cycles:g}"
        self._check("integration time", power_line_cycles, 0.01, 10.0, "cycles", command)
        await self._scpi.set(command, f":SENS:CURR:NPLC {power_line_cycles:g}")
        self._cycles = power_line_cycles

    async def wires(self, count: int) -> None:
        """2 or 4 wires (local or remote sense)."""
        if count not in (2, 4):
            raise LimitRefused(f"{count} wires, expected 2 or 4", address=self.address)
        state = "ON" if count == 4 else "OFF"
        await self._scpi.set(f":SENS:VOLT:RSEN {state}", f":SENS:CURR:RSEN {state}")

    async def output(self, on: bool) -> None:
        """Output on or off, read back."""
        await self._scpi.set(":OUTP ON" if on else ":OUTP OFF")
        await self._expect_output(on)

    async def measure(self) -> IVPoint:
        """One point at the present level; `InstrumentError` where nothing is being sourced.

        After a `LinkError` that is so until something is sourced again.
        """
        source = self._sourcing()
        command = f":READ? {sweep.BUFFER},SOUR,READ,SOURSTAT"
        try:
            sourced, measured, status = await self._scpi.numbers(command, 3, self._patience(1))
        except LinkError:
            # It may have restarted, with the settings it has after power-on.
            self._source = None
            raise
        t, utc = clock.stamp()
        return self._point(source, sourced, measured, int(status), t, utc)

    async def sweep_voltage(
        self, start: float, stop: float, points: int, *, delay: float, compliance: float
    ) -> list[IVPoint]:
        """Linear voltage sweep from `start` to `stop` in V (`stop` may be the lower one).

        `points` levels, `delay` in s between setting a level and measuring, `compliance` in A.
        All points are on one range; the output is off afterwards. Times are the instrument's
        own, counted from the first point, which is taken to come `delay` and one integration
        after the start.
        """
        command = ":SOUR:SWE:VOLT:LIN"
        for level in (start, stop):
            self._refuse("voltage", level, compliance, command)
        self._check("number of points", points, 2, sweep.MOST_POINTS, "", command)
        self._check("delay", delay, 0.0, 10_000.0, "s", command)
        widest = full_scale("voltage", max(abs(start), abs(stop)))
        source = Source("voltage", widest, compliance)
        await self._go(source, start)
        await self._scpi.set(
            f":TRAC:CLE {sweep.BUFFER}",
            f"{command} {start:.9g},{stop:.9g},{points},{delay:.9g},1,FIX,OFF,OFF,{sweep.BUFFER}",
        )
        return await self._swept(source, points, delay)

    async def _swept(self, source: Source, points: int, delay: float) -> list[IVPoint]:
        t0, utc0 = await sweep.start(self._scpi)
        aperture = self._cycles * LINE_PERIOD
        await clock.sleep(points * (delay + aperture))
        await sweep.finish(self._scpi)
        rows = await sweep.fetch(self._scpi, points, self._patience(1))
        await self.output(False)
        lead = delay + aperture - rows[0][2]
        return [
            self._point(source, volts, amps, int(status), t0 + lead + rel, utc0 + lead + rel)
            for volts, amps, rel, status in rows
        ]

    async def _go(self, source: Source, level: float) -> None:
        """Source `level`; what is set already is not sent again."""
        if source == self._source:
            self._source = None
            await self._scpi.set(source.level_command(level))
            self._source = source
            return
        was_on = await self._still(source.function)
        self._source = None
        await self._scpi.set(*source.commands(level))
        self._source = source
        if was_on:
            await self.output(True)

    async def _still(self, function: str) -> bool:
        """Output off before another function is sourced, whose old level would come first."""
        if self._source is not None and self._source.function == function:
            return False
        was_on = await self._scpi.is_on(":OUTP?")
        if was_on:
            await self.output(False)
        return was_on

    def _point(
        self, source: Source, sourced: float, measured: float, status: int, t: float, utc: float
    ) -> IVPoint:
        readings = {
            source.function: self._reading(source.function, sourced, source.range, t, utc),
            source.measured: self._reading(
                source.measured, measured, source.measured_range, t, utc
            ),
        }
        return IVPoint(readings["voltage"], readings["current"], bool(status & LIMITED))

    def _reading(self, name: str, value: float, full: float, t: float, utc: float) -> Reading:
        line = line_of(self.accuracies, name, full)
        return Reading(value, line.unit, t, utc, self.address, self.identity.serial, line)

    def _sourcing(self) -> Source:
        if self._source is None:
            raise InstrumentError(
                "nothing is being sourced",
                address=self.address,
                remedy="source a voltage or a current before measuring",
            )
        return self._source

    async def _expect_output(self, on: bool) -> None:
        if await self._scpi.is_on(":OUTP?") != on:
            wanted = "on" if on else "off"
            raise self._scpi.wrong(
                f"the output is not {wanted}",
                ":OUTP?",
                "0" if on else "1",
                "check the interlock, or switch the output off by hand",
            )

    def _patience(self, points: int) -> float:
        return self.settings.timeout + points * self._cycles * LINE_PERIOD * 3

    def _refuse(self, source: str, level: float, compliance: float, command: str) -> None:
        volts, amps = (level, compliance) if source == "voltage" else (compliance, level)
        refuse(self._limits, volts, amps, address=self.address, command=command)
        held = "current" if source == "voltage" else "voltage"
        refuse_compliance(held, compliance, address=self.address, command=command)

    def _fixed(self, function: str, wanted: float | None, level: float, command: str) -> float:
        """The range to source on; `LimitRefused` for one that does not hold `level`."""
        if wanted is None:
            return full_scale(function, level)
        most = MAX_VOLTAGE if function == "voltage" else MAX_CURRENT
        self._check(f"{function} range", wanted, abs(level) / OVER, most, "", command)
        return full_scale(function, wanted)

    def _check(
        self, what: str, value: float, low: float, high: float, unit: str, command: str
    ) -> None:
        refuse_outside(what, value, low, high, unit, address=self.address, command=command)


DRIVER = Keithley2450
