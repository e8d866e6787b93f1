"""Hioki BT4560 battery impedance meter (communication command manual BT4560A987, USB-CDC, RS-232C).

It drives an alternating current (1.5 A on the 3 mohm range) through the cell by two of its leads
and reads the voltage by two others, 0.1..1050 Hz, beside the cell's own direct voltage up to 5 V.
CR+LF ends messages and answers. There is no error queue: the event status register is asked after
each setting. It tells no serial number.

What is not there: a level and a bias that could be set, and corrections beside zero adjustment,
which needs the leads on a short.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import ClassVar, Literal

from drivers.codecs.scpi import NotMeasured, ScpiError, idn
from drivers.hioki import _bt4560_sheet as sheet
from drivers.hioki import _bt4560_talk as talk
from drivers.instrument import Instrument
from drivers.limits import BenchLimits
from drivers.links.link import MessageLink
from drivers.links.settings import MessageSettings
from drivers.roles.impedance_analyzer import ImpedancePoint, ImpedanceSweep
from labctl.errors import LimitRefused
from labctl.evidence import Accuracy, Identity, Reading

LOW_FREQUENCY, HIGH_FREQUENCY = 0.1, 1050.0
MOST_AVERAGES = 99
NEAR = 0.06
"""Part by which a frequency may be rounded to a step of the instrument."""

ADJUSTING = 20.0
"""Seconds that a zero adjustment of all frequencies may last (15 s, and some)."""

SETUP = (":SYST:HEAD OFF", ":FUNC RV", ":TRIG:SOUR IMM", ":INIT:CONT OFF", ":RANG 3E-3")
EVENTS, FREQUENCY, RANGE, READ = "*ESR?", ":FREQ?", ":RANG?", ":READ?"
Aperture = Literal["short", "medium", "long"]


class HiokiBT4560(Instrument):
    """A BT4560 at the end of `link`; nothing of it can be limited by the bench."""

    what: ClassVar[str] = "battery impedance meter"
    settings: ClassVar[MessageSettings] = MessageSettings(
        write_terminator="\r\n",
        read_terminator="\r\n",
        timeout=3.0,
        idempotent=frozenset({"*IDN?", FREQUENCY, RANGE}),
    )
    limit_units: ClassVar[dict[str, str]] = {}
    accuracies: ClassVar[tuple[Accuracy, ...]] = sheet.ACCURACIES

    def __init__(self, link: MessageLink, limits: BenchLimits | None = None) -> None:
        super().__init__(link, limits)
        self._link = link
        self._frequency = 0.0
        self._aperture: Aperture = "medium"
        self._averages = 1
        self._zeroed = False

    async def identify(self) -> Identity:
        """Ask who it is, clear old events, measure R, X and V once a trigger on the smallest range.

        `InstrumentError` for another model.
        """
        answer = await self._ask("*IDN?")
        try:
            found = idn(answer)
        except ScpiError as error:
            raise self._wrong(str(error), "*IDN?", answer) from error
        if not found.maker.upper().startswith("HIOKI") or "BT4560" not in found.model.upper():
            raise self._wrong(
                "this is no Hioki BT4560", "*IDN?", answer, "correct the address or the driver"
            )
        await self._start()
        self._identity = Identity(found.maker, found.model.strip(), "", found.firmware)
        return self._identity

    async def resync(self) -> None:
        """Line cleared, events cleared, one value a trigger."""
        await self._link.resync()
        await self._start()

    async def safe(self) -> None:
        """No current: it drives one while it measures, and measures on a trigger only."""
        await self._set(":INIT:CONT OFF")

    async def set_frequency(self, frequency: float) -> None:
        """Test frequency in Hz (0.1..1050, rounded to its steps); read back."""
        self._check("frequency", frequency, LOW_FREQUENCY, HIGH_FREQUENCY, "Hz", ":FREQ")
        await self._set(f":FREQ {frequency:.5g}")
        found = await self._number(FREQUENCY)
        if not math.isclose(found, frequency, rel_tol=NEAR):
            raise self._wrong("the frequency was not taken", FREQUENCY, f"{found:g}")
        self._frequency = found

    async def set_level(self, voltage: float) -> None:
        """Always `LimitRefused`: the current follows from the range."""
        raise self._without(f"a test signal of {voltage:g} V", "its current follows from the range")

    async def set_bias(self, voltage: float) -> None:
        """`LimitRefused` for any bias in V but 0: it has no bias source."""
        if voltage != 0.0:
            raise self._without(f"a bias of {voltage:g} V", "the cell brings its own voltage")

    async def integrate(self, aperture: Aperture, averages: int) -> None:
        """Sampling rate FAST, MED or SLOW, and how many readings (1..99) make one value."""
        self._check("number of averages", averages, 1, MOST_AVERAGES, "", ":CALC:AVER")
        await self._set(f":SAMP:RATE Z,{talk.RATES[aperture]}", f":CALC:AVER {averages}")
        self._aperture, self._averages = aperture, averages

    async def measure(self) -> ImpedancePoint:
        """Resistance and reactance in ohm at the set frequency; `bias` is the cell's own voltage.

        What is too large is measured again on the next range, which then stays. `InstrumentError`
        for overrange on the last, bad contacts, and settings that were lost.
        """
        if not self._frequency:
            await self.set_frequency(1000.0)
        (resistance, reactance, volts), span = await self._fitting()
        return ImpedancePoint(
            self._frequency,
            volts,
            self._component("resistance", resistance, reactance, span),
            self._component("reactance", reactance, resistance, span),
        )

    async def sweep_frequency(self, frequencies: Sequence[float]) -> ImpedanceSweep:
        """Resistance and reactance in ohm at each of `frequencies` in Hz; `bias` as `measure`."""
        from drivers.generic.impedance_arrays import sweep

        for frequency in frequencies:
            self._check("frequency", frequency, LOW_FREQUENCY, HIGH_FREQUENCY, "Hz", ":FREQ")
        self._check("number of points", len(frequencies), 1, math.inf, "", READ)
        points: list[ImpedancePoint] = []
        for frequency in frequencies:
            await self.set_frequency(frequency)
            points.append(await self.measure())
        return sweep(points)

    async def sweep_bias(self, voltages: Sequence[float], *, delay: float) -> ImpedanceSweep:
        """Always `LimitRefused`: it has no bias source in V (`delay` in s)."""
        raise self._without(f"a sweep of {len(voltages)} biases", "it has no bias source")

    async def correct(self, standard: Literal["open", "short", "load"]) -> None:
        """Zero adjustment at all frequencies with the leads on a short; no other is known."""
        if standard != "short":
            raise self._without(f"a correction with {standard}", "it knows zero adjustment only")
        command = ":ADJ? ALL"
        answer = await self._ask(command, ADJUSTING)
        if answer != "0":
            raise self._wrong(
                "the zero adjustment failed", command, answer, "put the four leads on the short bar"
            )
        self._zeroed = True

    async def is_corrected(self) -> bool:
        """Whether zero adjustment was taken by this driver since it identified the instrument."""
        return self._zeroed

    async def _start(self) -> None:
        await self._link.write("*CLS")
        await self._set(*SETUP)
        self._frequency = 0.0

    async def _fitting(self) -> tuple[tuple[float, float, float], float]:
        """A value with its range in ohm, the range widened as far as the value needs."""
        while True:
            took = talk.seconds(self._frequency, self._aperture) * self._averages
            answer = await self._ask(READ, self.settings.timeout + 2.0 * took)
            span = await self._kept()
            try:
                return talk.impedance(answer), span
            except NotMeasured as error:
                if span == sheet.RANGES[-1]:
                    raise self._wrong(str(error), READ, answer, "check the contacts") from error
                wider = sheet.RANGES[sheet.RANGES.index(span) + 1]
                await self._set(f":RANG {wider:g}")
            except ScpiError as error:
                raise self._wrong(str(error), READ, answer) from error

    async def _kept(self) -> float:
        """The range in ohm; `InstrumentError` where the frequency is not that which was set."""
        found = await self._number(FREQUENCY)
        if not math.isclose(found, self._frequency, rel_tol=1e-3):
            raise self._wrong(
                "it measures at another frequency: it has restarted, or somebody else uses it",
                FREQUENCY,
                f"{found:g}",
                "identify it again and set it anew",
            )
        span = await self._number(RANGE)
        for known in sheet.RANGES:
            if math.isclose(span, known, rel_tol=1e-3):
                return known
        raise self._wrong("this is no range of a BT4560", RANGE, f"{span:g}")

    def _component(self, name: str, own: float, other: float, span: float) -> Reading:
        line = sheet.line(name, own, other, self._frequency, span, self._aperture)
        return self._reading(own, "ohm", line)

    async def _set(self, *commands: str) -> None:
        message = ";".join(commands)
        await self._link.write(message)
        register = await self._number(EVENTS)
        wrong = talk.refusals(int(register))
        if wrong:
            raise self._wrong("settings were refused", message, ", ".join(wrong))

    async def _number(self, command: str) -> float:
        answer = await self._ask(command)
        try:
            return float(answer)
        except ValueError as error:
            raise self._wrong("the answer is no number", command, answer) from error

    async def _ask(self, command: str, timeout: float | None = None) -> str:
        return (await self._link.query(command, timeout)).strip()

    def _without(self, what: str, why: str) -> LimitRefused:
        return LimitRefused(
            f"{what}: a BT4560 has none, {why}",
            address=self.address,
            remedy="leave it out, or use an impedance analyzer that has it",
        )


DRIVER = HiokiBT4560
