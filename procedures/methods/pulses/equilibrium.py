"""Peak power in thermal equilibrium: the settled power of quasi-continuous pulses (ISO 11554).

What the row means is our own choice. A pulse of some hundred microseconds is a short time of
continuous operation: the crystal warms up within its thermal time and the power settles. The figure
is the power after that, not that of the spike at the start: the mean over the last quarter of the
pulse between its half maxima, less the last fiftieth, of shots that follow one another. It is pulse
energy times that level of the photodiode's signal over the signal's integral.

That it has settled is judged by three things: the pulse is at least six of the thermal times that
the sheet states, the power changes by 2 % at most along the last quarter, and by 3 % at most from
the first shot to the last. Otherwise there is no verdict.
"""

from __future__ import annotations

import msgspec
import numpy as np

from drivers.roles.oscilloscope import Waveform
from labctl.evidence import Evidence
from labctl.i18n import N_
from labctl.run import Run
from labctl.uncertainty import Draws, MonteCarlo
from labctl.words import Text, Words
from procedures.analysis.pulse_shape import Grounded, area, length, settled
from procedures.methods.contributions import unstated
from procedures.methods.one_figure import one_figure
from procedures.methods.pulses.power import PATH, SPECTRAL, faults, mean_power, plan_of, saturation
from procedures.methods.pulses.shots import IN, OUT, Series, Shape, series
from rigs.pulses import PulsesRig

SHOTS, FEWER = 30, 15
"""Shots at full and at half light."""

LONG, LATER = 1.8, 0.25
"""Length of the record in widths of the pulse, and how far its middle lies after the trigger, in
lengths."""

SAMPLING = 6.25e6
TIMES = 6.0
"""Thermal times of the crystal that a pulse must last."""

LEVEL = 0.02
"""Relative change along the last quarter up to which the power counts as settled."""

HOW = N_(
    "Energy meter and oscilloscope took the same shots, 30 of them, and 15 more with half the "
    "light on the photodiode. The figure is the power in the last quarter of the pulse: energy "
    "times the signal there over the integral of the signal, the baseline taken off by the "
    "dark ends of each record. The spike at the start does not count."
)
LEFT_OUT = (
    N_("that the text does not say which time of the pulse counts: the last quarter is our choice"),
    N_(
        "that a joulemeter reads a pulse of some hundred microseconds a little lower than a short "
        "one"
    ),
    N_("that the wedge sends the photodiode another part of the beam than its mean"),
)
SHORT = N_("the pulse lasts {times} thermal times of the crystal: too short for it to settle")
CHANGING = N_("the power changes by {share} % in the last quarter of the pulse")


async def settled_power(run: Run, rig: PulsesRig, result: str) -> Evidence:
    """Evidence for `result`: mean settled power of long pulses, in W."""
    width = run.sample.quantity("pulse_width", "s").value
    thermal = run.sample.quantity("thermal_time", "s").value
    duration = LONG * width
    plan = plan_of(run, duration, LATER * duration, SAMPLING)

    def read(wave: Waveform, found: Grounded) -> Shape:
        time = wave.time.values
        end = settled(time, found)
        wide = length(time, found)
        return Shape(area(time, found), end.level, end.level, 0.0, wide, end.change)

    full = await series(run, rig, "full", OUT, plan, SHOTS, read)
    half = await series(run, rig, "half", IN, plan, FEWER, read)

    def reduction(mc: MonteCarlo) -> Draws:
        return mean_power(mc, run.contributions, full, saturation(full, half))

    evidence = await one_figure(
        run,
        result,
        "W",
        reduction,
        how=(HOW, *told(full)),
        left_out=LEFT_OUT,
        unstated=unstated(run.sample, run.contributions, (), (SPECTRAL, PATH)),
    )
    invalid = (*faults(plan, full, half), *unsettled(full, thermal))
    return msgspec.structs.replace(evidence, invalid=invalid)


def unsettled(full: Series, thermal: float) -> tuple[Words, ...]:
    """Why the pulses are not in equilibrium, by the crystal's `thermal` time in s; empty where they
    are."""
    found = list[Words]()
    times = float(np.mean([shot.shape.width for shot in full.shots])) / thermal
    if times < TIMES:
        found.append(Text(SHORT, {"times": f"{times:.2g}"}))
    change = float(np.mean([shot.shape.change for shot in full.shots]))
    if abs(change) > LEVEL:
        found.append(Text(CHANGING, {"share": f"{100.0 * change:.2g}"}))
    return tuple(found)


def told(full: Series) -> tuple[Words, ...]:
    """Energy, length and change in words."""
    shapes = [shot.shape for shot in full.shots]
    return (
        Text(
            N_("{energy} J in pulses of {width} us; over their last quarter {share} % of change."),
            {
                "energy": f"{float(np.mean([shot.energy.value for shot in full.shots])):.4g}",
                "width": f"{1e6 * float(np.mean([one.width for one in shapes])):.4g}",
                "share": f"{100.0 * float(np.mean([one.change for one in shapes])):.2g}",
            },
        ),
    )
