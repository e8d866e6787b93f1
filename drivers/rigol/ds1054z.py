"""Rigol DS1054Z oscilloscope, SCPI (DS1000Z programming guide; DS1000Z data sheet).

A waveform is the whole memory of one record, read as blocks of bytes of at most 250,000 points; a
block of any other length than asked for is an error. The trigger is at 0 s.

What is not there: inputs are 1 Mohm only, and there is no input for an external trigger.
"""

from __future__ import annotations

import math
from typing import ClassVar, Literal

from drivers.codecs.scpi import ScpiError
from drivers.instrument import ScpiInstrument
from drivers.links.settings import MessageSettings
from drivers.rigol import _ds1054z_sheet as sheet
from drivers.rigol import _ds1054z_wave as wave
from drivers.roles.arrays import ReadingArray
from drivers.roles.oscilloscope import Waveform
from labctl import clock
from labctl.errors import LimitRefused
from labctl.evidence import Accuracy, Identity

MOST_POINTS = 250_000
"""Points of one block in format BYTE (programming guide, :WAVeform:DATA?)."""

DATA, PREAMBLE, STATE = ":WAV:DATA?", ":WAV:PRE?", ":TRIG:STAT?"
STOPPED = "STOP"
SLOPES = {"rising": "POS", "falling": "NEG"}
POLL = 0.05
BLOCK_PATIENCE = 20.0
"""Seconds that a block of 250,000 points may take."""

COARSE = 0.5
"""Volts a division at ratio 1 from which on the offset reaches 100 V, else 2 V."""

SLOW = 20e-3
"""Seconds a division from which on the delay reaches 5000 s, else 1 s."""


