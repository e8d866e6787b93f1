"""Keithley 2636B source meter, TSP (reference manual 2600BS-901-01), its channel A.

A 2636B has two channels; a role is one of them. `keithley.k2636b` drives `smua` and
`keithley.k2636b_smub` drives `smub` of the same instrument.

The driver chooses the ranges itself and fixes them: the source range is the smallest that holds the
level, the measuring range the smallest that holds the compliance. So every reading has one known
line of the data sheet. Ask for a compliance near the expected value.

Both voltage and current of a point are measured. The data sheet's accuracy holds at 1 power line
cycle and 23 degC +-5 degC.
"""

from __future__ import annotations

from typing import ClassVar

from drivers.accuracy import line_of
from drivers.instrument import Identified
from drivers.keithley._k2636b_sheet import (
    ACCURACIES,
    OVER,
    UNITS,
    refuse,
    refuse_compliance,
    source_range,
)
from drivers.keithley._k2636b_source import Source
from drivers.keithley._tsp import CLEAR, Tsp
from drivers.limits import BenchLimits, refuse_outside
from drivers.links.link import MessageLink
from drivers.links.settings import MessageSettings
from drivers.roles.source_meter import IVPoint
from labctl import clock
from labctl.errors import InstrumentError, LimitRefused
from labctl.evidence import Accuracy, Identity, Reading

LINE_PERIOD = 1 / 50
"""Longest power line cycle in s."""

MOST_POINTS = 10_000
TOP_RANGE = {"voltage": 200.0, "current": 1.5}
PRECISION = "format.asciiprecision=10"
"""Digits of a printed number; 6 after power-on, fewer than the display shows."""


