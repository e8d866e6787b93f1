"""Keithley 2400 source meter, SCPI (user's manual 2400S-900-01 Rev. K; SPEC-2400 Rev. H).

Real units have GPIB and RS-232; over a network it is reached through a gateway.

Voltage and current are both measured in every point. The data sheet's accuracy holds at 1 power
line cycle and 23 degC +-5 degC.
"""

from __future__ import annotations

from typing import ClassVar

from drivers.keithley._k2400_sheet import ACCURACIES
from drivers.keithley._k2400_source import ELEMENTS, Source2400
from drivers.keithley._source import Source
from drivers.keithley._source_meter import LINE_PERIOD, ScpiSourceMeter
from drivers.links.settings import MessageSettings
from drivers.roles.source_meter import IVPoint
from labctl import clock
from labctl.errors import LimitRefused
from labctl.evidence import Accuracy, Identity

READ = ":READ?"
OVERFLOW, COMPLIANCE, RANGE_COMPLIANCE = 1 << 0, 1 << 3, 1 << 16
"""Status word, manual 2400S-900-01 Rev. K, p. 18-50: measured over range; in real compliance; held
by the range that is measured on."""

MOST_POINTS = 2500
"""Readings of one trigger (:TRIGger:COUNt)."""

WIDTH = 4


class Keithley2400(ScpiSourceMeter):
    """A 2400 at the end of `link`; `limits`: `voltage` in V, `current` in A, `power` in W."""

    settings: ClassVar[MessageSettings] = MessageSettings(
        timeout=2.0, idempotent=frozenset({"*IDN?", ":OUTP?"})
    )
    accuracies: ClassVar[tuple[Accuracy, ...]] = ACCURACIES
    sources: ClassVar[type[Source]] = Source2400
    cycles_of_one_point: ClassVar[int] = 6

    async def identify(self) -> Identity:
        """Ask who it is, clear old errors, set what a reading holds; `InstrumentError` for
        another model."""
        found = await self._scpi.identity("KEITHLEY", "2400")
        await self._scpi.set("*CLS", ":FORM:DATA ASC", ELEMENTS)
        self._identity = found
        return found

    async def wires(self, count: int) -> None:
        """2 or 4 wires (local or remote sense)."""
        if count not in (2, 4):
            raise LimitRefused(f"{count} wires, expected 2 or 4", address=self.address)
        await self._scpi.set(f":SYST:RSEN {int(count == 4)}")

    async def measure(self) -> IVPoint:
        """One point at the present level in V and A; the output must be on.

        `InstrumentError` where nothing is being sourced, the output is off, or a value is beyond
        its range. After a failure something must be sourced again.
        """
        source = self._sourcing()
        with self._unsure():
            row = await self._scpi.numbers(READ, WIDTH, self._patience(1))
            return self._row(source, *row, stamp=clock.stamp())

    async def sweep_voltage(
        self, start: float, stop: float, points: int, *, delay: float, compliance: float
    ) -> list[IVPoint]:
        """Linear voltage sweep from `start` to `stop` in V (`stop` may be the lower one).

        `points` levels (2..2500), `delay` in s between setting a level and measuring, `compliance`
        in A. All points are on one range; the output is off afterwards, also where it fails. Times
        are the instrument's own, counted from the first point, which is taken to come `delay` and
        two integrations after the start.
        """
        command = ":SOUR:SWE:POIN"
        self._check("number of points", points, 2, MOST_POINTS, "", command)
        self._check("delay", delay, 0.0, 999.9998, "s", command)
        for level in (start, stop):
            self._refuse("voltage", level, compliance, command)
        widest = self._ratings.full_scale("voltage", max(abs(start), abs(stop)))
        source = Source2400("voltage", widest, compliance)
        await self._go(source, start)
        with self._unsure():
            await self._scpi.set(*source.sweep_commands(start, stop, points, delay))
        try:
            await self.output(True)
            return await self._swept(source, points, delay)
        finally:
            self._source = None
            await self.output(False)

    async def _swept(self, source: Source, points: int, delay: float) -> list[IVPoint]:
        t0, utc0 = clock.stamp()
        aperture = 2 * self._cycles * LINE_PERIOD
        patience = points * (delay + 0.01) + self._patience(points)
        flat = await self._scpi.numbers(READ, WIDTH * points, patience)
        rows = [flat[i : i + WIDTH] for i in range(0, len(flat), WIDTH)]
        lead = delay + aperture - rows[0][2]
        return [
            self._row(source, *row, stamp=(t0 + lead + row[2], utc0 + lead + row[2]))
            for row in rows
        ]

    def _row(
        self,
        source: Source,
        voltage: float,
        current: float,
        _: float,
        status: float,
        *,
        stamp: tuple[float, float],
    ) -> IVPoint:
        word = int(status)
        if word & OVERFLOW:
            raise self._wrong(
                "the value is beyond the range that it is measured on",
                READ,
                f"{voltage:g},{current:g},{word}",
                "ask for a compliance or a range that holds the value",
            )
        values = {"voltage": voltage, "current": current}
        limited = bool(word & (COMPLIANCE | RANGE_COMPLIANCE))
        return self._point(source, values, limited=limited, stamp=stamp)


DRIVER = Keithley2400
