"""How many orders of a cascaded Raman laser lase."""

from __future__ import annotations

from dataclasses import dataclass

from labctl.evidence import Count, Evidence
from labctl.i18n import N_
from labctl.run import Run
from labctl.words import Text
from procedures.methods.laser.lines import line
from procedures.methods.laser.spectrum import (
    MOST_ORDERS,
    Spectra,
    Swept,
    Window,
    spectra,
    stokes_wavelength,
)
from rigs.laser import LaserRig

WINDOW = Window(half=6e-9, resolution=0.2e-9, floor=-70.0)
REPEATS = 2

SURE, POSSIBLE = 1e-2, 1e-3
"""Of the strongest order's power: an order that carries less than a hundredth counts as possible
only, one that carries less than a thousandth is spontaneous light. Our own choice."""

CLEAR = 100.0
"""A line must stand so many times above the background, and above what is seen in the dark."""

NEAR = 1.5e-9
"""m that a line may lie off its expected place: 5 1/cm and more at the longest wavelengths."""

HOW = N_(
    "Every order that the analyser reaches was swept about its place, 1332.3 1/cm after the one "
    "before, dark and at the rated pump. An order counts whose line lies there, stands 20 dB above "
    "the background and carries a hundredth of the strongest one or more; the chain ends at the "
    "first that does not."
)
LEFT_OUT = (
    N_("what share of an order makes it one: a hundredth of the strongest is our own choice"),
    N_("response of pick-off and fibre at the wavelengths of the orders"),
)
BEYOND = N_(
    "the last order that the analyser reaches lases: what follows could not be looked for, so the "
    "count is a least one"
)


@dataclass(frozen=True)
class Seen:
    """An order: its `area` in W m, zero where no clear line is at its place, its `centre` in m."""

    order: int
    area: float
    centre: float


async def cascade_orders(run: Run, rig: LaserRig, result: str) -> Evidence:
    """Evidence for `result`: orders that lase at the rated pump."""
    found = await spectra(run, rig, range(1, MOST_ORDERS + 1), WINDOW, REPEATS)
    pump = run.sample.quantity("pump_wavelength", "m").value
    orders = [seen(found, order, pump) for order in range(1, found.reached + 1)]
    sure, possible = count(orders, SURE), count(orders, POSSIBLE)
    at_end = (Text(BEYOND, {}),) if sure and sure == found.reached else ()
    return run.evidence(
        {result: Count(float(sure), float(possible), "order")},
        how=(HOW, *(told(one) for one in orders), *at_end),
        left_out=LEFT_OUT,
    )


def seen(found: Spectra, order: int, pump: float) -> Seen:
    """What all sweeps of `order` show: the least of them decides."""
    dark = float(found.dark_of(order).watts.max())
    each = [_one(one, stokes_wavelength(pump, order), dark) for one in found.of(order)]
    return min(each, key=lambda one: one.area)


def _one(swept: Swept, place: float, dark: float) -> Seen:
    shown = line(swept.wavelengths, swept.watts)
    clear = shown.peak > CLEAR * max(shown.background, dark)
    there = abs(shown.centre - place) < NEAR
    return Seen(swept.order, shown.area if clear and there else 0.0, shown.centre)


def count(orders: list[Seen], share: float) -> int:
    """Orders from the first on that carry `share` of the strongest or more, without a gap."""
    strongest = max((one.area for one in orders), default=0.0)
    number = 0
    for one in orders:
        if one.area <= 0.0 or one.area < share * strongest:
            break
        number += 1
    return number


def told(one: Seen) -> Text:
    """The order in words."""
    if one.area <= 0.0:
        return Text(N_("Order {order}: no clear line at its place."), {"order": str(one.order)})
    words = {"order": str(one.order), "nm": f"{one.centre * 1e9:.2f}"}
    return Text(N_("Order {order}: a line at {nm} nm."), words)
