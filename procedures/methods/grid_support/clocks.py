"""Clocks of a command compared: the host's, and the one of the controller that took it.

They are journalled; no response time depends on them, since event and answer are on one record.
"""

from __future__ import annotations

import msgspec

from drivers.roles.power_dispatch import ControllerTime, PowerDispatch
from labctl.i18n import N_
from labctl.run import Run
from labctl.words import Text
from rigs.power import PowerRig

COMPARED = N_(
    "Clock of the site controller less the host's: {site} ms (Modbus, +- {doubt} ms), "
    "{dispatch} ms (MQTT, +- {wide} ms). It is journalled; no figure depends on it."
)


class Skew(msgspec.Struct, frozen=True):
    """Controller's clock less the host's in s, known to +- `doubt` in s."""

    skew: float
    doubt: float


class Clocks(msgspec.Struct, frozen=True):
    """The controller's clock by both ways to it."""

    site: Skew
    dispatch: Skew


def skew_of(time: ControllerTime) -> Skew:
    """The comparison that one answer makes."""
    return Skew(time.skew, time.doubt)


async def compare(run: Run, rig: PowerRig) -> Clocks:
    """Both comparisons, as one step."""

    async def asked() -> Clocks:
        return Clocks(await _best(rig.site), await _best(rig.dispatch))

    return await run.step("clocks", asked, Clocks)


async def _best(way: PowerDispatch, tries: int = 3) -> Skew:
    """The comparison of the quickest of some answers (Cristian 1989)."""
    found = [skew_of(await way.controller_time()) for _ in range(tries)]
    return min(found, key=lambda one: one.doubt)


def told(clocks: Clocks) -> Text:
    """The comparison in words."""
    figures = {
        "site": clocks.site.skew,
        "doubt": clocks.site.doubt,
        "dispatch": clocks.dispatch.skew,
        "wide": clocks.dispatch.doubt,
    }
    return Text(COMPARED, {name: f"{1e3 * value:.1f}" for name, value in figures.items()})
