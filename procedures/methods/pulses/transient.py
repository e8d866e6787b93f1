"""Transient peak power of short pulses: energy over the integral of the pulse shape (ISO 11554).

The figure is the mean, over the shots, of pulse energy times the highest value of the photodiode's
signal over its integral. The energy meter counts all light of a shot, so the record is 60 widths
long: pedestal and later pulses count in the integral. Detector and oscilloscope do not change the
integral, and lower the highest value; that is taken back by the forward fit of
`procedures.analysis.pulse_shape`. A part of that correction that is our own choice, a third, and
what two windows differ by are its standard uncertainty: in trials on shapes of other kinds (two
pulses run together, squared hyperbolic secants, flat tops) the fit was right within that. Where the
correction is above 5 % the detector is too slow, and there is no verdict.
"""

from __future__ import annotations

from math import hypot, sqrt

import msgspec
import numpy as np

from drivers.roles.oscilloscope import Waveform
from labctl.asking.prompts import NumberPrompt
from labctl.evidence import Evidence, Observed
from labctl.i18n import N_
from labctl.run import Run
from labctl.uncertainty import Draws, MonteCarlo
from labctl.words import Text, Words
from procedures.analysis.pulse_shape import (
    FULL_WIDTH,
    Grounded,
    area,
    half_width,
    rise_sigma,
    scope_sigma,
    top,
)
from procedures.methods.contributions import unknown, unstated
from procedures.methods.one_figure import one_figure
from procedures.methods.pulses.power import (
    BANDWIDTH,
    PATH,
    SPECTRAL,
    faults,
    mean_power,
    plan_of,
    saturation,
)
from procedures.methods.pulses.shots import IN, OUT, Series, Shape, series
from rigs.pulses import PulsesRig

SHOTS, FEWER = 30, 15
"""Shots at full and at half light."""

LONG, LATER = 60.0, 0.15
"""Length of the record in widths of the pulse, and how far its middle lies after the trigger, in
lengths."""

SAMPLING = 3.125e9
SCOPE = 1e9
"""Samples a second; bandwidth in Hz of the oscilloscope, full."""

SLOW = 0.05
"""Correction of the highest value above which the detector counts as too slow."""

OF_CORRECTION, OF_WIDTH = 1 / 3, 0.5
"""Parts of the corrections of height and width that are their standard uncertainty."""

RISE = NumberPrompt(
    "photodiode/rise",
    N_("Rise time of the photodiode, 10 % to 90 %, by its certificate"),
    unit="ns",
    low=0.001,
    high=100.0,
    u=0.015,
    simulated="0.15 ns",
)

HOW = N_(
    "Energy meter and oscilloscope took the same shots, 30 of them, and 15 more with half the "
    "light on the photodiode. Power is energy times the highest signal over the integral of "
    "the signal, the baseline taken off by the dark ends of each record; the response of "
    "photodiode and oscilloscope was taken out of the highest signal by a forward fit."
)
LEFT_OUT = (
    N_("beating of laser modes that is faster than oscilloscope and photodiode"),
    N_("a slow tail of the photodiode's answer below the noise of a record"),
    N_("that the wedge sends the photodiode another part of the beam than its mean"),
)
TOO_SLOW = N_("photodiode and oscilloscope lower the pulse by {share} %: they are too slow for it")


async def transient_peak_power(run: Run, rig: PulsesRig, result: str) -> Evidence:
    """Evidence for `result`: mean highest power of short pulses, in W."""
    rise = (await run.ask(RISE)).to("s")
    parts = rise_sigma(rise.value), scope_sigma(SCOPE)
    sigma = hypot(*parts)
    width = run.sample.quantity("pulse_width", "s").value
    duration = LONG * width
    plan = plan_of(run, duration, LATER * duration, SAMPLING)

    def read(wave: Waveform, found: Grounded) -> Shape:
        time = wave.time.values
        seen = half_width(time, found, float(found.volts.max()))
        highest = top(time, found, seen, sigma)
        wide = half_width(time, found, highest.seen)
        return Shape(area(time, found), highest.true, highest.seen, highest.doubt, wide, 0.0)

    full = await series(run, rig, "full", OUT, plan, SHOTS, read)
    half = await series(run, rig, "half", IN, plan, FEWER, read)
    run.observe(observed_width(full, sigma))
    correction, fitted = corrected(full)
    lever, other = (2.0 * correction * (part / sigma) ** 2 for part in parts[::-1])
    response = hypot(fitted, other * rise.u / rise.value)

    def reduction(mc: MonteCarlo) -> Draws:
        power = mean_power(mc, run.contributions, full, hypot(response, saturation(full, half)))
        return power * (1.0 - lever * unknown(mc, run.contributions, BANDWIDTH, "dimensionless"))

    evidence = await one_figure(
        run,
        result,
        "W",
        reduction,
        how=(HOW, *told(full, correction)),
        left_out=LEFT_OUT,
        unstated=unstated(run.sample, run.contributions, (), (SPECTRAL, PATH, BANDWIDTH)),
    )
    invalid = faults(plan, full, half)
    if correction > SLOW:
        invalid = (*invalid, Text(TOO_SLOW, {"share": f"{100.0 * correction:.2g}"}))
    return msgspec.structs.replace(evidence, invalid=invalid)


def corrected(full: Series) -> tuple[float, float]:
    """Mean relative correction of the highest value, and its relative standard uncertainty."""
    shapes = [shot.shape for shot in full.shots]
    correction = float(np.mean([one.height / one.seen - 1.0 for one in shapes]))
    doubt = float(np.mean([one.doubt / one.height for one in shapes]))
    return correction, hypot(OF_CORRECTION * correction, doubt / sqrt(len(shapes)))


def observed_width(full: Series, sigma: float) -> Observed:
    """The width at half maximum as observed, the response of standard deviation `sigma` in s taken
    off in squares, which holds for Gaussian pulses: half of that is its uncertainty."""
    seen = np.array([shot.shape.width for shot in full.shots])
    true = np.sqrt(np.maximum(seen**2 - (FULL_WIDTH * sigma) ** 2, 0.0))
    u = hypot(OF_WIDTH * float((seen - true).mean()), float(true.std(ddof=1)) / sqrt(len(true)))
    low, high = float(true.min()), float(true.max())
    return Observed("pulse_width", float(true.mean()), "s", u, low, high)


def told(full: Series, correction: float) -> tuple[Words, ...]:
    """Energy, width and correction in words."""
    energy = float(np.mean([shot.energy.value for shot in full.shots]))
    width = float(np.mean([shot.shape.width for shot in full.shots]))
    return (
        Text(
            N_(
                "{energy} mJ in pulses of {width} ns; the response lowered their tops by {share} %."
            ),
            {
                "energy": f"{1e3 * energy:.4g}",
                "width": f"{1e9 * width:.3g}",
                "share": f"{100.0 * correction:.2g}",
            },
        ),
    )
