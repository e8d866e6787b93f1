"""Reduction of a tandem's curves to power at standard test conditions. Pure.

Of each subcell's light its own reference cell tells, with errors of its own. Their mean scales the
power; their difference moves the balance, and what that does to it was read in shifted light.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from labctl.traceable import Unstated
from labctl.uncertainty import Draws, MonteCarlo
from procedures.analysis.balance import Balance
from procedures.analysis.iec60891 import STC_IRRADIANCE
from procedures.methods.photovoltaics.device import Device
from procedures.methods.photovoltaics.iv_reduction import (
    Power,
    mean_power,
    power_from,
    repeatability,
)
from procedures.methods.photovoltaics.iv_sweep import Sweep
from procedures.methods.photovoltaics.tandem_curves import Both, Measured


@dataclass(frozen=True)
class Subcells:
    """The device as the reference cell of its `top` and of its `bottom` subcell sees it."""

    top: Device
    bottom: Device

    def unstated(self, *properties: str) -> tuple[Unstated, ...]:
        """Contributions that neither bench file nor sheet states, each once."""
        both = (*self.top.unstated(*properties), *self.bottom.unstated(*properties))
        return tuple(dict.fromkeys(both))

    def balance(self, mc: MonteCarlo, both: Both) -> Draws:
        """ln of the top subcell's light over the bottom one's, shape (draws + 1,)."""
        sweeps = both.pair.sweeps
        read = [one for sweep in sweeps for one in sweep.reference.readings()]
        top = self.top.irradiance(mc, mc.mean(read))
        bottom = self.bottom.irradiance(mc, mc.mean(both.bottom.readings()))
        return np.log(top / bottom)[:, 0]

    def power(self, mc: MonteCarlo, both: Both, sweep: Sweep) -> Draws:
        """Maximum power in W of one `sweep` of the pair at 25 degC and a (geometric) mean light of
        1000 W/m2, shape (draws + 1,)."""
        top = self.top.irradiance(mc, mc.mean(sweep.reference.readings()))
        bottom = self.bottom.irradiance(mc, mc.mean(both.bottom.readings()))
        standard = np.full_like(top, STC_IRRADIANCE)
        mean = np.sqrt(top * bottom)[:, 0] / STC_IRRADIANCE
        return power_from(mc, self.top, sweep, standard) / mean


def balance_of(mc: MonteCarlo, cells: Subcells, measured: Measured) -> Balance:
    """Power against the balance as the reference cells read it."""
    read = mc.like(2)

    def point(some: list[Both]) -> tuple[float, float]:
        x = [cells.balance(read, both)[0] for both in some]
        watts = [cells.power(read, both, sweep)[0] for both in some for sweep in both.pair.sweeps]
        return float(np.mean(x)), float(np.mean(watts))

    points = [point(measured.balanced), *(point([both]) for both in measured.shifted)]
    return Balance(*zip(*points, strict=True))


def tandem_power(
    mc: MonteCarlo, cells: Subcells, measured: Measured, balance: Balance, name: str
) -> Power:
    """Power at standard test conditions; `name` tells this reading from others of the device.

    The cells read the balance wrongly by what their draws differ from what was read: light that is
    balanced lies as far on the other side of zero on their scale.
    """
    balanced = measured.balanced
    reverse = [cells.power(mc, both, both.pair.reverse) for both in balanced]
    forward = [cells.power(mc, both, both.pair.forward) for both in balanced]
    found = mean_power(mc, reverse, forward, name)
    x = np.mean([cells.balance(mc, both) for both in balanced], axis=0)
    factor = balance.ratio(x[0] - x, float(x[0]))
    each = np.array([(r[0] + f[0]) / 2 for r, f in zip(reverse, forward, strict=True)])
    scatter = repeatability(each) * np.sqrt(len(each)) / float(each.mean())
    single = mc.normal("repeatability/spectrometric")[:, 0]
    return Power(found.draws * factor * (1.0 + scatter * single), found.reverse, found.forward)
