"""What Keithley source meters with an SCPI command set share: sourcing, ranges, output, points.

The driver chooses the ranges itself and fixes them: the source range is the smallest that holds the
level, the measuring range the smallest that holds the compliance. So every reading of a curve has
one known line of the data sheet, which autoranging would not tell. Ask for a compliance near the
expected value: the offset error of the range is in every reading.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from typing import ClassVar

from drivers.accuracy import line_of
from drivers.instrument import ScpiInstrument
from drivers.keithley._ratings import UNITS, Ratings
from drivers.keithley._source import Source
from drivers.limits import BenchLimits
from drivers.links.link import MessageLink
from drivers.links.settings import MessageSettings
from drivers.roles.source_meter import IVPoint
from labctl.errors import InstrumentError, LinkError
from labctl.evidence import Reading

LINE_PERIOD = 1 / 50
"""Longest power line cycle in s."""


class ScpiSourceMeter(ScpiInstrument, ABC):
    """A source meter at the end of `link`.

    `limits` by the bench: `voltage` in V, `current` in A, `power` in W, that of the level at its
    compliance.
    """

    what: ClassVar[str] = "source meter"
    limit_units: ClassVar[dict[str, str]] = {"voltage": "V", "current": "A", "power": "W"}
    settings: ClassVar[MessageSettings]
    sources: ClassVar[type[Source]]
    """How this model is told what to source."""

    cycles_of_one_point: ClassVar[int] = 3
    """Integrations that a point may take, the two of automatic zero among them."""

    def __init__(self, link: MessageLink, limits: BenchLimits | None = None) -> None:
        super().__init__(link, limits)
        self._source: Source | None = None
        self._cycles = 1.0

    @abstractmethod
    async def measure(self) -> IVPoint:
        """One point at the present level, in V and A."""

    async def resync(self) -> None:
        """Line cleared, sweep aborted, errors cleared; settings are sent anew when needed."""
        self._source = None
        await self._scpi.resync()
        await self._scpi.set(":ABOR")

    async def safe(self) -> None:
        """Abort a sweep, output off; read back."""
        await self._scpi.set(":ABOR", ":OUTP OFF")
        await self._expect_output(False)

    async def source_voltage(
        self, level: float, *, compliance: float, voltage_range: float | None = None
    ) -> None:
        """Source `level` in V, limited to `compliance` in A; output state unchanged.

        `voltage_range` in V fixes the range (default: the smallest that holds the level).
        """
        await self._choose("voltage", level, compliance, voltage_range)

    async def source_current(
        self, level: float, *, compliance: float, current_range: float | None = None
    ) -> None:
        """Source `level` in A, limited to `compliance` in V; output state unchanged.

        `current_range` in A fixes the range (default: the smallest that holds the level).
        """
        await self._choose("current", level, compliance, current_range)

    async def integrate(self, power_line_cycles: float) -> None:
        """Integration time in power line cycles (0.01..10).

        Below 1 the data sheet's accuracy gets worse; take its scatter from repeated readings.
        """
        command = f":SENS:VOLT:NPLC {power_line_cycles:g}"
        self._check("integration time", power_line_cycles, 0.01, 10.0, "cycles", command)
        await self._scpi.set(command, f":SENS:CURR:NPLC {power_line_cycles:g}")
        self._cycles = power_line_cycles

    async def output(self, on: bool) -> None:
        """Output on or off, read back."""
        with self._unsure():
            await self._scpi.set(":OUTP ON" if on else ":OUTP OFF")
            await self._expect_output(on)

    @property
    def _ratings(self) -> Ratings:
        return self.sources.ratings

    @contextmanager
    def _unsure(self) -> Iterator[None]:
        """What fails inside leaves open what is sourced: it may be another's settings by now.

        An instrument that has restarted has the settings that it has after power-on.
        """
        try:
            yield
        except (LinkError, InstrumentError):
            self._source = None
            raise

    async def _choose(
        self, function: str, level: float, compliance: float, wanted: float | None
    ) -> None:
        command = self.sources(function, 0.0, compliance).level_command(level).split()[0]
        self._refuse(function, level, compliance, command)
        held = self._fixed(function, wanted, level, command)
        await self._go(self.sources(function, held, compliance), level)

    async def _go(self, source: Source, level: float) -> None:
        """Source `level`; what is set already is not sent again."""
        known, self._source = self._source, None
        if source == known:
            await self._scpi.set(source.level_command(level))
            self._source = source
            return
        was_on = await self._still(known, source.function)
        await self._scpi.set(*source.commands(level))
        self._source = source
        if was_on:
            await self.output(True)

    async def _still(self, known: Source | None, function: str) -> bool:
        """Output off before another function is sourced, whose old level would come first."""
        if known is not None and known.function == function:
            return False
        was_on = await self._scpi.is_on(":OUTP?")
        if was_on:
            await self.output(False)
        return was_on

    def _point(
        self,
        source: Source,
        values: dict[str, float],
        *,
        limited: bool,
        stamp: tuple[float, float],
    ) -> IVPoint:
        """`values` of voltage and current, read at `stamp` (run time, Unix time in s)."""
        ranges = {source.function: source.range, source.measured: source.measured_range}
        readings = {
            name: self._read(name, value, ranges[name], stamp) for name, value in values.items()
        }
        return IVPoint(readings["voltage"], readings["current"], limited)

    def _read(self, name: str, value: float, full: float, stamp: tuple[float, float]) -> Reading:
        line = line_of(self._ratings.accuracies, name, full)
        return Reading(value, line.unit, *stamp, self.address, self.identity.serial, line)

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
            raise self._wrong(
                f"the output is not {'on' if on else 'off'}",
                ":OUTP?",
                "0" if on else "1",
                "check the interlock, or switch the output off by hand",
            )

    def _patience(self, points: int) -> float:
        return (
            self.settings.timeout + points * self._cycles * LINE_PERIOD * self.cycles_of_one_point
        )

    def _refuse(self, source: str, level: float, compliance: float, command: str) -> None:
        volts, amps = (level, compliance) if source == "voltage" else (compliance, level)
        self._ratings.refuse(self._limits, volts, amps, address=self.address, command=command)
        held = "current" if source == "voltage" else "voltage"
        self._ratings.refuse_compliance(held, compliance, address=self.address, command=command)

    def _fixed(self, function: str, wanted: float | None, level: float, command: str) -> float:
        """The range to source on; `LimitRefused` for one that does not hold `level`."""
        ratings = self._ratings
        if wanted is None:
            return ratings.full_scale(function, level)
        low, most, unit = abs(level) / ratings.over, ratings.most(function), UNITS[function]
        self._check(f"{function} range", wanted, low, most, unit, command)
        return ratings.full_scale(function, wanted)
