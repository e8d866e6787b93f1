"""Tektronix MSO54 oscilloscope, 1 GHz, SCPI (4/5/6 Series MSO programmer manual).

The manual was not to be had; commands are those of pymeasure's class for this series, of Tektronix'
tm_devices, and of epicsdev_tektronix' table. Each setting is followed by `*ESR?`: a refusal is told
with what `ALLEv?` says. A waveform is the whole record in words of 16 bits. The trigger is at 0 s.

What is not there: the auxiliary input is no source of the trigger.
"""

from __future__ import annotations

import math
from typing import ClassVar, Literal

from drivers.generic.scpi import Scpi
from drivers.instrument import ScpiInstrument
from drivers.limits import BenchLimits
from drivers.links.link import MessageLink
from drivers.links.settings import MessageSettings
from drivers.roles.arrays import ReadingArray
from drivers.roles.oscilloscope import Waveform
from drivers.tektronix import _mso54_sheet as sheet
from labctl import clock
from labctl.errors import LimitRefused
from labctl.evidence import Accuracy, Identity

REGISTER, EVENTS, DATA = "*ESR?", ":ALLE?", ":CURV?"
STATE, COUNT = ":ACQ:STATE?", ":ACQ:NUMAC?"
RATE, POINTS = ":HOR:MODE:SAMPLER?", ":HOR:MODE:RECO?"
PREAMBLE = tuple(f":WFMO:{word}?" for word in ("XIN", "XZE", "YMU", "YOF", "YZE"))
WRONG = 0x3C
"""Bits of the event register that tell of refused commands."""

SLOPES = {"rising": "RIS", "falling": "FALL"}
POLL = 0.02
BLOCK_PATIENCE = 20.0


