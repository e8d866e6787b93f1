"""Charge, energy and current of discharges out of the cycler's log. Pure.

The cycler counts what its own meter reads; an error of the meter is common to all readings of its
range. Where its voltage is wrong by a volt, cut-offs lie wrong by it, and the legs end earlier or
later by what their slopes tell.
"""

from __future__ import annotations

from typing import NamedTuple

from labctl.evidence import Accuracy, Reading
from labctl.uncertainty import Draws, MonteCarlo
from procedures.methods.battery.legs import Leg, of_sign
from procedures.methods.storage_cell.cell import TEMPERATURE, Cell
from procedures.methods.storage_cell.driving import Seen


class Given(NamedTuple):
    """Draws of what a discharge gave: `charge` in C and `energy` in J, (draws + 1,)."""

    charge: Draws
    energy: Draws


def line_error(mc: MonteCarlo, seen: Seen, line: Accuracy | None, shown: float) -> Draws:
    """Draws of true less `shown` value of the cycler, (draws + 1,), in the unit of its `line`."""
    unit = "" if line is None else line.unit
    reading = Reading(shown, unit, 0.0, 0.0, seen.address, "", line)
    return (mc.weighted([reading], [1.0], f"{unit} {shown:.6g}") - shown)[:, 0]


def true_current(mc: MonteCarlo, seen: Seen, leg: Leg) -> Draws:
    """Draws of the mean current of a leg in A (magnitude), (draws + 1,)."""
    shown = leg.sign * leg.current
    return leg.sign * (shown + line_error(mc, seen, seen.current, shown))


def given(mc: MonteCarlo, cell: Cell, seen: Seen) -> Given:
    """What the last discharge of `seen` gave between nominal cut-offs, after its last charge."""
    up, down = of_sign(seen.legs, 1)[-1], of_sign(seen.legs, -1)[-1]
    current = true_current(mc, seen, down)
    error = line_error(mc, seen, seen.voltage, down.voltage)
    # Read low, a charge goes too far and a discharge too: what is above or below is taken back.
    below, above = error * down.slope * current, error * up.slope * true_current(mc, seen, up)
    charge = current * down.seconds
    energy = charge * (down.voltage + error) + below * cell.lower - above * cell.upper
    return Given(charge + below - above, energy)


def at_temperature(mc: MonteCarlo, cell: Cell, seen: Seen, coefficient: str) -> Draws:
    """Draws of a figure over that at 25 degC, by its `coefficient` on the sheet, (draws + 1,)."""
    warmer = cell.air(mc, seen.air) - TEMPERATURE
    return (1.0 + cell.stated(mc, coefficient, "1/K") * warmer)[:, 0]