class Keithley2636B(Identified):
    """A channel of a 2636B at the end of `link`.

    `limits` by the bench: `voltage` in V, `current` in A, `power` in W, that of the level at its
    compliance.
    """

    what: ClassVar[str] = "source meter"
    settings: ClassVar[MessageSettings] = MessageSettings(
        timeout=2.0,
        idempotent=frozenset({
            # Not the error count, which says that settings were taken: asked again after a restart
            # it would say so of settings that were lost.
            "*IDN?",
            *(f"print({channel}.source.output)" for channel in ("smua", "smub")),
            *(f"print({channel}.source.compliance)" for channel in ("smua", "smub")),
        }),
    )
    limit_units: ClassVar[dict[str, str]] = {"voltage": "V", "current": "A", "power": "W"}
    accuracies: ClassVar[tuple[Accuracy, ...]] = ACCURACIES
    channel: ClassVar[str] = "smua"

    def __init__(self, link: MessageLink, limits: BenchLimits | None = None) -> None:
        self._tsp = Tsp(link)
        super().__init__(self._tsp, limits)
        self._source: Source | None = None
        self._cycles = 1.0

    async def identify(self) -> Identity:
        """Ask who it is and clear old errors; `InstrumentError` for another model."""
        found = await self._tsp.identity("KEITHLEY", "2636B")
        await self._tsp.set(CLEAR, PRECISION)
        self._identity = found
        return found

    async def resync(self) -> None:
        """Line cleared, script ended, errors cleared; settings are sent anew when needed."""
        self._source = None
        await self._tsp.resync()
        await self._tsp.set(PRECISION)

    async def safe(self) -> None:
        """This channel's overlapped operations ended, its output off; read back."""
        await self._tsp.set(f"{self.channel}.abort()", f"{self.channel}.source.output=0")
        await self._expect_output(False)

    async def close(self) -> None:
        """Give the line back; the output stays as it is."""
        await self._tsp.close()

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
        """Integration time in power line cycles (0.01..10; the instrument itself takes 0.001..25).

        Below 1 the data sheet's accuracy gets worse; take its scatter from repeated readings.
        """
        command = f"{self.channel}.measure.nplc={power_line_cycles:g}"
        self._check("integration time", power_line_cycles, 0.01, 10.0, "cycles", command)
        await self._tsp.set(command)
        self._cycles = power_line_cycles

    async def wires(self, count: int) -> None:
        """2 or 4 wires (local or remote sense)."""
        if count not in (2, 4):
            raise LimitRefused(f"{count} wires, expected 2 or 4", address=self.address)
        await self._tsp.set(f"{self.channel}.sense={int(count == 4)}")

    async def output(self, on: bool) -> None:
        """Output on or off, read back."""
        await self._tsp.set(f"{self.channel}.source.output={int(on)}")
        await self._expect_output(on)

    async def measure(self) -> IVPoint:
        """One point at the present level in V and A.

        `InstrumentError` where nothing is being sourced or the output is off.
        """
        source = self._sourcing()
        await self._expect_output(True)
        return await self._point(source)

    async def sweep_voltage(
        self, start: float, stop: float, points: int, *, delay: float, compliance: float
    ) -> list[IVPoint]:
        """Linear voltage sweep from `start` to `stop` in V (`stop` may be the lower one).

        `points` levels, `delay` in s between setting a level and measuring, `compliance` in A.
        All points are on one range; the output is off afterwards, also where a point fails. The
        levels are sent one by one, so a point takes some 10 ms more than delay and integration.
        """
        command = f"{self.channel}.source.levelv"
        self._check("number of points", points, 2, MOST_POINTS, "", command)
        self._check("delay", delay, 0.0, 10_000.0, "s", command)
        for level in (start, stop):
            self._refuse("voltage", level, compliance, command)
        widest = source_range("voltage", max(abs(start), abs(stop)))
        await self._choose("voltage", start, compliance, widest)
        source = self._sourcing()
        await self.output(True)
        try:
            step = (stop - start) / (points - 1)
            return [
                await self._step(source, start + index * step, delay) for index in range(points)
            ]
        finally:
            await self.output(False)

    async def _step(self, source: Source, level: float, delay: float) -> IVPoint:
        await self._tsp.set(source.level_statement(level))
        await clock.sleep(delay)
        return await self._point(source)

    async def _point(self, source: Source) -> IVPoint:
        expression = f"{self.channel}.measure.iv()"
        amps, volts = await self._tsp.numbers(expression, 2, self._patience())
        t, utc = clock.stamp()
        limited = await self._tsp.is_true(f"{self.channel}.source.compliance")
        scales = source.full_scales
        return IVPoint(
            self._reading("voltage", volts, scales["voltage"], t, utc),
            self._reading("current", amps, scales["current"], t, utc),
            limited,
        )

    async def _choose(
        self, function: str, level: float, compliance: float, wanted: float | None
    ) -> None:
        command = f"{self.channel}.source.level{'v' if function == 'voltage' else 'i'}"
        self._refuse(function, level, compliance, command)
        if wanted is not None:
            low, top = abs(level) / OVER, TOP_RANGE[function]
            self._check(f"{function} range", wanted, low, top, UNITS[function], command)
        full = source_range(function, level if wanted is None else wanted)
        await self._go(Source(self.channel, function, full, compliance), level)

    async def _go(self, source: Source, level: float) -> None:
        """What is set already is not sent again; another function is chosen with output off."""
        if source == self._source:
            await self._tsp.set(source.level_statement(level))
            return
        was_on = await self._still(source.function)
        self._source = None
        await self._tsp.set(*source.statements(level))
        self._source = source
        if was_on:
            await self.output(True)

    async def _still(self, function: str) -> bool:
        """Output off before another function is sourced, whose old level would come first."""
        if self._source is not None and self._source.function == function:
            return False
        was_on = await self._tsp.is_on(f"{self.channel}.source.output")
        if was_on:
            await self.output(False)
        return was_on

    async def _expect_output(self, on: bool) -> None:
        expression = f"{self.channel}.source.output"
        if await self._tsp.is_on(expression) != on:
            wanted = "on" if on else "off"
            raise self._tsp.wrong(
                f"the output is not {wanted}",
                f"print({expression})",
                "0" if on else "1",
                "check the interlock, or switch the output by hand",
            )

    def _sourcing(self) -> Source:
        if self._source is None:
            raise InstrumentError(
                "nothing is being sourced",
                address=self.address,
                remedy="source a voltage or a current before measuring",
            )
        return self._source

    def _reading(self, name: str, value: float, full: float, t: float, utc: float) -> Reading:
        line = line_of(self.accuracies, name, full)
        return Reading(value, line.unit, t, utc, self.address, self.identity.serial, line)

    def _patience(self) -> float:
        return self.settings.timeout + self._cycles * LINE_PERIOD * 4

    def _refuse(self, source: str, level: float, compliance: float, command: str) -> None:
        volts, amps = (level, compliance) if source == "voltage" else (compliance, level)
        refuse(self._limits, volts, amps, address=self.address, command=command)
        held = "current" if source == "voltage" else "voltage"
        refuse_compliance(held, compliance, address=self.address, command=command)

    def _check(
        self, what: str, value: float, low: float, high: float, unit: str, command: str
    ) -> None:
        refuse_outside(what, value, low, high, unit, address=self.address, command=command)


DRIVER = Keithley2636B
