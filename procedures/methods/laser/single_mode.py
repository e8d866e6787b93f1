"""Whether a laser runs in one longitudinal mode, by a scanning confocal interferometer."""

from __future__ import annotations

import msgspec
import numpy as np
from numpy.typing import NDArray
from scipy.signal import find_peaks

from labctl import clock
from labctl.asking.prompts import NumberPrompt
from labctl.evidence import Evidence, Present
from labctl.i18n import N_
from labctl.run import Run
from labctl.words import Text
from procedures.methods.laser.spectrum import WARM
from rigs.laser import LaserRig

Array = NDArray[np.float64]

DIODE, RAMP = 1, 2
"""Channels of the oscilloscope."""

SPAN, CENTRE, TRIGGER = 1.6, 0.6, 2.5
"""V of the photodiode's screen and of its middle; V at which the ramp triggers."""

RAMP_SPAN = 8.0
RECORD, USED, RATE = 10e-3, 4.9e-3, 400e3
"""Seconds of a record, what of it lies within one ramp on either side of the trigger, 1/s."""

RECORDS, PAUSE = 4, 60.0

MODE, MAYBE = 0.05, 0.025
"""Shares of the strongest mode: another that reaches the first is a mode, one between is possibly
one. Our own choice; the converter of the oscilloscope resolves 0.6 %."""

FREE_RANGE = 1.5
"""GHz of the interferometer."""

NEAR = 0.03
"""Part of a free range within which two peaks count as one, and in which a repetition must lie."""

SMOOTH, CLEAR = 7, 5.0
"""Points that are averaged, fewer than a peak has, and how far above the noise that is left a peak
must stand."""

ALIKE = 0.3
"""A repetition is as high as the first within this."""

PROMPT = NumberPrompt(
    "free_range",
    N_("Time in which the interferometer scans one free range, by its last calibration"),
    unit="ms",
    low=1.0,
    high=4.5,
    u=0.02,
    simulated="4 ms",
)

HOW = N_(
    "Four scans of a confocal interferometer of 1.5 GHz were recorded, a minute apart. Between the "
    "strongest peak and its repetition after one free range no other stood as high as a twentieth "
    "of it in a laser of one mode; one of less than a fortieth does not count."
)
LEFT_OUT = (
    N_("from which share on another mode counts: a twentieth is our own choice"),
    N_("modes that lie a whole number of free ranges away, beyond the next one"),
)
DOUBT = N_("a peak of {share} of the strongest could be another mode or not")
FOLDED = N_("the next mode lies near a whole number of free ranges away and would not be seen")
BLIND = N_(
    "no peak repeats after one free range as it must, or noise hides weak ones: the scan is not "
    "what was told, or it is dark"
)


class Scan(msgspec.Struct, frozen=True):
    """Peaks of a scan: `times` in s from the trigger and `heights` in V above the baseline; the
    least height in V that was looked for, and whether the converter was at its end."""

    times: tuple[float, ...]
    heights: tuple[float, ...]
    least: float
    clipped: bool


async def single_mode(run: Run, rig: LaserRig, result: str) -> Evidence:
    """Evidence for `result`: whether one longitudinal mode alone runs at the rated pump."""
    free_range = 1e-3 * (await run.ask(PROMPT)).to("ms").value
    setting = run.sample.quantity("rated_pump_setting", "W").value
    spacing = run.sample.quantity("mode_spacing", "GHz").value

    async def read() -> list[Scan]:
        await rig.shutter.shutter(False)
        await rig.pump.set_pulses(frequency=0.0, width=0.0)
        await rig.pump.set_power(setting)
        await rig.pump.emission(True)
        await rig.shutter.shutter(True)
        await clock.sleep(WARM)
        await _arranged(rig)
        scans = list[Scan]()
        for _ in range(RECORDS):
            scans.append(await _recorded(rig))
            await clock.sleep(PAUSE)
        await rig.shutter.shutter(False)
        await rig.pump.emission(False)
        return scans

    scans = await run.step("scans", read, list[Scan])
    shares = [second(scan, free_range) for scan in scans]
    return decided(run, result, shares, spacing / FREE_RANGE)


