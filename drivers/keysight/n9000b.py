"""Keysight N9000B CXA signal analyser, spectrum analyser mode, SCPI (N9060-90041, remembered).

Identifying resets it and takes it to single sweeps; traces are averages of power. A sweep is begun
and waited for by `*OPC?`. Marker, channel power and noise density are computed here, of the last
trace. Frequencies are in Hz, levels in dBm. It has no external mixer.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from drivers.instrument import ScpiInstrument
from drivers.limits import BenchLimits
from drivers.links.link import MessageLink
from drivers.links.settings import MessageSettings
from drivers.roles.arrays import ReadingArray
from drivers.roles.spectrum_analyzer import RfPeak, RfSpectrum
from labctl import clock
from labctl.errors import LimitRefused
from labctl.evidence import Accuracy, Identity, Reading

if TYPE_CHECKING:
    from numpy.typing import NDArray

LOWEST, HIGHEST = 9e3, 3e9
"""Hz of the option 503."""

STRONGEST = 30.0
"""Highest reference level in dBm."""

MOST_AVERAGES = 10_000
PATIENCE = 1800.0
"""Seconds that a trace may take."""

SHEET = "Keysight N9000B data sheet: remembered, not re-read"
LEVEL = Accuracy("level", STRONGEST, "dBm", 0.0, 1.0, SHEET)
FREQUENCY = Accuracy("frequency", HIGHEST, "Hz", 2e-6, 1.0, SHEET)

DETECTORS = {"average": "AVER", "peak": "POS", "sample": "SAMP"}
GAUSSIAN = math.sqrt(math.pi / (4.0 * math.log(2.0)))
"""Noise bandwidth of a Gaussian filter over its width at half power."""


class KeysightN9000B(ScpiInstrument):
    """An N9000B at the end of `link`; `limits` by the bench: `level` in dBm, the highest reference
    level."""

    what: ClassVar[str] = "spectrum analyser"
    settings: ClassVar[MessageSettings] = MessageSettings(timeout=5.0)
    limit_units: ClassVar[dict[str, str]] = {"level": "dBm"}
    accuracies: ClassVar[tuple[Accuracy, ...]] = (LEVEL, FREQUENCY)

    def __init__(self, link: MessageLink, limits: BenchLimits | None = None) -> None:
        super().__init__(link, limits)
        self._last: RfSpectrum | None = None

    async def identify(self) -> Identity:
        """Ask who it is, reset it; `InstrumentError` for another model."""
        found = await self._scpi.identity("KEYSIGHT", "N9000B")
        await self._scpi.set("*CLS")
        await self._scpi.set("*RST")
        for command in (":INIT:CONT OFF", ":FORM ASC", ":AVER:TYPE RMS", ":TRAC:TYPE AVER"):
            await self._scpi.set(command)
        self._identity, self._last = found, None
        return found

    async def resync(self) -> None:
        """Line cleared, sweep stopped, errors cleared."""
        await self._scpi.resync()
        await self._scpi.set(":ABOR")

    async def safe(self) -> None:
        """Stop sweeping. The analyser drives nothing, so there is no state to read back."""
        await self._scpi.set(":ABOR")

    async def set_span(self, start: float, stop: float) -> None:
        """Frequencies from `start` to `stop` in Hz (9 kHz..3 GHz), read back."""
        self._check("frequency", start, LOWEST, stop, "Hz", ":FREQ:STAR")
        self._check("frequency", stop, start, HIGHEST, "Hz", ":FREQ:STOP")
        # a start above the old stop would move it: the stop goes first then
        for name, wanted in (("STOP", stop), ("STAR", start), ("STOP", stop)):
            await self._scpi.set(f":FREQ:{name} {wanted:.9g}")
        await self._expect(":FREQ:STAR?", start, 1e-6)
        await self._expect(":FREQ:STOP?", stop, 1e-6)

    async def set_bandwidth(self, *, resolution: float, video: float) -> None:
        """Resolution and video bandwidth in Hz: the widest not above these, or one step lower."""
        for command, wanted in ((":BAND", resolution), (":BAND:VID", video)):
            self._check("bandwidth", wanted, 1.0, 8e6, "Hz", command)
            await self._scpi.set(f"{command} {wanted:.6g}")
            if await self._scpi.number(f"{command}?") > wanted * (1 + 1e-6):
                await self._scpi.set(f"{command} {0.9 * wanted:.6g}")
            found = await self._scpi.number(f"{command}?")
            if not 0.7 * wanted <= found <= wanted * (1 + 1e-6):
                raise self._wrong("the bandwidth was not taken", command, f"{found:g}")

    async def set_detector(self, detector: Literal["average", "peak", "sample"]) -> None:
        """How points are made of what was swept over; average is of power in W."""
        await self._scpi.set(f":DET {DETECTORS[detector]}")

    async def set_reference_level(self, level: float) -> None:
        """Highest level in dBm that is expected; the attenuator follows."""
        most = min(STRONGEST, self._limits.get("level", STRONGEST))
        self._check("reference level", level, -170.0, most, "dBm", ":DISP:WIND:TRAC:Y:RLEV")
        await self._scpi.set(f":DISP:WIND:TRAC:Y:RLEV {level:g}")

    async def set_mixer(self, harmonic: int, *, loss: float) -> None:
        """No mixer (`harmonic` 0, `loss` in dB) is all there is; else `LimitRefused`."""
        if harmonic != 0:
            raise LimitRefused(
                "an N9000B has no external mixer", address=self.address, remedy="ask for none"
            )

    async def set_averages(self, sweeps: int) -> None:
        """Sweeps (1..10000) that make one trace, averaged in power."""
        self._check("number of sweeps", sweeps, 1, MOST_AVERAGES, "", ":AVER:COUN")
        await self._scpi.set(f":AVER:COUN {sweeps}")

    async def sweep(self) -> RfSpectrum:
        """One trace, in Hz and dBm; returns when it is done.

        `InstrumentError` where a level is above the reference level by 10 dB.
        """
        import numpy as np

        self._last = None
        await self._scpi.set(":INIT:IMM")
        await self._scpi.text("*OPC?", PATIENCE)
        t, utc = clock.stamp()
        count = int(await self._scpi.number(":SWE:POIN?"))
        ends = [await self._scpi.number(f":FREQ:{name}?") for name in ("STAR", "STOP")]
        resolution = await self._scpi.number(":BAND?")
        reference = await self._scpi.number(":DISP:WIND:TRAC:Y:RLEV?")
        levels = await self._scpi.numbers(":TRAC? TRACE1", count)
        if max(levels) > reference + 10.0:
            raise self._wrong(
                "the level is far above the reference level",
                ":TRAC? TRACE1",
                f"{max(levels):g} dBm",
                "set a higher reference level",
            )
        self._last = RfSpectrum(
            self._array(np.linspace(ends[0], ends[1], count), "Hz", t, utc, FREQUENCY),
            self._array(np.array(levels), "dBm", t, utc, LEVEL),
            resolution,
        )
        return self._last

    async def peak(self) -> RfPeak:
        """Highest line of the last trace, in Hz and dBm."""
        trace = self._trace()
        top = int(trace.level.values.argmax())
        return RfPeak(
            self._reading(float(trace.frequency.values[top]), "Hz", FREQUENCY),
            self._reading(float(trace.level.values[top]), "dBm", LEVEL),
        )

    async def channel_power(self, center: float, bandwidth: float) -> Reading:
        """Power in dBm in `bandwidth` in Hz about `center` in Hz, of the last trace."""
        trace = self._trace()
        hertz, watts = trace.frequency.values, 10.0 ** (trace.level.values / 10.0)
        inside = abs(hertz - center) <= bandwidth / 2
        if not inside.any():
            raise self._wrong("the channel is not in the trace", ":TRAC? TRACE1", f"{center:g} Hz")
        step = (hertz[-1] - hertz[0]) / (len(hertz) - 1)
        total = float(watts[inside].sum()) * step / (GAUSSIAN * trace.resolution)
        return self._reading(10.0 * math.log10(total), "dBm", LEVEL)

    async def noise_density(self, frequency: float) -> Reading:
        """Level in dBm of a band of 1 Hz at `frequency` in Hz, of the last trace."""
        import numpy as np

        trace = self._trace()
        level = float(np.interp(frequency, trace.frequency.values, trace.level.values))
        return self._reading(level - 10.0 * math.log10(GAUSSIAN * trace.resolution), "dBm", LEVEL)

    def _trace(self) -> RfSpectrum:
        if self._last is None:
            raise self._wrong("there is no trace", ":TRAC? TRACE1", "", "sweep first")
        return self._last

    async def _expect(self, command: str, wanted: float, within: float) -> None:
        found = await self._scpi.number(command)
        if not math.isclose(found, wanted, rel_tol=within):
            raise self._wrong("the setting was not taken", command, f"{found:g}")

    def _array(
        self, values: NDArray[Any], unit: str, t: float, utc: float, line: Accuracy
    ) -> ReadingArray:
        return ReadingArray(values, unit, t, utc, self.address, self.identity.serial, line)


DRIVER = KeysightN9000B
