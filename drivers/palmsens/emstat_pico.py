"""PalmSens EmStat Pico potentiostat, MethodSCRIPT over a serial line (230400 baud).

Every measurement is a script that the driver writes, sends whole and follows to its end; its
current range is fixed, so all values of a curve share one line of the data sheet. Scripts of a
technique switch the cell off at their end, whatever happens. `cell`, `apply_potential` and
`measure` are short scripts that leave the cell as it is.

The Pico cannot be asked for the state of its cell. It refuses to measure an open-circuit potential
while the cell is on, so a reading of that potential is the driver's proof that the cell is off.
The wire has no check sum. A package not of its form, or with a potential, time or current that
cannot be, is an error; a digit that changed inside these bounds cannot be seen.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import ClassVar, TypeVar

from drivers.codecs.methodscript import Value
from drivers.limits import BenchLimits
from drivers.links.link import BytesLink
from drivers.links.settings import BytesSettings
from drivers.palmsens import _curves as curves
from drivers.palmsens import _scripts as scripts
from drivers.palmsens import _sheet as sheet
from drivers.palmsens._curves import CURRENT, CURVE, POTENTIAL, SPECTRUM, Asked, Stamp
from drivers.palmsens._limits import Limits
from drivers.palmsens._scripts import HIGH_SPEED, Setup
from drivers.palmsens._spacing import runs
from drivers.palmsens._talk import Scan, Talk
from drivers.roles.potentiostat import CellReading, ImpedanceSpectrum, Voltammogram
from labctl import clock
from labctl.errors import Defect, InstrumentError, UsageError
from labctl.evidence import Accuracy, Identity, Reading

T = TypeVar("T")

MARGIN = 3.0
"""Seconds that a package may come later than its time."""

MOMENT = 0.1
"""Seconds over which one potential and one current are read."""


class PalmSensEmStatPico:
    """An EmStat Pico at the end of `link`; `limits` by the bench: `potential` in V (magnitude),
    `current` in A."""

    settings: ClassVar[BytesSettings] = BytesSettings(timeout=2.0)
    limit_units: ClassVar[dict[str, str]] = {"potential": "V", "current": "A"}
    accuracies: ClassVar[tuple[Accuracy, ...]] = sheet.ACCURACIES

    def __init__(self, link: BytesLink, limits: BenchLimits | None = None) -> None:
        self._talk = Talk(link)
        self._limits = Limits(limits or {}, link.address)
        self._identity: Identity | None = None
        self._largest = min(0.5e-3, (limits or {}).get("current", 0.5e-3))
        self._potential = 0.0
        self._on = False

    @property
    def address(self) -> str:
        """The link's address."""
        return self._talk.address

    @property
    def identity(self) -> Identity:
        """Who answered to `identify()`; `Defect` before it was called."""
        if self._identity is None:
            raise Defect("the potentiostat was not identified", address=self.address)
        return self._identity

    async def identify(self) -> Identity:
        """Ask who it is; `InstrumentError` for another model. Nothing else may be running."""
        self._identity = await self._talk.identity()
        return self._identity

    async def resync(self) -> None:
        """Script ended, line in a known state; the cell is as that script left it."""
        self._on = False
        await self._talk.resync()

    async def safe(self) -> None:
        """Script ended, cell off; read back by a potential that is read with the cell off alone."""
        await self._talk.abort()
        await self._disconnect()

    async def close(self) -> None:
        """Give the line back; the cell stays as it is."""
        await self._talk.close()

    async def cell(self, on: bool) -> None:
        """Cell connected at the potential that was applied last (0 V at first), or disconnected.

        Read back: the potential in V when on, one that is read with the cell off alone when off.
        """
        if not on:
            await self._disconnect()
            return
        mode = self._limits.mode(self._potential, pace=1 / MOMENT, command="cell_on")
        await self._hold(self._setup(mode, self._potential, self._potential))
        self._on = True

    async def set_current_range(self, current: float) -> None:
        """The smallest current range that holds `current` in A, from the next script on.

        At first 0.5 mA are held, or as much as the bench allows."""
        self._limits.range(current, "set_range ba")
        self._largest = abs(current)

    async def apply_potential(self, potential: float) -> None:
        """Hold `potential` in V; with the cell off it is held from `cell(True)` on."""
        self._limits.mode(potential, pace=1 / MOMENT, command="set_e")
        before, self._potential = self._potential, potential
        if self._on:
            try:
                await self._hold(None)
            except InstrumentError:
                self._potential = before
                raise

    async def apply_current(self, current: float, *, compliance: float) -> None:
        """`UsageError`: an EmStat Pico has no galvanostat that would hold `current` in A."""
        raise UsageError(
            "an EmStat Pico has no galvanostat",
            address=self.address,
            remedy="hold a potential, or use an instrument with a galvanostat",
        )

    async def measure(self) -> CellReading:
        """Potential in V and current in A at this moment, each over 0.1 s."""
        held = self._potential if self._on else None
        potential, current = await self._one(scripts.point(held, MOMENT))
        if math.isnan(potential.value) or math.isnan(current.value):
            raise self._talk.wrong("nothing was measured", "meas", "nan")
        self._talk.refuse_overload(potential, "meas")
        line = self._sure(lambda: sheet.current_line(curves.full_scale([current])), "meas")
        stamp = self._stamp()
        return CellReading(
            stamp.reading(potential.value, "V", sheet.potential_line()),
            stamp.reading(current.value, "A", line),
            current.overloaded,
        )

    async def open_circuit_potential(self) -> Reading:
        """Potential in V, cell disconnected for good; `InstrumentError` beyond what it measures."""
        found = await self._disconnect()
        self._talk.refuse_overload(found, "meas_loop_ocp")
        return self._stamp().reading(found.value, "V", sheet.potential_line())

    async def cyclic_voltammetry(
        self, begin: float, vertex1: float, vertex2: float, *, step: float, rate: float, scans: int
    ) -> Voltammogram:
        """Cycle between the vertices in V, by `step` in V at `rate` in V/s; cell off afterwards."""
        command = "meas_loop_cv"
        self._limits.check("number of scans", scans, 1, 1000, "", command)
        corners = (begin, vertex1, vertex2)
        way = scans * (abs(vertex1 - begin) + abs(vertex2 - vertex1) + abs(begin - vertex2))
        setup = self._sweep(corners, way, step, rate, command)
        script = scripts.cyclic(setup, begin, (vertex1, vertex2), step, rate, scans)
        span = (min(corners) - step, max(corners) + step)
        return await self._curve(script, step / rate, Asked(span, way / step, scans))

    async def linear_sweep(
        self, begin: float, end: float, *, step: float, rate: float
    ) -> Voltammogram:
        """Sweep from `begin` to `end` in V, by `step` in V at `rate` in V/s; then cell off."""
        setup = self._sweep((begin, end), abs(end - begin), step, rate, "meas_loop_lsv")
        script = scripts.linear(setup, begin, end, step, rate)
        asked = Asked((begin, end), abs(end - begin) / step + 1)
        return await self._curve(script, step / rate, asked)

    async def chronoamperometry(
        self, potential: float, *, interval: float, duration: float
    ) -> Voltammogram:
        """Hold `potential` in V for `duration` in s, read every `interval` in s; then cell off."""
        command = "meas_loop_ca"
        self._limits.duration(interval, duration, command)
        mode = self._limits.mode(potential, pace=1 / interval, command=command)
        setup = self._setup(mode, potential, potential)
        script = scripts.amperometry(setup, potential, interval, duration)
        asked = Asked((potential, potential), duration / interval)
        return await self._curve(script, interval, asked)

    async def chronopotentiometry(
        self, current: float, *, interval: float, duration: float
    ) -> Voltammogram:
        """Hold `current` in A for `duration` in s, read every `interval` in s; then cell off.

        The language has it; a Pico has no galvanostat by its manual and then refuses the script,
        which is an `InstrumentError`.
        """
        command = "meas_loop_cp"
        self._limits.current(current, command)
        self._limits.duration(interval, duration, command)
        setup = self._setup(HIGH_SPEED, 0, 0)
        script = scripts.potentiometry(setup, current, interval, duration)
        most = sheet.HIGHEST_POTENTIAL
        return await self._curve(script, interval, Asked((-most, most), duration / interval))

    async def square_wave_voltammetry(
        self, begin: float, end: float, *, step: float, amplitude: float, frequency: float
    ) -> Voltammogram:
        """Square wave of `amplitude` in V (half of peak to peak) and `frequency` in Hz on steps
        in V; `current` is forward less reverse, in A; cell off afterwards."""
        command = "meas_loop_swv"
        self._limits.check("amplitude", amplitude, 1e-3, 0.25, "V", command)
        self._limits.steps(step, step * frequency, command)
        asked = Asked((begin, end), abs(end - begin) / step + 1)
        self._limits.points(asked.points, command)
        ends = (min(begin, end) - amplitude, max(begin, end) + amplitude)
        mode = self._limits.mode(*ends, pace=2 * frequency, command=command)
        setup = self._setup(mode, *ends)
        script = scripts.square_wave(setup, begin, end, step, amplitude, frequency)
        return await self._curve(script, 1 / frequency, asked)

    async def impedance(
        self, frequencies: Sequence[float], *, potential: float, amplitude: float
    ) -> ImpedanceSpectrum:
        """Impedance in ohm at `frequencies` in Hz, about `potential` in V, with `amplitude` in V
        rms; cell off afterwards. Choose the current range for the current expected."""
        command = "meas_loop_eis"
        ends = self._limits.impedance(frequencies, potential, amplitude, command)
        setup = self._setup(HIGH_SPEED, *ends)
        stamp, rows = self._stamp(), []
        for span, points in runs(frequencies):
            script = scripts.impedance(setup, span, points, potential, amplitude)
            patience = MARGIN + 20 / min(span)
            rows += [row for scan in await self._run(script, SPECTRUM, patience) for row in scan]
        return self._sure(lambda: curves.spectrum(rows, frequencies, amplitude, stamp), command)

    def _sweep(
        self, corners: Sequence[float], way: float, step: float, rate: float, command: str
    ) -> Setup:
        """Settings of a sweep over `way` in V between `corners` in V."""
        self._limits.steps(step, rate, command)
        self._limits.points(way / step + 1, command)
        mode = self._limits.mode(*corners, pace=rate / step, command=command)
        return self._setup(mode, min(corners), max(corners))

    def _setup(self, mode: int, lowest: float, highest: float) -> Setup:
        return Setup(mode, sheet.BANDWIDTH[mode], lowest, highest, self._largest)

    async def _curve(self, script: str, interval: float, asked: Asked) -> Voltammogram:
        stamp = self._stamp()
        scans = await self._run(script, CURVE, MARGIN + interval)
        return self._sure(lambda: curves.voltammogram(scans, stamp, asked), "meas_loop")

    async def _run(
        self, script: str, kinds: Sequence[frozenset[str]], patience: float
    ) -> list[Scan]:
        """Run a technique's script; where it fails, the cell is switched off."""
        self._on = False
        try:
            return await self._talk.run(script, kinds, timeout=patience)
        except InstrumentError:
            await self._disconnect()
            raise

    async def _hold(self, setup: Setup | None) -> None:
        """Hold the potential and read it back; the cell is off where it is not held."""
        potential = (await self._one(scripts.hold(setup, self._potential, MOMENT)))[0]
        if not abs(potential.value - self._potential) <= sheet.HELD_WITHIN:
            self._on = False
            await self._disconnect()
            raise self._talk.wrong(
                f"the potential is not held at {self._potential:g} V",
                "set_e",
                f"{potential.value:g} V",
                "check the electrodes and the current range",
            )

    async def _one(self, script: str) -> tuple[Value, Value]:
        rows = await self._talk.run(script, (POTENTIAL, CURRENT), timeout=MARGIN)
        if len(rows) != 1 or len(rows[0]) != 1:
            raise self._talk.wrong("one point was expected", "meas", f"{len(rows[0])} points")
        return rows[0][0][0], rows[0][0][1]

    async def _disconnect(self) -> Value:
        """Cell off, shown by its open-circuit potential in V."""
        script = scripts.open_circuit(MOMENT, MOMENT)
        rows = (await self._talk.run(script, (POTENTIAL,), timeout=MARGIN))[0]
        if not rows or math.isnan(rows[-1][0].value):
            raise self._talk.wrong("the cell is not shown to be off", "meas_loop_ocp", str(rows))
        self._on = False
        return rows[-1][0]

    def _sure(self, work: Callable[[], T], command: str) -> T:
        """What `work` makes of packages; `InstrumentError` where they cannot be true."""
        try:
            return work()
        except curves.Doubtful as error:
            raise self._talk.wrong(str(error), command, "packages of the script") from error

    def _stamp(self) -> Stamp:
        return Stamp(*clock.stamp(), self.address, self.identity.serial)


DRIVER = PalmSensEmStatPico
