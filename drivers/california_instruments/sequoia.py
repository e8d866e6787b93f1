"""California Instruments Sequoia regenerative grid simulator, SCPI (AMETEK Programmable Power).

Page numbers are those of the Sequoia Series Programming Manual (231 pages); what stands on pages
that were not to be had (its regenerative state, the power queries, bits of the questionable
register) is as in the maker's manual 7003-961 of the families BPS, MX and RS with the same command
tree. LAN socket, USB or RS-232; LF ends a command and an answer.

Events are transient lists that a trigger of the bus begins; the trigger output at the rear pulses
for 550 us then. Options of the bench: `nominal`, the rms voltage to neutral in V that an event's
voltage is a fraction of (230), and `phases`, how many of its phases are wired (3).

What is not there: a watchdog of its own, for none of the pages names one (a lost line leaves the
output as it is, and a list under way ends where it began; wire its remote inhibit input), and the
download of waveforms, so that its grid is a sine.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, ClassVar

from drivers.california_instruments import _sequoia_list as lists
from drivers.california_instruments import _sequoia_sheet as sheet
from drivers.california_instruments._sequoia_output import CONDITION, SequoiaOutput
from drivers.codecs import scpi
from drivers.limits import BenchLimits, refuse_beyond
from drivers.links.link import MessageLink
from drivers.links.settings import MessageSettings
from drivers.options import Configured, Options, finite
from drivers.remedies import ANOTHER
from drivers.roles.grid_simulator import GridEvent, GridReading
from labctl import clock
from labctl.errors import Defect
from labctl.evidence import Accuracy, Identity, Reading

ENDED = 1 << 3
"""Bit of the operation condition register: the transient is completed (p. 120)."""

MEASURE = f":MEAS:VOLT:AC?;:FETC:CURR:AC?;:FETC:POW:AC?;:FETC:POW:AC:REAC?;:FETC:FREQ?;{CONDITION}"
ACQUISITION = "time between the trigger sent and its answer"
VOLTAGE_STEP, FREQUENCY_STEP = 0.1, 0.0101
"""V and Hz to which a set value may be rounded (remembered)."""


class Sequoia(SequoiaOutput):
    """A Sequoia at the end of `link`.

    `limits` by the bench: `voltage` in V rms to neutral and `current` in A of each phase, the most
    of each; `frequency_min` and `frequency_max` in Hz.
    """

    settings: ClassVar[MessageSettings] = MessageSettings(
        timeout=3.0,
        idempotent=frozenset({
            *("*IDN?", ":OUTP?", ":REG:STAT?", ":FREQ?", ":VOLT?", ":VOLT:RANG?", ":PHAS?"),
            *(CONDITION, ":STAT:OPER:COND?;:VOLT:MODE?"),
        }),
    )
    limit_units: ClassVar[dict[str, str]] = {
        "voltage": "V",
        "current": "A",
        "frequency_min": "Hz",
        "frequency_max": "Hz",
    }
    accuracies: ClassVar[tuple[Accuracy, ...]] = tuple(sheet.lines(sheet.Rating(125.0, 30e3)))
    """Those of an SQ0090; readings of another model carry its own."""

    def __init__(
        self,
        link: MessageLink,
        limits: BenchLimits | None = None,
        *,
        nominal: float = 230.0,
        phases: int = 3,
    ) -> None:
        super().__init__(link, limits)
        self._link = link
        self._rating: sheet.Rating | None = None
        self._nominal = nominal
        self._phases = tuple(range(1, phases + 1))

    @classmethod
    def configured(cls, options: Mapping[str, Any]) -> Configured:
        """The driver with the options of the bench file; ValueError for a wrong one."""
        phases = Options(options, ("nominal", "phases")).whole("phases", 3)
        nominal = finite(options.get("nominal", 230.0), "nominal")
        if phases not in (1, 3):
            raise ValueError(f"phases is {phases}, expected 1 or 3")
        if not 0.0 < nominal <= sheet.RANGES[-1]:
            raise ValueError(f"nominal is {nominal:g} V, expected up to {sheet.RANGES[-1]:g} V")
        make = partial(cls, nominal=nominal, phases=phases)
        return Configured(cls.settings, cls.limit_units, make)

    async def identify(self) -> Identity:
        """Ask who it is and clear old errors; `InstrumentError` for another family."""
        found = await self._scpi.who()
        rating = sheet.rating_of(found.model)
        if rating is None or not found.maker.upper().startswith(("AMETEK", "CALIFORNIA")):
            told = f"{found.maker},{found.model}"
            raise self._wrong("this is no Sequoia grid simulator", "*IDN?", told, ANOTHER)
        await self._scpi.set("*CLS")
        self._identity, self._rating = found, rating
        return found

    async def resync(self) -> None:
        """Line cleared, errors cleared; the output stays as it is."""
        await self._scpi.resync()

    async def safe(self) -> None:
        """Output off with its relays open, read back; then no event under way.

        The output goes first: where answers are lost, that command has left all the same.
        """
        await self._switch(False)
        await self._scpi.set(":ABOR", ":VOLT:MODE FIX", ":FREQ:MODE FIX")

    async def set_voltage(self, voltage: float, *, phases: Sequence[int]) -> None:
        """Rms voltage to neutral in V on these phases, read back; output state unchanged."""
        self._refuse_voltage(voltage, ":VOLT")
        if not phases or not set(phases) <= set(self._phases):
            told = ", ".join(map(str, self._phases))
            raise self._refused(f"phases {list(phases)}: those wired are {told}", ":INST:NSEL")
        await self._choose_range(voltage)
        if set(phases) == set(self._phases):
            await self._scpi.set(":INST:COUP ALL", f":VOLT {voltage:.6g}")
        else:
            each = [f":INST:NSEL {n};:VOLT {voltage:.6g}" for n in phases]
            await self._scpi.set(":INST:COUP NONE", *each)
        for phase in phases:
            await self._compare(":VOLT?", voltage, VOLTAGE_STEP, phase)

    async def set_frequency(self, frequency: float) -> None:
        """Frequency in Hz, read back."""
        self._refuse_frequency(frequency, ":FREQ")
        await self._scpi.set(f":FREQ {frequency:.6g}")
        await self._compare(":FREQ?", frequency, FREQUENCY_STEP)

    async def set_harmonics(self, fractions: Mapping[int, float]) -> None:
        """A sine; other fractions than 0 are `LimitRefused`: no waveform is downloaded."""
        if any(fractions.values()):
            raise self._refused("harmonics: this driver downloads no waveforms", ":FUNC")

    async def output(self, on: bool) -> None:
        """Output on or off, read back; `InstrumentError` where a trip keeps it off.

        It goes on with the bench's current limit, else the rated current, as its over-current
        protection.
        """
        if on:
            self._refuse_tripped(await self._bits(), ":OUTP 1")
            rated = self._rated.current
            current = min(self._limits.get("current", rated), rated)
            await self._scpi.set(":INST:COUP ALL", f":CURR {current:.6g}", ":CURR:PROT:STAT 1")
        await self._switch(on)

    async def play(self, event: GridEvent) -> Reading:
        """Play the event; run time in s at which it began, to half of the trigger's answer time."""
        return await self.play_sequence((event,))

    async def play_sequence(self, events: Sequence[GridEvent]) -> Reading:
        """Play events (at most 99) without a gap; run time in s at which the first began."""
        command = ":LIST:VOLT"
        self._check("number of events", len(events), 1, lists.MOST_POINTS - 1, "", command)
        for one in events:
            self._refuse_voltage(one.voltage * self._nominal, command)
            self._refuse_frequency(one.frequency, ":LIST:FREQ")
            self._check("phase jump", one.phase, -math.pi, math.pi, "rad", ":LIST:PHAS")
            self._check("duration", one.duration, lists.SHORTEST, lists.LONGEST, "s", ":LIST:DWEL")
        self._refuse_tripped(await self._bits(), command)
        found = lists.points(events, self._nominal, await self._base())
        jumps = any(one.phase for one in events)
        await self._scpi.set(*lists.commands(found, jumps))
        return await self._begun()

    async def playing(self) -> bool:
        """Whether an event is under way."""
        command = ":STAT:OPER:COND?;:VOLT:MODE?"
        answer = await self._scpi.text(command)
        bits, _, mode = answer.partition(";")
        if not bits.strip().isdigit() or not mode:
            raise self._wrong("this is no state and mode", command, answer)
        return mode.strip().upper() == "LIST" and not int(bits) & ENDED

    async def measure(self, phase: int) -> GridReading:
        """Of a phase, of one acquisition: V, A, W and var from the simulator, Hz."""
        self._check("phase", phase, 1, len(self._phases), "", ":INST:NSEL")
        await self._scpi.set(f":INST:NSEL {phase}")
        answer = await self._scpi.text(MEASURE)
        try:
            *values, bits = [scpi.measured(field) for field in answer.split(";")]
        except scpi.ScpiError as error:
            raise self._wrong(str(error), MEASURE, answer) from error
        lines = sheet.lines(self._rated)
        if len(values) != len(lines):
            raise self._wrong("not all values came", MEASURE, answer)
        self._refuse_tripped(self._whole(bits, MEASURE), MEASURE)
        return GridReading(
            *(
                self._reading(value, line.unit, line)
                for value, line in zip(values, lines, strict=True)
            )
        )

    @property
    def _rated(self) -> sheet.Rating:
        """Rating of the model that answered; `Defect` before `identify()`."""
        if self._rating is None:
            raise Defect(f"the {self.what} was not identified", address=self.address)
        return self._rating

    async def _begun(self) -> Reading:
        """Trigger; the run time in s of it, in the middle of trigger and answer."""
        before = clock.now()
        await self._scpi.set("*TRG")
        after = clock.now()
        doubt = 0.5 * (after - before)
        line = Accuracy("event_time", after, "s", 0.0, doubt, ACQUISITION)
        return self._reading(0.5 * (before + after), "s", line)

    async def _base(self) -> lists.Base:
        """What is set now; `LimitRefused` where the phases have different voltages."""
        voltages: list[float] = []
        for phase in self._phases:
            await self._scpi.set(f":INST:NSEL {phase}")
            voltages.append(await self._scpi.number(":VOLT?"))
        if max(voltages) - min(voltages) > VOLTAGE_STEP:
            told = ", ".join(f"{value:g} V" for value in voltages)
            raise self._refused(f"events on phases of different voltages ({told})", ":LIST:VOLT")
        await self._scpi.set(":INST:NSEL 1")
        phase = await self._scpi.number(":PHAS?")
        return lists.Base(voltages[0], await self._scpi.number(":FREQ?"), phase)

    async def _choose_range(self, voltage: float) -> None:
        """The range that holds nominal and set voltage in V; it changes only while off."""
        wanted = next(one for one in sheet.RANGES if max(voltage, self._nominal) <= one)
        if await self._scpi.number(":VOLT:RANG?") == wanted:
            return
        if await self._scpi.is_on(":OUTP?"):
            raise self._refused("another range while the output is on", f":VOLT:RANG {wanted:g}")
        await self._scpi.set(f":VOLT:RANG {wanted:g}")

    async def _compare(self, query: str, value: float, step: float, phase: int = 0) -> None:
        if phase:
            await self._scpi.set(f":INST:NSEL {phase}")
        found = await self._scpi.number(query)
        if abs(found - value) > step:
            raise self._wrong("the setting was not taken", f"{query[:-1]} {value:g}", f"{found:g}")

    def _refuse_voltage(self, voltage: float, command: str) -> None:
        self._refuse_beyond("voltage", voltage, "V", command)
        self._check("voltage", voltage, 0.0, sheet.RANGES[-1], "V", command)

    def _refuse_frequency(self, frequency: float, command: str) -> None:
        self._refuse_beyond("frequency", frequency, "Hz", command)
        low, high = sheet.LOWEST_FREQUENCY, sheet.HIGHEST_FREQUENCY
        self._check("frequency", frequency, low, high, "Hz", command)

    def _refuse_beyond(self, what: str, value: float, unit: str, command: str) -> None:
        refuse_beyond(self._limits, what, value, unit, address=self.address, command=command)


DRIVER = Sequoia
