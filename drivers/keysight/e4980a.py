"""Keysight (Agilent) E4980A LCR meter, SCPI (user's guide E4980-90230; data sheet 5989-4435EN).

Frequency, level, bias and aperture are read back with every measurement, so that each reading has
the limit of error of the settings it was made with; an instrument that has restarted since it was
identified measures another pair of parameters, and that is an error.

The limits of error hold with open and short correction in force (`is_corrected`). Without option
001 the level ends at 2 V rms and the bias is 0, 1.5 or 2 V.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, Literal

from drivers.codecs.scpi import ScpiError
from drivers.instrument import ScpiInstrument
from drivers.keysight import _e4980a_sheet as sheet
from drivers.keysight._e4980a_talk import MEASURE, STATUS, Measured, measured
from drivers.limits import BenchLimits
from drivers.links.link import MessageLink
from drivers.links.settings import MessageSettings
from drivers.roles.impedance_analyzer import ImpedancePoint, ImpedanceSweep
from labctl import clock
from labctl.errors import LimitRefused
from labctl.evidence import Accuracy, Identity, Reading

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

MAKERS = ("KEYSIGHT", "AGILENT")
SETUP = (":FORM ASC", ":FUNC:IMP:TYPE RX", ":FUNC:IMP:RANG:AUTO ON", ":TRIG:SOUR BUS")
LOW_FREQUENCY, HIGH_FREQUENCY = 20.0, 2e6
POWER_OPTION = "001"
BIASES = (0.0, 1.5, 2.0)
"""Bias in V without option 001."""

MOST_BIAS, MOST_LEVEL, LEVEL = 40.0, 20.0, 2.0
"""Bias and level in V with option 001; level without it."""

MOST_AVERAGES = 256
APERTURES = {"short": "SHOR", "medium": "MED", "long": "LONG"}
SLOWEST = 1.5
"""Seconds that one reading takes at most, at 20 Hz with the longest aperture."""

CORRECTION = 180.0
"""Seconds that taking a correction may last, over all frequencies."""

STATES = {"open": ":CORR:OPEN", "short": ":CORR:SHOR"}
LEVEL_QUERY, BIAS_QUERY, BIAS_STATE = ":VOLT?", ":BIAS:VOLT?", ":BIAS:STAT?"


class KeysightE4980A(ScpiInstrument):
    """An E4980A at the end of `link`; `limits` by the bench: `level` in V rms, `bias` in V."""

    what: ClassVar[str] = "impedance analyzer"
    settings: ClassVar[MessageSettings] = MessageSettings(
        timeout=3.0,
        idempotent=frozenset({
            *("*IDN?", "*OPT?", LEVEL_QUERY, BIAS_QUERY, BIAS_STATE),
            *(f"{head}:STAT?" for head in STATES.values()),
        }),
    )
    limit_units: ClassVar[dict[str, str]] = {"level": "V", "bias": "V"}
    accuracies: ClassVar[tuple[Accuracy, ...]] = sheet.ACCURACIES

    def __init__(self, link: MessageLink, limits: BenchLimits | None = None) -> None:
        super().__init__(link, limits)
        self._powerful = False
        self._averages = 1

    async def identify(self) -> Identity:
        """Ask who it is and which options it has, clear old errors, measure R and X on trigger.

        `InstrumentError` for another model.
        """
        found = await self._scpi.who("E4980A")
        if not found.maker.upper().startswith(MAKERS):
            raise self._wrong(
                "this is no Keysight E4980A",
                "*IDN?",
                f"{found.maker},{found.model}",
                "correct the address or the driver in the bench file",
            )
        self._powerful = POWER_OPTION in await self._scpi.text("*OPT?")
        await self._scpi.set("*CLS", *SETUP, ":INIT:CONT ON")
        self._identity = found
        return found

    async def resync(self) -> None:
        """Line cleared, measuring aborted, errors cleared; settings stay as they are."""
        await self._scpi.resync()
        await self._scpi.set(":ABOR", ":INIT:CONT ON")

    async def safe(self) -> None:
        """Bias off and 0 V, test signal 0 V; read back."""
        await self._scpi.set(":ABOR", ":BIAS:STAT OFF", ":BIAS:VOLT 0", ":VOLT 0")
        if await self._scpi.is_on(BIAS_STATE):
            raise self._wrong("the bias is not off", BIAS_STATE, "1", "disconnect the device")
        level = await self._scpi.number(LEVEL_QUERY)
        if level != 0.0:
            raise self._wrong(
                "the test signal is not 0 V", LEVEL_QUERY, f"{level:g}", "disconnect the device"
            )
        await self._scpi.set(":INIT:CONT ON")

    async def set_frequency(self, frequency: float) -> None:
        """Test frequency in Hz (20..2e6)."""
        command = ":FREQ"
        self._check("frequency", frequency, LOW_FREQUENCY, HIGH_FREQUENCY, "Hz", command)
        await self._scpi.set(f"{command} {frequency:.9g}")

    async def set_level(self, voltage: float) -> None:
        """Test signal in V rms (up to 2, with option 001 up to 20)."""
        own = MOST_LEVEL if self._powerful else LEVEL
        most = min(own, self._limits.get("level", math.inf))
        self._check("level", voltage, 0.0, most, "V", ":VOLT")
        await self._scpi.set(f":VOLT {voltage:.9g}")

    async def set_bias(self, voltage: float) -> None:
        """Direct bias in V (0, 1.5 or 2, with option 001 -40..40); 0 switches the source off.

        Read back.
        """
        most = min(MOST_BIAS, self._limits.get("bias", math.inf))
        self._check("bias", voltage, -most, most, "V", ":BIAS:VOLT")
        if not self._powerful and voltage not in BIASES:
            raise LimitRefused(
                f"a bias of {voltage:g} V, without option 001 only 0, 1.5 or 2 V",
                address=self.address,
                command=":BIAS:VOLT",
                remedy="ask for one of these, or use an instrument with option 001",
            )
        await self._scpi.set(f":BIAS:VOLT {voltage:.9g}", f":BIAS:STAT {int(voltage != 0.0)}")
        found = await self._scpi.number(BIAS_QUERY)
        if not math.isclose(found, voltage, rel_tol=1e-3, abs_tol=1e-3):
            raise self._wrong("the bias was not taken", BIAS_QUERY, f"{found:g}")
        if await self._scpi.is_on(BIAS_STATE) != (voltage != 0.0):
            raise self._wrong("the bias source was not switched", BIAS_STATE, "")

    async def integrate(self, aperture: Literal["short", "medium", "long"], averages: int) -> None:
        """Measuring time: the instrument's aperture, and 1..256 readings for one value."""
        command = ":APER"
        self._check("number of averages", averages, 1, MOST_AVERAGES, "", command)
        await self._scpi.set(f"{command} {APERTURES[aperture]},{averages}")
        self._averages = averages

    async def measure(self) -> ImpedancePoint:
        """Resistance and reactance in ohm at the present settings.

        `InstrumentError` for overload, an unbalanced bridge, and settings that were lost.
        """
        patience = self.settings.timeout + SLOWEST * self._averages
        answer = await self._scpi.text(MEASURE, patience)
        try:
            found = measured(answer)
        except ScpiError as error:
            raise self._wrong(str(error), MEASURE, answer) from error
        self._refuse(found, answer)
        return ImpedancePoint(
            found.frequency,
            found.bias,
            self._component("resistance", found.resistance, found),
            self._component("reactance", found.reactance, found),
        )

    async def sweep_frequency(self, frequencies: Sequence[float]) -> ImpedanceSweep:
        """Resistance and reactance in ohm at each of `frequencies` in Hz, level and bias as set."""
        for frequency in frequencies:
            self._check("frequency", frequency, LOW_FREQUENCY, HIGH_FREQUENCY, "Hz", ":FREQ")
        return await self._sweep(frequencies, self.set_frequency, 0.0)

    async def sweep_bias(self, voltages: Sequence[float], *, delay: float) -> ImpedanceSweep:
        """The same at each bias of `voltages` in V, `delay` in s after setting it; bias 0 V and
        off afterwards, also where it fails."""
        most = min(MOST_BIAS, self._limits.get("bias", math.inf))
        for voltage in voltages:
            self._check("bias", voltage, -most, most, "V", ":BIAS:VOLT")
        try:
            return await self._sweep(voltages, self.set_bias, delay)
        finally:
            await self.set_bias(0.0)

    async def correct(self, standard: Literal["open", "short", "load"]) -> None:
        """Take the correction for the standard that is connected now, and put it in force.

        A load correction needs the standard's values and is `LimitRefused`.
        """
        if standard == "load":
            raise LimitRefused(
                "a load correction needs the values of its standard",
                address=self.address,
                remedy="enter them at the instrument; open and short are taken from here",
            )
        head = STATES[standard]
        await self._scpi.text(f"{head};*OPC?", CORRECTION)
        errors = await self._scpi.errors()
        if errors:
            raise self._wrong(
                f"the {standard} correction was not taken",
                head,
                "; ".join(f"{error.code} {error.text}" for error in errors),
                f"leave the test fixture {'open' if standard == 'open' else 'shorted'}",
            )
        await self._scpi.set(f"{head}:STAT ON")

    async def is_corrected(self) -> bool:
        """Whether open and short correction are in force for the present cable."""
        states = [await self._scpi.is_on(f"{head}:STAT?") for head in STATES.values()]
        return all(states)

    async def _sweep(
        self, settings: Sequence[float], choose: Callable[[float], Awaitable[None]], delay: float
    ) -> ImpedanceSweep:
        from drivers.generic.impedance_arrays import sweep

        self._check("number of points", len(settings), 1, math.inf, "", MEASURE)
        points: list[ImpedancePoint] = []
        for setting in settings:
            await choose(setting)
            await clock.sleep(delay)
            points.append(await self.measure())
        return sweep(points)

    def _refuse(self, found: Measured, answer: str) -> None:
        if found.kind != "RX":
            raise self._wrong(
                "it does not measure R and X any more: it has restarted, or somebody else uses it",
                MEASURE,
                answer,
                "identify it again, and set frequency, level and bias anew",
            )
        if found.level <= 0.0:
            raise self._wrong("the test signal is 0 V", MEASURE, answer, "set a level first")
        if found.status != 0:
            what = STATUS.get(found.status, f"unknown status {found.status}")
            raise self._wrong(what, MEASURE, answer, "check the device and its contacts")

    def _component(self, name: str, value: float, found: Measured) -> Reading:
        size = math.hypot(found.resistance, found.reactance)
        short = found.aperture.startswith("SHOR")
        line = sheet.line(name, size, found.frequency, found.level, short=short)
        return self._reading(value, "ohm", line)


DRIVER = KeysightE4980A
