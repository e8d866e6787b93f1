"""Power of pulses from their energies and shapes: the reduction, and what makes it no evidence."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from labctl.i18n import N_
from labctl.quantity import Quantity
from labctl.run import Run
from labctl.uncertainty import Draws, MonteCarlo
from labctl.words import Text, Words
from procedures.methods.contributions import unknown
from procedures.methods.pulses.shots import FASTEST, STEADY, Plan, Series, effective

SPECTRAL, PATH, BANDWIDTH = "spectral_response", "beam_path", "scope_bandwidth"
"""Contributions of the bench, relative: of the head's correction at the wavelength, of optics
before the head, of the oscilloscope's bandwidth."""

DROPPED = 0.1
"""Part of the pairs that may be none."""

LINEAR = 0.02
"""Relative change of the pulse's shape at half the light up to which the photodiode counts as
linear."""

BASE = 0.05
"""Step of the baseline, from one end of the record to the other, over the height."""

DRIFTS = 0.03
"""Relative change of the power from the first to the last shot up to which it counts as steady."""

CLIPPED = N_("{count} records reached the end of the oscilloscope's converter")
NOISY = N_("{count} records do not stand clear of the oscilloscope's noise")
LOST = N_("{count} of {of} pulses were seen by one of the two instruments only")
QUICK = N_("{rate} pulses a second are too many for energies and shapes to be told apart")
UNSTEADY = N_("the energy meter met {rate} pulses a second, the sheet states {stated}")
BENT = N_("at half the light the pulse has another shape, by {share} %: the photodiode saturates")
LIT = N_("the ends of the record are not dark alike, by {share} % of the pulse")
DRIFTED = N_("the power changed by {share} % over the series")


def mean_power(
    mc: MonteCarlo, contributions: Mapping[str, Quantity], full: Series, response: float
) -> Draws:
    """Draws in W of the mean over the shots of energy over effective duration, shape (draws + 1,
    1); `response` is the relative standard uncertainty of the heights by detector, oscilloscope and
    their removal."""
    durations = effective(full.shots)
    weights = 1.0 / durations / len(durations)
    mean = mc.weighted([shot.energy for shot in full.shots], weights, "power")
    each = np.array([shot.energy.value for shot in full.shots]) / durations
    scatter = mc.repeated("scatter of shots", each) - float(each.mean())
    factor = 1.0 + sum(
        (unknown(mc, contributions, name, "dimensionless") for name in (SPECTRAL, PATH)),
        np.zeros((1, 1)),
    )
    return (mean + scatter) * factor * (1.0 + response * mc.normal("height of the pulse"))


def bend(full: Series, half: Series) -> tuple[float, float]:
    """Relative change of the effective duration from half to full light, and its standard
    uncertainty by the scatter of the shots."""
    one, other = effective(full.shots), effective(half.shots)
    parts = [float(np.std(x, ddof=1)) / float(x.mean()) / len(x) ** 0.5 for x in (one, other)]
    return float(one.mean() / other.mean() - 1.0), float(np.hypot(*parts))


def saturation(full: Series, half: Series) -> float:
    """Relative standard uncertainty of the durations by a photodiode that is not quite linear: what
    changes from half to full light changes as much again from none to half; the error lies anywhere
    between none and both."""
    return 2.0 * abs(bend(full, half)[0]) / 3.0**0.5


def drift(full: Series) -> tuple[float, float]:
    """Relative change of the power from first to last shot by a straight line, and its standard
    uncertainty."""
    each = np.array([shot.energy.value for shot in full.shots]) / effective(full.shots)
    x = np.linspace(-0.5, 0.5, len(each))
    slope, level = np.polyfit(x, each, 1)
    left = each - level - slope * x
    u = float(np.sqrt((left @ left) / (len(each) - 2) / (x @ x)))
    return float(slope / level), u / float(level)


def faults(plan: Plan, full: Series, half: Series) -> tuple[Words, ...]:
    """Why these series are no evidence of a power, in words; empty where they are."""
    shots = (*full.shots, *half.shots)
    dropped = full.dropped + half.dropped
    clipped, noisy = sum(one.clipped for one in shots), sum(not one.clear for one in shots)
    found = list[Words]()
    if plan.rate > FASTEST:
        found.append(Text(QUICK, {"rate": f"{plan.rate:g}"}))
    if clipped:
        found.append(Text(CLIPPED, {"count": f"{clipped}"}))
    if noisy:
        found.append(Text(NOISY, {"count": f"{noisy}"}))
    if dropped > DROPPED * len(shots):
        found.append(Text(LOST, {"count": f"{dropped}", "of": f"{dropped + len(shots)}"}))
    if abs(full.rate / plan.rate - 1.0) > STEADY:
        found.append(Text(UNSTEADY, {"rate": f"{full.rate:.3g}", "stated": f"{plan.rate:g}"}))
    return (*found, *_shaped(full, half))


def _shaped(full: Series, half: Series) -> tuple[Words, ...]:
    found = list[Words]()
    change, u = bend(full, half)
    if abs(change) > LINEAR + 2.0 * u:
        found.append(Text(BENT, {"share": f"{100.0 * change:.2g}"}))
    step = float(np.mean([shot.step for shot in full.shots]))
    if abs(step) > BASE:
        found.append(Text(LIT, {"share": f"{100.0 * step:.2g}"}))
    moved, u = drift(full)
    if abs(moved) > DRIFTS + 2.0 * u:
        found.append(Text(DRIFTED, {"share": f"{100.0 * moved:.2g}"}))
    return tuple(found)


def plan_of(run: Run, duration: float, delay: float, sampling: float) -> Plan:
    """The plan by the sheet of the sample, with a record of `duration` and `delay` in s at
    `sampling` in 1/s."""
    sheet = run.sample
    return Plan(
        sheet.quantity("stokes_wavelength", "m").value,
        sheet.quantity("pulse_energy", "J").value,
        sheet.quantity("repetition_rate", "Hz").value,
        duration,
        delay,
        sampling,
    )