class TektronixMSO54(ScpiInstrument):
    """An MSO54 at the end of `link`; `limits` by the bench: `voltage` in V at the probe's tip."""

    what: ClassVar[str] = "oscilloscope"
    settings: ClassVar[MessageSettings] = MessageSettings(
        timeout=3.0,
        idempotent=frozenset({
            *("*IDN?", STATE, COUNT, RATE, POINTS, *PREAMBLE),
            *(f":CH{n}:{word}?" for n in sheet.CHANNELS for word in ("SCA", "OFFS", "TER")),
        }),
        blocks=frozenset({DATA}),
    )
    limit_units: ClassVar[dict[str, str]] = {"voltage": "V"}
    accuracies: ClassVar[tuple[Accuracy, ...]] = sheet.ACCURACIES

    def __init__(self, link: MessageLink, limits: BenchLimits | None = None) -> None:
        super().__init__(link, limits)
        self._link = link
        self._scpi = Scpi(link, REGISTER)
        self._duration = 0.0

    async def identify(self) -> Identity:
        """Ask who it is, clear old events, headers off; `InstrumentError` for another model."""
        found = await self._scpi.identity("TEKTRONIX", "MSO54")
        await self._put("*CLS", ":HEAD 0")
        self._identity = found
        return found

    async def resync(self) -> None:
        """Line cleared, events cleared, headers off; settings and record stay as they are."""
        await self._link.resync()
        await self._link.write("*CLS;:HEAD 0")

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
        """Channel on, full screen at least `span` and centre `offset` in V at the probe's tip,
        `probe` ratio. The scale is the smallest of steps 1, 2, 5 that holds the span; read back."""
        head = self._head(channel)
        scales = [scale * probe for scale in sheet.SCALES[impedance]]
        most = min(sheet.MOST_INPUT[impedance] * probe, self._limits.get("voltage", math.inf))
        self._check("span", span, scales[0], sheet.DIVISIONS * scales[-1], "V", head)
        self._check("highest voltage", abs(offset) + span / 2, 0.0, most, "V", head)
        scale = sheet.holding(scales, span / sheet.DIVISIONS)
        await self._put(f":DIS:GLO:CH{channel}:STATE 1")
        await self._put(f"{head}:TER {sheet.OHMS[impedance]:g}")
        await self._put(f"{head}:COUP {coupling.upper()}")
        await self._put(f"{head}:PROBEF:EXTA {probe:g}")
        await self._put(f"{head}:POS 0")
        await self._put(f"{head}:SCA {scale:.6g}")
        await self._put(f"{head}:OFFS {offset:.6g}")
        await self._expect(f"{head}:TER?", sheet.OHMS[impedance])
        await self._expect(f"{head}:SCA?", scale)
        await self._expect(f"{head}:OFFS?", offset, 0.02 * scale)

    async def channel(self, channel: int, on: bool) -> None:
        """Channel on or off."""
        self._head(channel)
        await self._put(f":DIS:GLO:CH{channel}:STATE {int(on)}")

    async def set_timebase(self, duration: float, *, delay: float) -> None:
        """Record of at least `duration` in s, the middle `delay` in s after the trigger."""
        most = sheet.MOST_POINTS / sheet.RATES[0]
        self._check("duration", duration, 1e-9, most, "s", ":HOR")
        self._check("delay", delay, -0.5 * duration, sheet.MOST_DELAY, "s", ":HOR:DEL:TIM")
        await self._put(":HOR:MODE MAN")
        await self._put(":HOR:DEL:MODE 1")
        await self._put(f":HOR:DEL:TIM {delay:.9g}")
        self._duration = duration
        rate = await self._scpi.number(RATE)
        await self._record(min(rate, sheet.MOST_POINTS / duration))

    async def set_sample_rate(self, rate: float) -> None:
        """Samples a second in 1/s: the lowest setting that is not below `rate`; the duration
        stays. Above 3.125e9 the converter has 8 bits."""
        most = sheet.RATES[-1]
        if self._duration:
            most = min(most, sheet.MOST_POINTS / self._duration)
        self._check("sample rate", rate, 0.0, most, "1/s", ":HOR:MODE:SAMPLER")
        await self._record(rate)

    async def _record(self, rate: float) -> None:
        chosen = sheet.holding(sheet.RATES, rate)
        await self._put(f":HOR:MODE:SAMPLER {chosen:.6g}")
        await self._expect(RATE, chosen)
        points = max(math.ceil(self._duration * chosen - 1e-6), sheet.LEAST_POINTS)
        await self._put(f":HOR:MODE:RECO {points}")
        await self._expect(POINTS, points)

    async def set_bandwidth(self, frequency: float) -> None:
        """Bandwidth limit in Hz of every channel: 20 MHz, 250 MHz, or the instrument's 1 GHz."""
        self._check("bandwidth", frequency, 0.0, sheet.BANDWIDTHS[-1], "Hz", ":CH1:BAN")
        chosen = sheet.holding(sheet.BANDWIDTHS, frequency)
        for n in sheet.CHANNELS:
            await self._put(f":CH{n}:BAN {chosen:.6g}")

    async def set_trigger(
        self, source: int, *, level: float, slope: Literal["rising", "falling"]
    ) -> None:
        """Edge trigger on channel `source` at `level` in V, on the screen; it waits for one.

        Source 0 (external) is `LimitRefused`.
        """
        head = self._head(source)
        scale = await self._scpi.number(f"{head}:SCA?")
        centre = await self._scpi.number(f"{head}:OFFS?")
        low, high = (centre + side * sheet.DIVISIONS / 2 * scale for side in (-1, 1))
        self._check("trigger level", level, low, high, "V", ":TRIG:A:LEV")
        await self._put(":TRIG:A:TYP EDGE")
        await self._put(":TRIG:A:MOD NORM")
        await self._put(f":TRIG:A:EDGE:SOU CH{source}")
        await self._put(f":TRIG:A:EDGE:SLO {SLOPES[slope]}")
        await self._put(f":TRIG:A:LEV:CH{source} {level:.6g}")

    async def arm(self) -> None:
        """Waiting for one trigger; what was recorded before is gone."""
        await self._put(":ACQ:STATE 0")
        await self._put(":ACQ:STOPA SEQ")
        await self._put(":ACQ:STATE 1")

    async def wait(self, *, timeout: float) -> None:
        """Returns when the record is complete; `InstrumentError` after `timeout` in s."""
        end = clock.now() + timeout
        while await self._scpi.is_on(STATE):
            if clock.now() > end:
                raise self._wrong(
                    f"no trigger within {timeout:g} s", STATE, "1", "check level and signal"
                )
            await clock.sleep(POLL)

    async def waveform(self, channel: int) -> Waveform:
        """What was recorded on `channel`, in s from the trigger and V at the probe's tip.

        `InstrumentError` while it records, and where nothing was recorded.
        """
        head = self._head(channel)
        if await self._scpi.is_on(STATE):
            raise self._wrong("it is still recording", STATE, "1", "wait for the trigger first")
        if await self._scpi.number(COUNT) < 1:
            raise self._wrong("nothing was recorded", COUNT, "0", "arm it, and wait")
        points = int(await self._scpi.number(POINTS))
        await self._put(f":DAT:SOU CH{channel}")
        await self._put(":DAT:ENC RIB")
        await self._put(":DAT:WID 2")
        await self._put(":DAT:STAR 1")
        await self._put(f":DAT:STOP {points}")
        increment, first, step, origin, zero = [await self._scpi.number(q) for q in PREAMBLE]
        line = sheet.line(await self._scpi.number(f"{head}:SCA?"), zero)
        data = await self._scpi.block(DATA, 2 * points, BLOCK_PATIENCE)
        return Waveform(
            self._array(sheet.times(points, first, increment), "s", sheet.TIME_BASE),
            self._array(sheet.volts(data, step, origin, zero), "V", line),
            sheet.is_clipped(data),
        )

    def _array(self, values: sheet.FloatArray, unit: str, line: Accuracy) -> ReadingArray:
        return ReadingArray(values, unit, *clock.stamp(), self.address, self.identity.serial, line)

    async def _put(self, *commands: str) -> None:
        """Settings as one message; `InstrumentError` with its events where one was refused."""
        message = ";".join(commands)
        await self._link.write(message)
        if int(await self._scpi.number(REGISTER)) & WRONG:
            raise self._wrong("settings were refused", message, await self._scpi.text(EVENTS))

    async def _expect(self, query: str, value: float, tolerance: float = 0.0) -> None:
        found = await self._scpi.number(query)
        if not math.isclose(found, value, rel_tol=1e-5, abs_tol=tolerance + 1e-12):
            raise self._wrong(f"{value:g} was not taken", query, f"{found:g}")

    def _head(self, channel: int) -> str:
        if channel not in sheet.CHANNELS:
            raise LimitRefused(
                f"channel {channel} is not possible with an MSO54",
                address=self.address,
                command=":CH",
                remedy="channels 1 to 4",
            )
        return f":CH{channel}"


DRIVER = TektronixMSO54
