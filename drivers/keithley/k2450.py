"""Keithley 2450 source meter, SCPI (reference manual 2450-901-01; data sheet SPEC-2450 Rev. A).

The sourced quantity is measured too (source readback) and has the measuring accuracy of its range.
The data sheet's accuracy holds at 1 power line cycle and 23 degC +-5 degC.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from drivers.keithley import _k2450_sweep as sweep
from drivers.keithley._identity import identify
from drivers.keithley._k2450_sheet import ACCURACIES
from drivers.keithley._k2450_source import Source2450
from drivers.keithley._source import Source
from drivers.keithley._source_meter import LINE_PERIOD, ScpiSourceMeter
from drivers.keithley._trigger_model import until_idle
from drivers.links.settings import MessageSettings
from drivers.roles.source_meter import IVPoint
from labctl import clock
from labctl.errors import LimitRefused
from labctl.evidence import Accuracy, Identity

TURNED = 0.1
"""Part of a sweep's span by which what was sourced may go the other way: noise."""

LIMITED = 1 << 5
"""Bit 5 (32) of the source status, manual 2450-901-01 Rev. B p. 8-29: the source was limited."""


class Keithley2450(ScpiSourceMeter):
    """A 2450 at the end of `link`; `limits`: `voltage` in V, `current` in A, `power` in W."""

    settings: ClassVar[MessageSettings] = MessageSettings(
        timeout=2.0, idempotent=frozenset({"*IDN?", "*LANG?", ":OUTP?", ":TRIG:STAT?"})
    )
    accuracies: ClassVar[tuple[Accuracy, ...]] = ACCURACIES
    sources: ClassVar[type[Source]] = Source2450

    async def identify(self) -> Identity:
        """Ask who it is and clear old errors; `InstrumentError` for another model or language."""
        self._identity = await identify(self._scpi, "2450")
        return self._identity

    async def wires(self, count: int) -> None:
        """2 or 4 wires (local or remote sense)."""
        if count not in (2, 4):
            raise LimitRefused(f"{count} wires, expected 2 or 4", address=self.address)
        state = "ON" if count == 4 else "OFF"
        await self._scpi.set(f":SENS:VOLT:RSEN {state}", f":SENS:CURR:RSEN {state}")

    async def measure(self) -> IVPoint:
        """One point at the present level; `InstrumentError` where nothing is being sourced.

        After a failure that is so until something is sourced again.
        """
        source = self._sourcing()
        command = f":READ? {sweep.BUFFER},SOUR,READ,SOURSTAT"
        with self._unsure():
            row = await self._scpi.numbers(command, 3, self._patience(1))
        return self._row(source, *row, stamp=clock.stamp())

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
        widest = self._ratings.full_scale("voltage", max(abs(start), abs(stop)))
        source = Source2450("voltage", widest, compliance)
        await self._go(source, start)
        await self._scpi.set(
            f":TRAC:CLE {sweep.BUFFER}",
            f"{command} {start:.9g},{stop:.9g},{points},{delay:.9g},1,FIX,OFF,OFF,{sweep.BUFFER}",
        )
        return await self._swept(source, (start, stop), points, delay)

    def _refuse_another(
        self, levels: tuple[float, float], rows: Sequence[tuple[float, ...]]
    ) -> None:
        """The buffer may hold an earlier sweep; what was sourced tells in which direction.

        The compliance may hold the voltage, but never turn it.
        """
        (start, stop), (first, last) = levels, (rows[0][0], rows[-1][0])
        if (last - first) / (stop - start or 1.0) < -TURNED:
            answer = f"from {first:g} V to {last:g} V"
            raise self._scpi.wrong("this is another sweep", sweep.DATA, answer)

    async def _swept(
        self, source: Source, levels: tuple[float, float], points: int, delay: float
    ) -> list[IVPoint]:
        t0, utc0 = await sweep.start(self._scpi)
        aperture = self._cycles * LINE_PERIOD
        planned = points * (delay + aperture)
        await clock.sleep(planned)
        await until_idle(self._scpi, "the sweep", planned)
        rows = await sweep.fetch(self._scpi, points, self._patience(1))
        self._refuse_another(levels, rows)
        await self.output(False)
        lead = delay + aperture - rows[0][2]
        return [
            self._row(source, volts, amps, status, stamp=(t0 + lead + rel, utc0 + lead + rel))
            for volts, amps, rel, status in rows
        ]

    def _row(
        self,
        source: Source,
        sourced: float,
        measured: float,
        status: float,
        *,
        stamp: tuple[float, float],
    ) -> IVPoint:
        values = {source.function: sourced, source.measured: measured}
        return self._point(source, values, limited=bool(int(status) & LIMITED), stamp=stamp)


DRIVER = Keithley2450
