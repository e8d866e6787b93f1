"""Spread of the powers of the orders of a cascaded laser, over their sum."""

from __future__ import annotations

import numpy as np

from labctl.asking.prompts import ChoicePrompt
from labctl.errors import OperatorError
from labctl.evidence import Evidence
from labctl.i18n import N_
from labctl.run import Run
from labctl.uncertainty import Draws, MonteCarlo
from labctl.words import Text
from procedures.methods.contributions import unstated
from procedures.methods.laser.head import (
    DRIFT,
    OUTPUT,
    SPECTRAL,
    Levels,
    creep,
    levels,
    place,
    powers,
    stated,
)
from procedures.methods.laser.orders import REPEATS as SWEEPS
from procedures.methods.laser.orders import SURE, WINDOW, count, seen, told
from procedures.methods.laser.spectrum import MOST_ORDERS, spectra, stokes_wavelength
from procedures.methods.one_figure import one_figure
from rigs.laser import LaserRig

SEPARATOR = "separator"
"""Contribution of the bench, relative: transmission of a separator for its order."""

LEVELS = 3
"""Levels of each order."""

STEEP = 2.0
"""How many times more than the pump an order's power may move: orders share a pump whose drift the
highest one meets most."""

TEXT = N_("Put the separator of this order in front of the head; the shutter is closed")
HOW = N_(
    "The orders that lase were found by the spectrum analyser. Each was sent to the thermal head "
    "by its separator, the others beside it, and read on one scale, so that the head's calibration "
    "cancels: largest less smallest power over the sum of all."
)
LEFT_OUT = (
    N_("light of the other orders that a separator lets through"),
    N_("orders that the analyser does not reach"),
)
FEW = N_("fewer than two orders lase: there is no difference between wavelengths")


async def power_balance(run: Run, rig: LaserRig, result: str) -> Evidence:
    """Evidence for `result`: spread of the orders' powers over their sum, dimensionless."""
    found = await spectra(run, rig, range(1, MOST_ORDERS + 1), WINDOW, SWEEPS)
    pump = run.sample.quantity("pump_wavelength", "m").value
    orders = [seen(found, order, pump) for order in range(1, found.reached + 1)]
    number = count(orders, SURE)
    if number < 2:
        return run.evidence({}, how=HOW, invalid=(Text(FEW, {}),))
    await place(run, "orders", OUTPUT)
    each = [await _order(run, rig, n, number, pump) for n in range(1, number + 1)]

    def reduction(mc: MonteCarlo) -> Draws:
        return spread_of(np.hstack([order_power(mc, run, n, one) for n, one in enumerate(each, 1)]))

    shares = [order_power(run.monte_carlo.like(2), run, n, one) for n, one in enumerate(each, 1)]
    words = {"watts": ", ".join(f"{float(one[0, 0]):.4g}" for one in shares)}
    return await one_figure(
        run,
        result,
        "dimensionless",
        reduction,
        how=(HOW, *(told(one) for one in orders[:number]), Text(N_("Powers {watts} W."), words)),
        left_out=LEFT_OUT,
        unstated=unstated(run.sample, run.contributions, (), (SPECTRAL, SEPARATOR, DRIFT)),
    )


async def _order(run: Run, rig: LaserRig, n: int, number: int, pump: float) -> Levels:
    """Levels of order `n` of `number` behind its separator."""
    name, options = f"order {n}", tuple(str(one) for one in range(1, number + 1))
    prompt = ChoicePrompt(f"{name}/separator", TEXT, options=options, simulated=str(n))
    if await run.ask(prompt) != str(n):
        raise OperatorError(
            f"the separator is not that of order {n}", remedy="put it there when you are asked to"
        )
    setting = run.sample.quantity("rated_pump_setting", "W").value
    wavelength = stokes_wavelength(pump, n)
    return await levels(run, rig, name, wavelength, [setting] * LEVELS, setting)


def order_power(mc: MonteCarlo, run: Run, n: int, found: Levels) -> Draws:
    """Draws of the power of order `n` in W, shape (draws + 1, 1)."""
    watts = powers(mc, found, f"order {n}").mean(axis=1, keepdims=True)
    watts = watts + creep(mc, found, f"order {n}")
    drift = 1.0 + STEEP * (stated(mc, run, DRIFT, f"order {n}") - 1.0)
    response = stated(mc, run, SPECTRAL, f"order {n}") * stated(mc, run, SEPARATOR, str(n))
    return watts * response * drift


def spread_of(watts: Draws) -> Draws:
    """Largest less smallest order of row 0 over the sum, for all draws, shape (draws + 1,)."""
    high, low = int(np.argmax(watts[0])), int(np.argmin(watts[0]))
    return (watts[:, high] - watts[:, low]) / watts.sum(axis=1)
