"""Efficiency of single-junction and tandem cells in light that is set for both subcells."""

from __future__ import annotations

from collections.abc import Callable

from labctl.evidence import Evidence, Observed
from labctl.i18n import N_
from labctl.run import Run
from labctl.traceable import Unstated
from labctl.uncertainty import Draws, MonteCarlo
from labctl.words import Words
from procedures.analysis import iv
from procedures.analysis.iec60891 import STC_IRRADIANCE
from procedures.methods.observing import observed_amount
from procedures.methods.photovoltaics import edge, standard_conditions
from procedures.methods.photovoltaics.device import Device
from procedures.methods.photovoltaics.iv_reduction import HOW, Power, stc_power
from procedures.methods.photovoltaics.tandem_curves import SHIFTS, Measured, curves_in_balance
from procedures.methods.photovoltaics.tandem_power import Subcells, balance_of, tandem_power
from rigs.tandem import TandemRig

TOP = ("spectral_mismatch_top", "field_map", "non_uniformity")
BOTTOM = ("spectral_mismatch_bottom", *TOP[1:])
"""Contributions that multiply the light of each subcell."""

BALANCED = N_(
    "Both sources were set until the reference cell of each subcell read 1000 W/m2 (IEC 60904-1-1)."
)
ONE_JUNCTION = N_("The light is that of the reference cell that is filtered like the cell.")
SPECTROMETRIC = N_(
    "Power also read at other balances of the subcells' light; by that course what is not "
    "known of each subcell's light becomes part of the uncertainty (spectrometric "
    "characterisation)."
)
LEFT_OUT = (
    *standard_conditions.LEFT_OUT,
    N_("light soaking of the chalcopyrite: the cell is measured as it comes"),
)


def subcells_on(run: Run, rig: TandemRig, mounting: str = "") -> Subcells:
    """The run's sample on `rig`."""
    sample, known = run.sample, run.contributions
    top = Device(sample, rig.reference_cell, known, mounting, 0.0, TOP, "top_cell")
    bottom = Device(sample, rig.bottom_cell, known, mounting, 0.0, BOTTOM, "bottom_cell")
    return Subcells(top, bottom)


async def single_junction_efficiency(run: Run, rig: TandemRig, result: str) -> Evidence:
    """Evidence for `result`: efficiency in % of a cell of one junction with the gap of a top cell;
    its area and band gap are observed."""
    device = subcells_on(run, rig).top
    found = await edge.read_edge(run, rig)
    measured = await curves_in_balance(run, rig, device, "iv")
    gap, told = edge.observed_gap(run, found)

    def power(mc: MonteCarlo) -> Power:
        return stc_power(mc, device, measured.pairs, "iv")

    how = (HOW, BALANCED, ONE_JUNCTION, told)
    unstated = (*device.unstated(), *edge.unstated(run))
    return await run.reduce(
        lambda: _evidence(run, device, measured, result, power, (gap,), how, unstated)
    )


async def tandem_efficiency(run: Run, rig: TandemRig, result: str) -> Evidence:
    """Evidence for `result`: efficiency in % of a two-terminal tandem; its area is observed."""
    cells = subcells_on(run, rig)
    measured = await curves_in_balance(run, rig, cells.top, "iv", SHIFTS)
    balance = balance_of(run.monte_carlo, cells, measured)

    def power(mc: MonteCarlo) -> Power:
        return tandem_power(mc, cells, measured, balance, "iv")

    how, unstated = (HOW, BALANCED, SPECTROMETRIC), cells.unstated()
    return await run.reduce(
        lambda: _evidence(run, cells.top, measured, result, power, (), how, unstated)
    )


def _evidence(
    run: Run,
    device: Device,
    measured: Measured,
    result: str,
    power: Callable[[MonteCarlo], Power],
    observed: tuple[Observed, ...],
    how: tuple[Words, ...],
    unstated: tuple[Unstated, ...],
) -> Evidence:
    def reduction(one: MonteCarlo) -> Draws:
        area = device.stated(one, "area", "m**2")[:, 0]
        return 100.0 * iv.efficiency(power(one).draws, STC_IRRADIANCE, area)

    mc = run.monte_carlo
    seen = standard_conditions.observed_conditions(mc, device, measured.pairs, run.band)
    for one in (*seen, observed_area(device), *observed):
        run.observe(one)
    note = standard_conditions.hysteresis_note([power(mc.like(2))])
    return run.evidence(
        {result: run.figure(result, reduction, "%")},
        how=(*how, standard_conditions.PER_AREA_AND_LIGHT, note),
        left_out=LEFT_OUT,
        unstated=unstated,
        budget=standard_conditions.budget(mc, reduction, result),
    )


def observed_area(device: Device) -> Observed:
    """The area in cm2 that the sample's sheet states."""
    area = device.sample.quantity("area", "cm**2")
    return observed_amount("area", area.value, "cm**2", area.u)