class RigolDS1054Z(ScpiInstrument):
    """A DS1054Z at the end of `link`; `limits` by the bench: `voltage` in V at the probe's tip."""

    what: ClassVar[str] = "oscilloscope"
    settings: ClassVar[MessageSettings] = MessageSettings(
        timeout=3.0,
        idempotent=frozenset({
            *("*IDN?", STATE, PREAMBLE, ":TIM:MAIN:SCAL?", ":ACQ:SRAT?"),
            *(f":CHAN{n}:{word}?" for n in sheet.CHANNELS for word in ("DISP", "SCAL", "OFFS")),
            *(f":CHAN{n}:PROB?" for n in sheet.CHANNELS),
        }),
        blocks=frozenset({DATA}),
    )
    limit_units: ClassVar[dict[str, str]] = {"voltage": "V"}
    accuracies: ClassVar[tuple[Accuracy, ...]] = sheet.ACCURACIES

    async def identify(self) -> Identity:
        """Ask who it is and clear old errors; `InstrumentError` for another model."""
        found = await self._scpi.identity("RIGOL", "DS1054Z")
        await self._scpi.set("*CLS")
        self._identity = found
        return found

    async def resync(self) -> None:
        """Line cleared, errors cleared; settings and record stay as they are."""
        await self._scpi.resync()

    async def safe(self) -> None:
        """An oscilloscope drives nothing, so there is no state to read back."""

    async def set_channel(
        self,
        channel: int,
        *,
        span: float,
        offset: float,
        coupling: Literal["dc", "ac"],
        impedance: Literal["50", "1M"],
        probe: float,
    ) -> None:
        """Channel on, full screen at least `span` and centre `offset` in V at the probe's tip, 1
        Mohm (50 ohm is refused), `probe` ratio (0.01..1000 in steps 1, 2, 5).

        The scale is the smallest of 1 mV to 10 V a division, times the ratio, that holds the span.
        """
        head = self._head(channel)
        if impedance != "1M" or probe not in sheet.PROBES:
            raise self._refused(f"{impedance} ohm with ratio {probe:g}", head)
        most = min(sheet.MOST_INPUT * probe, self._limits.get("voltage", math.inf))
        self._check("span", span, 1e-3 * probe, sheet.DIVISIONS_DOWN * 10 * probe, "V", head)
        self._check("highest voltage", abs(offset) + span / 2, 0.0, most, "V", head)
        scales = [scale * probe for scale in sheet.SCALES]
        scale = sheet.holding(scales, span / sheet.DIVISIONS_DOWN)
        reach = (100.0 if scale / probe >= COARSE else 2.0) * probe
        self._check("offset", offset, -reach, reach, "V", f"{head}:OFFS")
        await self._each(
            f"{head}:DISP ON",
            f"{head}:COUP {coupling.upper()}",
            f"{head}:PROB {probe:g}",
            f"{head}:SCAL {scale:g}",
            f"{head}:OFFS {0.0 - offset:.9g}",
        )
        await self._expect(f"{head}:SCAL?", scale)
        await self._expect(f"{head}:OFFS?", -offset, scale / sheet.LEVELS)

    async def channel(self, channel: int, on: bool) -> None:
        """Channel on or off."""
        await self._scpi.set(f"{self._head(channel)}:DISP {'ON' if on else 'OFF'}")

    async def set_timebase(self, duration: float, *, delay: float) -> None:
        """Record of at least `duration` in s, the middle `delay` in s after the trigger."""
        head, across = ":TIM:MAIN:SCAL", sheet.DIVISIONS_ACROSS
        self._check("duration", duration, 0.0, across * sheet.TIMES[-1], "s", head)
        scale = sheet.holding(sheet.TIMES, duration / across)
        latest = 5000.0 if scale >= SLOW else 1.0
        self._check("delay", delay, -scale * across / 2, latest, "s", ":TIM:MAIN:OFFS")
        await self._each(f"{head} {scale:g}", f":TIM:MAIN:OFFS {delay:.9g}")
        await self._expect(f"{head}?", scale)

    async def set_sample_rate(self, rate: float) -> None:
        """Samples a second in 1/s: the lowest that is not below `rate`, by the depth of memory.

        It follows from the duration and the channels that are on: set them first.
        """
        states = [await self._scpi.is_on(f":CHAN{n}:DISP?") for n in sheet.CHANNELS]
        count = max(sum(states), 1)
        duration = sheet.DIVISIONS_ACROSS * await self._scpi.number(":TIM:MAIN:SCAL?")
        fastest = min(sheet.FASTEST[count], sheet.DEPTHS[count][-1] / duration)
        self._check("sample rate", rate, 0.0, fastest, "1/s", ":ACQ:MDEP")
        depth = sheet.holding(sheet.DEPTHS[count], rate * duration)
        await self._each(":RUN", f":ACQ:MDEP {depth:.0f}")
        found = await self._scpi.number(":ACQ:SRAT?")
        if found < rate * (1 - 1e-6):
            raise self._wrong("the sample rate was not taken", ":ACQ:SRAT?", f"{found:g}")

    async def set_bandwidth(self, frequency: float) -> None:
        """Bandwidth limit in Hz of every channel: 20 MHz, or the instrument's own 50 MHz."""
        self._check("bandwidth", frequency, 0.0, max(sheet.BANDWIDTHS), "Hz", ":CHAN1:BWL")
        word = sheet.BANDWIDTHS[sheet.holding(sheet.BANDWIDTHS, frequency)]
        await self._each(*(f":CHAN{n}:BWL {word}" for n in sheet.CHANNELS))

    async def set_trigger(
        self, source: int, *, level: float, slope: Literal["rising", "falling"]
    ) -> None:
        """Edge trigger on channel `source` at `level` in V, within 5 divisions of the centre.

        Source 0 (external) is `LimitRefused`: there is no such input.
        """
        head = self._head(source)
        scale = await self._scpi.number(f"{head}:SCAL?")
        centre = -await self._scpi.number(f"{head}:OFFS?")
        low, high = centre - 5 * scale, centre + 5 * scale
        self._check("trigger level", level, low, high, "V", ":TRIG:EDG:LEV")
        await self._each(
            ":TRIG:MODE EDGE",
            f":TRIG:EDG:SOUR CHAN{source}",
            f":TRIG:EDG:SLOP {SLOPES[slope]}",
            f":TRIG:EDG:LEV {level:.9g}",
        )

    async def arm(self) -> None:
        """Waiting for one trigger; what was recorded before is gone."""
        await self._scpi.set(":SING")

    async def wait(self, *, timeout: float) -> None:
        """Returns when the record is complete; `InstrumentError` after `timeout` in s."""
        end = clock.now() + timeout
        while (state := await self._scpi.text(STATE)) != STOPPED:
            if clock.now() > end:
                raise self._wrong(
                    f"no trigger within {timeout:g} s", STATE, state, "check level and signal"
                )
            await clock.sleep(POLL)

    async def waveform(self, channel: int) -> Waveform:
        """What was recorded on `channel`, in s from the trigger and V at the probe's tip.

        `InstrumentError` while it records, and where the channel is off.
        """
        head = self._head(channel)
        state = await self._scpi.text(STATE)
        if state != STOPPED:
            raise self._wrong("it is still recording", STATE, state, "wait for the trigger first")
        if not await self._scpi.is_on(f"{head}:DISP?"):
            raise self._wrong("the channel is off", f"{head}:DISP?", "0", "set the channel first")
        await self._each(f":WAV:SOUR CHAN{channel}", ":WAV:MODE RAW", ":WAV:FORM BYTE")
        answer = await self._scpi.text(PREAMBLE)
        try:
            described = wave.preamble(answer)
        except ScpiError as error:
            raise self._wrong(str(error), PREAMBLE, answer) from error
        line = await self._sheet_line(head)
        data = await self._memory(described.points)
        seconds = self._array(wave.times(described), "s", sheet.TIME_BASE)
        voltage = self._array(wave.volts(described, data), "V", line)
        return Waveform(seconds, voltage, wave.is_clipped(data))

    async def _memory(self, points: int) -> bytes:
        """All bytes of the record, block by block."""
        data = b""
        for start in range(1, points + 1, MOST_POINTS):
            stop = min(start + MOST_POINTS - 1, points)
            await self._each(f":WAV:STAR {start}", f":WAV:STOP {stop}")
            data += await self._scpi.block(DATA, stop - start + 1, BLOCK_PATIENCE)
        return data

    async def _sheet_line(self, head: str) -> Accuracy:
        words = ("SCAL", "PROB", "OFFS")
        scale, probe, offset = [await self._scpi.number(f"{head}:{word}?") for word in words]
        return sheet.line(scale, probe, offset)

    def _array(self, values: wave.FloatArray, unit: str, line: Accuracy) -> ReadingArray:
        return ReadingArray(values, unit, *clock.stamp(), self.address, self.identity.serial, line)

    async def _each(self, *commands: str) -> None:
        """Settings one by one, so that an error names its command."""
        for command in commands:
            await self._scpi.set(command)

    async def _expect(self, command: str, value: float, tolerance: float = 0.0) -> None:
        found = await self._scpi.number(command)
        if not math.isclose(found, value, rel_tol=1e-6, abs_tol=tolerance + 1e-12):
            raise self._wrong(f"{value:g} was not taken", command, f"{found:g}")

    def _head(self, channel: int) -> str:
        if channel not in sheet.CHANNELS:
            raise self._refused(f"channel {channel}", ":CHAN")
        return f":CHAN{channel}"

    def _refused(self, what: str, command: str) -> LimitRefused:
        return LimitRefused(
            f"{what} is not possible with a DS1054Z",
            address=self.address,
            command=command,
            remedy="channels 1 to 4, 1 Mohm, ratios 0.01 to 1000 in steps 1, 2, 5",
        )


DRIVER = RigolDS1054Z