async def _arranged(rig: LaserRig) -> None:
    scope = rig.scope
    await scope.set_channel(
        DIODE, span=SPAN, offset=CENTRE, coupling="dc", impedance="1M", probe=1.0
    )
    await scope.set_channel(
        RAMP, span=RAMP_SPAN, offset=TRIGGER, coupling="dc", impedance="1M", probe=1.0
    )
    await scope.set_timebase(RECORD, delay=0.0)
    await scope.set_sample_rate(RATE)
    await scope.set_trigger(RAMP, level=TRIGGER, slope="rising")


async def _recorded(rig: LaserRig) -> Scan:
    await rig.scope.arm()
    await rig.scope.wait(timeout=5.0)
    wave = await rig.scope.waveform(DIODE)
    return scan_of(wave.time.values, wave.voltage.values, wave.clipped)


def scan_of(time: Array, voltage: Array, clipped: bool) -> Scan:
    """The peaks of a record, arrays of shape (n,) in s from the trigger and V."""
    inside = np.abs(time) < USED
    smooth = np.convolve(voltage, np.ones(SMOOTH) / SMOOTH, mode="same")
    t, v = time[inside], smooth[inside]
    base = float(np.median(v))
    noise = 1.4826 * float(np.median(np.abs(v - base)))
    least = max(CLEAR * noise, 1e-6)
    found, _ = find_peaks(v - base, height=least, prominence=least, distance=SMOOTH)
    heights = tuple(float(one) for one in (v - base)[found])
    return Scan(tuple(float(one) for one in t[found]), heights, least, clipped)


def second(scan: Scan, free_range: float) -> float | None:
    """Height of the second strongest mode over the strongest within one `free_range` in s, 0 where
    none was seen. None where no peak repeats as it must, the record was clipped, or noise would
    hide what has to be seen."""
    if scan.clipped or not scan.times:
        return None
    times, heights = np.array(scan.times), np.array(scan.heights)
    for top in np.argsort(-heights):
        again = np.abs(times - times[top] - free_range) < NEAR * free_range
        if not again.any():
            continue
        if abs(float(heights[again].max()) / heights[top] - 1.0) > ALIKE:
            return None
        away = (times - times[top]) / free_range
        others = (away > NEAR) & (away < 1.0 - NEAR)
        highest = float(heights[others].max()) if others.any() else 0.0
        strongest = max(float(heights[top]), highest)
        if scan.least > MAYBE * strongest:
            return None
        return min(float(heights[top]), highest) / strongest
    return None


def decided(run: Run, result: str, shares: list[float | None], folding: float) -> Evidence:
    """The evidence by the second strongest mode of each scan; `folding` is the spacing of the modes
    in free ranges."""
    known = [one for one in shares if one is not None]
    if len(known) < len(shares):
        return run.evidence({}, how=HOW, left_out=LEFT_OUT, invalid=(Text(BLIND, {}),))
    worst = max(known)
    words = {"share": f"{worst:.3f}"}
    told = Text(N_("The second strongest mode had at most {share} of the strongest."), words)
    how = (HOW, told)
    if worst >= MODE:
        return run.evidence({result: Present(False)}, how=how, left_out=LEFT_OUT)
    doubts = list[Text]()
    if worst >= MAYBE:
        doubts.append(Text(DOUBT, words))
    if abs(folding - round(folding)) < NEAR:
        doubts.append(Text(FOLDED, {}))
    if doubts:
        return run.evidence({}, how=how, left_out=LEFT_OUT, invalid=tuple(doubts))
    return run.evidence({result: Present(True)}, how=how, left_out=LEFT_OUT)
