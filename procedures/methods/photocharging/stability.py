"""Whether the output stayed inside the declared band, from its readings. Pure, but for evidence."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from labctl.evidence import Evidence, Figure, Present, Reading
from labctl.i18n import N_
from labctl.run import Run
from labctl.uncertainty import Draws, MonteCarlo
from labctl.words import Text
from procedures.analysis.iec60891 import STC_IRRADIANCE, STC_TEMPERATURE
from procedures.methods.photocharging.profile import PORTABLE, Profile
from procedures.methods.photocharging.supply import Point, supply
from procedures.methods.photovoltaics.device import device_on
from rigs.photocharging import PhotochargingRig

DECLARED = N_(
    "Declared by the method, since the indicator states none: {hours} h of light in steps with two "
    "dark times; a load of {idle} A with bursts of {burst} A for {width} s each {every} s; the "
    "output inside {low} V to {high} V at all times (USB 2.0, 7.2.2)."
)
FOUND = N_(
    "{share} % of the readings inside the band; lowest {lowest} V, highest {highest} V, with the "
    "transients at {steps} steps of the load, each from {low} V to {high} V about the mean."
)
LEFT_OUT = (
    N_("definition of stable: band, duration, light and load are the method's choice"),
    N_("gaps in the log: the output between two readings, and transients at bursts not recorded"),
    N_("ripple of the converter beyond the oscilloscope's record"),
)
DOUBT = "the extremes of the output lie within their uncertainty of the band's edge"
SILENT = "readings of the output at every moment of the profile"
IDLE = "a load that drew what the profile says"
DIM = "light as the profile says"

NEAR_LIGHT, NEAR_LOAD = 0.05, 0.1
"""Relative deviation of light and of the burst's current from the profile, the latter beyond what
the load may misread."""


async def stable_supply(run: Run, rig: PhotochargingRig, result: str) -> Evidence:
    """Evidence for `result`: whether the device supplied the product through the profile."""
    celsius = device_on(run, rig).chuck_for(STC_TEMPERATURE, STC_IRRADIANCE)
    points = await supply(run, rig, PORTABLE, celsius)
    return await run.reduce(lambda: _evidence(run, points, result))


def _evidence(run: Run, points: Sequence[Point], result: str) -> Evidence:
    mc = run.monte_carlo
    low, high = lowest(mc, points), highest(mc, points)
    stable = inside(low, high, PORTABLE)
    lacking = (*missing(points, PORTABLE), *((DOUBT,) if stable is None else ()))
    # What failed has failed, whatever else was not seen.
    shown = stable is False or not lacking
    found = Present(stable is True, f"{low.value:.3f} V to {high.value:.3f} V")
    return run.evidence(
        {result: found} if shown else {},
        how=(_declared(PORTABLE), _found(points, low, high)),
        left_out=LEFT_OUT,
        missing=() if shown else lacking,
    )


def inside(low: Figure, high: Figure, profile: Profile) -> bool | None:
    """Whether the extremes `low` and `high` in V are surely inside the band; False where one is
    surely outside, None where their uncertainty does not tell."""
    if low.high < profile.low or high.low > profile.high:
        return False
    if low.low >= profile.low and high.high <= profile.high:
        return True
    return None


def missing(points: Sequence[Point], profile: Profile) -> tuple[str, ...]:
    """What of the profile was not observed, or not drawn."""
    times = [point.idle.t for point in points]
    late = any(b - a > 1.5 * profile.reading for a, b in pairwise(times))
    whole = times[-1] - times[0] >= profile.seconds - profile.reading
    found = {
        SILENT: whole and not late,
        IDLE: all(_drawn(point, profile) for point in points),
        DIM: all(_lit(point) for point in points),
    }
    return tuple(what for what, there in found.items() if not there)


def _lit(point: Point) -> bool:
    seen = point.irradiance
    return seen is None or abs(seen - point.light) <= NEAR_LIGHT * point.light


def _drawn(point: Point, profile: Profile) -> bool:
    if point.current is None:
        return True
    sheet = point.current.accuracy
    error = 0.0 if sheet is None else sheet.offset + sheet.gain * profile.burst
    return abs(point.current.value - profile.burst) <= error + NEAR_LOAD * profile.burst


def lowest(mc: MonteCarlo, points: Sequence[Point]) -> Figure:
    """The lowest voltage in V at the output, transients included."""
    return mc.figure(_extreme(mc, points, -1.0), "V")


def highest(mc: MonteCarlo, points: Sequence[Point]) -> Figure:
    """The highest voltage in V at the output, transients included."""
    return mc.figure(_extreme(mc, points, 1.0), "V")


def _extreme(mc: MonteCarlo, points: Sequence[Point], sign: float) -> Draws:
    """The reading that is furthest to the side of `sign`, as draws: of the meter alone, and of the
    meter with the oscilloscope's swing from it."""
    plain = [r for p in points for r in (p.idle, p.burst) if r is not None]
    worst = max(plain, key=lambda reading: sign * reading.value)
    found = mc.readings([worst])
    swung = [pair for point in points for pair in _pairs(point, sign)]
    if not swung:
        return found
    base, swing = max(swung, key=lambda pair: sign * (pair[0].value + pair[1].value))
    other = mc.readings([base]) + mc.readings([swing])
    return np.where(sign * other[0, 0] > sign * found[0, 0], other, found)


def _pairs(point: Point, sign: float) -> list[tuple[Reading, Reading]]:
    """Mean before a step of the load and swing from it, in V."""
    means = (point.idle, point.burst)
    return [
        (mean, one.high if sign > 0.0 else one.low)
        for mean, one in zip(means, point.swings, strict=False)
        if mean is not None
    ]


def share_inside(points: Sequence[Point], profile: Profile) -> float:
    """Part (0..1) of the meter's readings that are inside the band."""
    values = [r.value for p in points for r in (p.idle, p.burst) if r is not None]
    return sum(profile.low <= value <= profile.high for value in values) / len(values)


def _declared(profile: Profile) -> Text:
    numbers = {
        "hours": f"{profile.seconds / 3600.0:g}",
        "idle": f"{profile.idle:g}",
        "burst": f"{profile.burst:g}",
        "width": f"{profile.width:g}",
        "every": f"{profile.every:g}",
        "low": f"{profile.low:g}",
        "high": f"{profile.high:g}",
    }
    return Text(DECLARED, numbers)


def _found(points: Sequence[Point], low: Figure, high: Figure) -> Text:
    swings = [one for point in points for one in point.swings]
    numbers = {
        "share": f"{100.0 * share_inside(points, PORTABLE):.1f}",
        "lowest": f"{low.value:.3f} +- {low.expanded:.3f}",
        "highest": f"{high.value:.3f} +- {high.expanded:.3f}",
        "steps": str(len(swings)),
        "low": f"{min((one.low.value for one in swings), default=0.0):.3f}",
        "high": f"{max((one.high.value for one in swings), default=0.0):.3f}",
    }
    return Text(FOUND, numbers)
