"""Linewidth of a laser in single-frequency operation by delayed self-heterodyne detection."""

from __future__ import annotations

import msgspec
import numpy as np

from labctl import clock
from labctl.asking.prompts import NumberPrompt
from labctl.evidence import Evidence
from labctl.i18n import N_
from labctl.run import Run
from labctl.uncertainty import Draws, MonteCarlo
from labctl.words import Text
from procedures.methods.contributions import unknown, unstated
from procedures.methods.laser.beat_shape import Array, Fitted, fit, voigt_width
from procedures.methods.laser.spectrum import WARM
from procedures.methods.one_figure import one_figure
from rigs.laser import LaserRig

SHIFT, AROUND = 80e6, 100e3
"""Hz of the modulator, and how far around it is swept."""

RESOLUTION, LEVEL = 300.0, 0.0
"""Hz; dBm of the reference level."""

SWEEPS, TRACES = 100, 3
"""Sweeps averaged in one trace, and how many traces."""

DELAY = "fibre_delay"
"""Contribution of the bench, relative: delay of the fibre."""

MOVED = 0.01
"""Relative change of the delay by which its part is found."""

POOR = 1.6
"""Chi-square over degrees of freedom beyond which the beat has another shape."""

ABOVE = 100.0
"""The beat must be so many times above what is there without light."""

PROMPT = NumberPrompt(
    "delay",
    N_("Delay of the fibre of the self-heterodyne set, by its certificate"),
    unit="us",
    low=1.0,
    high=1000.0,
    u=0.0,
    simulated="122 us",
)

HOW = N_(
    "Beat of the laser with its copy, delayed by a fibre and shifted by 80 MHz: the mean of three "
    "traces of a hundred sweeps was fitted with the spectrum of white frequency noise at that "
    "delay, which may be shorter than the coherence time, folded with a Gaussian of slow noise and "
    "the filter. Width of the Voigt profile of both parts of the laser."
)
LEFT_OUT = (
    N_("noise of the fibre itself, which counts as the laser's"),
    N_("slow noise that both copies share within the delay"),
)
SHAPE = N_("the beat has not the fitted shape (chi-square {quality} a degree of freedom)")
DARK = N_("no beat stands above what is seen without light")


class Trace(msgspec.Struct, frozen=True):
    """Powers in W from `start` to `stop` in Hz within `resolution` in Hz."""

    start: float
    stop: float
    resolution: float
    watts: tuple[float, ...]

    @property
    def frequency(self) -> Array:
        """Frequencies in Hz, shape (n,)."""
        return np.linspace(self.start, self.stop, len(self.watts))


async def linewidth(run: Run, rig: LaserRig, result: str) -> Evidence:
    """Evidence for `result`: full width at half maximum of the laser's line, in Hz."""
    delay = (await run.ask(PROMPT)).to("s").value
    dark, *lit = await run.step("beat", lambda: _beat(run, rig), list[Trace])
    watts = np.mean([one.watts for one in lit], axis=0)
    if watts.max() < ABOVE * float(np.median(dark.watts)):
        return run.evidence({}, how=HOW, left_out=LEFT_OUT, invalid=(Text(DARK, {}),))
    first = lit[0]

    def fitted(at: float) -> Fitted:
        return fit(first.frequency, watts, first.resolution, at, SWEEPS * len(lit))

    found = await run.reduce(lambda: fitted(delay))
    moved = await run.reduce(lambda: fitted(delay * (1.0 + MOVED)))
    words = {"quality": f"{found.quality:.2f}"}
    if found.quality > POOR:
        return run.evidence({}, how=HOW, left_out=LEFT_OUT, invalid=(Text(SHAPE, words),))
    slope = (np.array([moved.lorentz, moved.square]) - [found.lorentz, found.square]) / MOVED

    def reduction(mc: MonteCarlo) -> Draws:
        parts = mc.correlated("fit of the beat", [found.lorentz, found.square], found.covariance)
        parts = parts + unknown(mc, run.contributions, DELAY, "dimensionless") * slope
        gauss = np.sqrt(np.maximum(parts[:, 1], 0.0) / 2.0)
        return voigt_width(np.maximum(parts[:, 0], 0.0), gauss)

    return await one_figure(
        run,
        result,
        "Hz",
        reduction,
        how=(HOW, _told(found)),
        left_out=LEFT_OUT,
        unstated=unstated(run.sample, run.contributions, (), (DELAY,)),
    )


async def _beat(run: Run, rig: LaserRig) -> list[Trace]:
    """A dark trace and the lit ones; shutter closed and pump off at the end."""
    await rig.shutter.shutter(False)
    await rig.beat.set_mixer(0, loss=0.0)
    await rig.beat.set_reference_level(LEVEL)
    await rig.beat.set_span(SHIFT - AROUND, SHIFT + AROUND)
    await rig.beat.set_bandwidth(resolution=RESOLUTION, video=RESOLUTION)
    await rig.beat.set_detector("average")
    await rig.beat.set_averages(SWEEPS)
    traces = [await _trace(run, rig)]
    await rig.pump.set_pulses(frequency=0.0, width=0.0)
    await rig.pump.set_power(run.sample.quantity("rated_pump_setting", "W").value)
    await rig.pump.emission(True)
    await rig.shutter.shutter(True)
    await clock.sleep(WARM)
    traces += [await _trace(run, rig) for _ in range(TRACES)]
    await rig.shutter.shutter(False)
    await rig.pump.emission(False)
    return traces


async def _trace(run: Run, rig: LaserRig) -> Trace:
    found = await rig.beat.sweep()
    await run.record("beat/peak", (await rig.beat.peak()).level)
    ends = float(found.frequency.values[0]), float(found.frequency.values[-1])
    watts = 1e-3 * 10.0 ** (found.level.values / 10.0)
    return Trace(*ends, found.resolution, tuple(float(f"{one:.6e}") for one in watts))


def _told(found: Fitted) -> Text:
    gauss = max(found.square, 0.0) ** 0.5 / 2.0**0.5
    words = {
        "lorentz": f"{1e-3 * found.lorentz:.3g}", "gauss": f"{1e-3 * gauss:.3g}",
        "quality": f"{found.quality:.2f}",
    }  # fmt: skip
    told = N_("White part {lorentz} kHz, slow part {gauss} kHz; chi-square {quality}.")
    return Text(told, words)
