"""IO Rodeo Rodeostat of hardware version 0.2, JSON lines over USB serial (115200 baud).

Commands and answers by the maker's documentation (docs/json.rst) and firmware FW0.1.0 of
iorodeo/potentiostat. The Rodeostat has no serial number of its own, only a number that anybody may
write, so `identity.serial` is "" and a run with it counts as simulated. It has no galvanostat and
no impedance.

The electrodes are open from power-on; a test connects them for its time (auto-connect). A range of
the potential is changed with the electrodes open: the converter keeps its code, and the potential
would jump by the ratio of the ranges. The wire has no check sum; a digit that became another one
within what was asked for cannot be told.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import ClassVar

from drivers.accuracy import line_of
from drivers.codecs.rodeostat import Sample
from drivers.instrument import Identified
from drivers.iorodeo import _sheet as sheet
from drivers.iorodeo import _tests as tests
from drivers.iorodeo._cell import Cell
from drivers.iorodeo._talk import Talk
from drivers.iorodeo._tests import Stamp, Test
from drivers.limits import BenchLimits, refuse_beyond, refuse_outside
from drivers.links.link import BytesLink
from drivers.links.settings import BytesSettings
from drivers.roles.potentiostat import CellReading, ImpedanceSpectrum, Voltammogram
from labctl import clock
from labctl.errors import InstrumentError, UsageError
from labctl.evidence import Accuracy, Identity, Reading

SHORTEST, LONGEST = 1e-3, 1.0
"""Sample period in s (ps_constants.cpp)."""

LONGEST_TEST, MOST_POINTS = 7 * 24 * 3600.0, 100_000
HIGHEST_FREQUENCY = 500.0
"""Frequency in Hz of a square wave: a period of two samples."""


class IoRodeoRodeostat(Identified):
    """A Rodeostat at the end of `link`; `limits` by the bench: `potential` in V (magnitude),
    `current` in A."""

    what: ClassVar[str] = "potentiostat"
    settings: ClassVar[BytesSettings] = BytesSettings(timeout=2.0)
    limit_units: ClassVar[dict[str, str]] = {"potential": "V", "current": "A"}
    accuracies: ClassVar[tuple[Accuracy, ...]] = sheet.ACCURACIES

    def __init__(self, link: BytesLink, limits: BenchLimits | None = None) -> None:
        self._talk = Talk(link)
        super().__init__(self._talk, limits)
        self._cell = Cell(self._talk)
        self._ranges: dict[str, float] = {}
        self._potential = 0.0

    async def identify(self) -> Identity:
        """Ask who it is; `InstrumentError` for another variant than those of hardware 0.2."""
        variant = await self._talk.word("getVariant", "variant")
        if variant not in sheet.VARIANTS:
            raise self._talk.wrong(
                "this is no Rodeostat whose electrodes can be disconnected",
                "getVariant",
                variant,
                f"use one of {', '.join(sheet.VARIANTS)}",
            )
        firmware = await self._talk.word("getVersion", "version")
        self._ranges = {name: sheet.AMPERES[name] for name in sheet.VARIANTS[variant]}
        if self._cell.range not in self._ranges:
            largest = max(self._ranges.values())
            most = min(largest, self._limits.get("current", largest))
            self._cell.range = sheet.range_of(self._ranges, most)
        self._identity = Identity("IO Rodeo", f"Rodeostat {variant}", "", firmware)
        return self._identity

    async def resync(self) -> None:
        """Test ended, line in a known state; a cell that was held stays connected."""
        await self._talk.end_line()
        await self._talk.stop()
        self._cell.on = await self._cell.connected()

    async def safe(self) -> None:
        """Test ended, every electrode disconnected and 0 V set, both read back."""
        await self._talk.stop()
        await self._cell.disconnect()
        await self._cell.set_volt(0.0)

    async def close(self) -> None:
        """Give the line back; the cell stays as it is."""
        await self._talk.close()

    async def cell(self, on: bool) -> None:
        """Cell connected at the potential in V that was applied last (0 V at first), or
        disconnected; read back."""
        await (self._cell.hold(self._potential) if on else self._cell.disconnect())

    async def set_current_range(self, current: float) -> None:
        """The smallest current range of the variant that holds `current` in A; at first the
        largest, or the one that holds the bench's limit."""
        command = "setCurrRange"
        refuse_beyond(self._limits, "current", current, "A", address=self.address, command=command)
        self._known()
        self._check("current", abs(current), 0.0, max(self._ranges.values()), "A", command)
        self._cell.range = sheet.range_of(self._ranges, current)
        await self._cell.set_range()

    async def apply_potential(self, potential: float) -> None:
        """Hold `potential` in V; with the cell off it is held from `cell(True)` on."""
        self._potentials(potential, command="setVolt")
        self._potential = potential
        if self._cell.on:
            await self._cell.change(potential)

    async def apply_current(self, current: float, *, compliance: float) -> None:
        """`UsageError`: a Rodeostat has no galvanostat that would hold `current` in A."""
        raise self._lacks("galvanostat")

    async def measure(self) -> CellReading:
        """Potential in V and current in A at this moment."""
        self._known()
        await self._cell.keep_range()
        potential, volts = await self._cell.reference()
        full = self._ranges[self._cell.range]
        current = await self._cell.current(full)
        connected = await self._cell.connected()
        if connected != self._cell.on:
            raise self._talk.wrong(
                "the cell is not as it was set; the instrument may have restarted",
                "getAllElectConnected",
                str(connected),
                "connect or disconnect the cell again",
            )
        return CellReading(
            self._reading("potential", potential, "V", volts),
            self._reading("current", current, "A", full),
            abs(current) >= 0.999 * full,
        )

    async def open_circuit_potential(self) -> Reading:
        """Potential in V of the working against the reference electrode, the counter electrode
        disconnected; all are afterwards."""
        self._known()
        potential, volts = await self._cell.rest()
        return self._reading("potential", potential, "V", volts)

    async def cyclic_voltammetry(
        self, begin: float, vertex1: float, vertex2: float, *, step: float, rate: float, scans: int
    ) -> Voltammogram:
        """Cycle between the vertices in V, by `step` in V at `rate` in V/s, from `begin` in between
        to `vertex1` first; the cell is off afterwards."""
        self._potentials(vertex1, vertex2, command="cyclic")
        low, high = min(vertex1, vertex2), max(vertex1, vertex2)
        self._check("begin", begin, low, high, "V", "cyclic")
        self._check("number of scans", scans, 1, 1000, "", "cyclic")
        self._steps(step, rate, high - low, "cyclic")
        return await self._run(tests.cyclic(begin, vertex1, vertex2, step, rate, scans))

    async def linear_sweep(
        self, begin: float, end: float, *, step: float, rate: float
    ) -> Voltammogram:
        """Sweep from `begin` to `end` in V, by `step` in V at `rate` in V/s; then cell off."""
        self._potentials(begin, end, command="linearSweep")
        self._steps(step, rate, abs(end - begin), "linearSweep")
        return await self._run(tests.linear(begin, end, step, rate))

    async def chronoamperometry(
        self, potential: float, *, interval: float, duration: float
    ) -> Voltammogram:
        """Hold `potential` in V for `duration` in s, read every `interval` in s; then cell off."""
        self._potentials(potential, command="constant")
        self._check("interval", interval, SHORTEST, LONGEST, "s", "constant")
        self._check("duration", duration, interval, LONGEST_TEST, "s", "constant")
        return await self._run(tests.constant(potential, interval, duration))

    async def square_wave_voltammetry(
        self, begin: float, end: float, *, step: float, amplitude: float, frequency: float
    ) -> Voltammogram:
        """Square wave of `amplitude` in V (half of peak to peak) and `frequency` in Hz on steps
        in V; `current` is forward less reverse, in A; cell off afterwards."""
        ends = (min(begin, end) - abs(amplitude), max(begin, end) + abs(amplitude))
        self._potentials(begin, end, *ends, command="squareWave")
        self._check("frequency", frequency, 1 / LONGEST, HIGHEST_FREQUENCY, "Hz", "squareWave")
        self._steps(step, step * frequency, abs(end - begin), "squareWave")
        test = tests.square(begin, end, step, abs(amplitude), frequency)
        return await self._run(test, extreme=max(map(abs, ends)))

    async def impedance(
        self, frequencies: Sequence[float], *, potential: float, amplitude: float
    ) -> ImpedanceSpectrum:
        """`UsageError`: a Rodeostat measures no impedance, in ohm at frequencies in Hz."""
        raise self._lacks("impedance measurement")

    async def _run(self, test: Test, extreme: float | None = None) -> Voltammogram:
        """Run a test from an open cell; where it fails, all electrodes are open again.

        `extreme` is the largest potential in V, where it is not an end of the test's span.
        """
        self._known()
        largest = max(map(abs, test.span)) if extreme is None else extreme
        await self._cell.disconnect()
        await self._talk.set("setElectAutoConnect", "autoConnect", True)
        await self._cell.set_range()
        await self._talk.set("setSamplePeriod", "samplePeriod", test.period)
        await self._talk.parameters(test.name, test.parameters)
        stamp = Stamp(*clock.stamp(), self.address, self.identity.serial)
        try:
            curve = self._curve(test, await self._talk.run(test.name, test.period), stamp, largest)
            await self._cell.disconnected()
        except InstrumentError:
            await self._talk.stop()
            await self._cell.disconnect()
            raise
        return curve

    def _curve(
        self, test: Test, samples: Sequence[Sample], stamp: Stamp, largest: float
    ) -> Voltammogram:
        volts = sheet.VOLTS[sheet.range_of(sheet.VOLTS, largest)]
        potential = line_of(self.accuracies, "potential", volts)
        current = line_of(self.accuracies, "current", self._ranges[self._cell.range])
        try:
            return tests.voltammogram(test, samples, stamp, potential, current)
        except tests.Doubtful as error:
            answer = f"{len(samples)} samples"
            raise self._talk.wrong(str(error), f"runTest {test.name}", answer) from error

    def _potentials(self, *potentials: float, command: str) -> None:
        most = min(max(sheet.VOLTS.values()), self._limits.get("potential", math.inf))
        for potential in potentials:
            self._check("potential", potential, -most, most, "V", command)

    def _steps(self, step: float, rate: float, way: float, command: str) -> None:
        """A sweep over `way` in V by `step` in V at `rate` in V/s, in whole ms a step."""
        most = max(sheet.VOLTS.values())
        self._check("step", step, 2 / sheet.STEPS, most, "V", command)
        self._check("scan rate", rate, step / LONGEST, step / SHORTEST, "V/s", command)
        self._check("number of points", way / step, 1, MOST_POINTS, "", command)

    def _check(
        self, what: str, value: float, low: float, high: float, unit: str, command: str
    ) -> None:
        refuse_outside(what, value, low, high, unit, address=self.address, command=command)

    def _known(self) -> None:
        """`Defect` before `identify()`: the ranges are those of the variant."""
        _ = self.identity

    def _reading(self, function: str, value: float, unit: str, full: float) -> Reading:
        t, utc = clock.stamp()
        line = line_of(self.accuracies, function, full)
        return Reading(value, unit, t, utc, self.address, self.identity.serial, line)

    def _lacks(self, what: str) -> UsageError:
        return UsageError(
            f"a Rodeostat has no {what}",
            address=self.address,
            remedy="use an instrument that has one",
        )


DRIVER = IoRodeoRodeostat
