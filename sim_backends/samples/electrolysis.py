"""How each sample of direction 5.2's electrolysis is solved: what varies, what it must show."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from math import exp, log

import numpy as np

from sim_backends.data.electrolysis import AGEING, CELL, REGIONS, SPREAD, STEADY
from sim_backends.models import electrolysis_cell as cells
from sim_backends.models.electrolyser import Electrolyser
from sim_backends.models.electrolysis_ageing import Load, lasting, scaled
from sim_backends.samples.recipe import Recipe, one_figure
from sim_backends.samples.stating import Stated

KIND = "PEM electrolyser membrane electrode"

# What sheets state, relative standard uncertainties: area by a calibrated image; resistance of
# plates by a measurement with a copper blank; coefficients by a few temperatures.
_AREA, _TAP, _COEFFICIENT = 0.003, 0.10, 0.15


def _around(value: float, spread: float, rng: np.random.Generator) -> float:
    return value * float(np.exp(rng.normal(0.0, spread)))


def draw(rng: np.random.Generator) -> Electrolyser:
    """A membrane electrode of the usual kind, not solved for any figure."""
    cell = replace(
        CELL,
        area=_around(CELL.area, SPREAD.area, rng),
        exchange=_around(CELL.exchange, SPREAD.exchange, rng),
        tafel=_around(CELL.tafel, SPREAD.tafel, rng),
        membrane=_around(CELL.membrane, SPREAD.ohmic, rng),
        contact=_around(CELL.contact, SPREAD.ohmic, rng),
        layer=_around(CELL.layer, SPREAD.layer, rng),
        inductance=_around(CELL.inductance, SPREAD.inductance, rng),
        tap=_around(CELL.tap, SPREAD.tap, rng),
    )
    ageing = replace(
        AGEING,
        bubbles=_around(AGEING.bubbles, SPREAD.bubbles, rng),
        building=_around(AGEING.building, SPREAD.building, rng),
    )
    return Electrolyser(cell, ageing)


def resistance(device: Electrolyser) -> float:
    """True area-specific resistance in mohm cm2: the high-frequency intercept at 60 degC."""
    return 1e3 * cells.intercept(device.cell, cells.REFERENCE)


def cell_voltage(device: Electrolyser) -> float:
    """True voltage in V at 2 A/cm2 and 60 degC, as new and without bubbles."""
    return cells.voltage(device.cell, 2.0, cells.REFERENCE)


def steady_decay(device: Electrolyser) -> float:
    """True mean rate in uV/h of what lasts, over 1000 h at 1 A/cm2."""
    return 1e6 * lasting(device.ageing, STEADY) / STEADY.hours


def worst_decay(device: Electrolyser, regions: Mapping[str, Load] = REGIONS) -> float:
    """True rate in uV/h at 1 A/cm2 of the worst region, one run after the other: the slope of a
    straight line through what lasts, from 150 h of the region on."""
    before, rates = 0.0, list[float]()
    for load in regions.values():
        rates.append(1e6 * lasting(device.ageing, load, before) / load.hours)
        before += load.running
    return max(rates)


def _slope(device: Electrolyser, density: float) -> float:
    """Change of the voltage with temperature in V/K at `density` in A/cm2 and 60 degC."""
    high, low = (cells.voltage(device.cell, density, cells.REFERENCE + d) for d in (0.5, -0.5))
    return high - low


def _stated(density: float) -> Callable[[Electrolyser], Mapping[str, Stated]]:
    def stated(device: Electrolyser) -> Mapping[str, Stated]:
        cell = device.cell
        ends = [cells.intercept(cell, cells.REFERENCE + d) for d in (0.5, -0.5)]
        ohmic = (ends[0] - ends[1]) / cells.intercept(cell, cells.REFERENCE)
        slope = _slope(device, density)
        return {
            "active_area": Stated(cell.area, "cm**2", _AREA),
            "tap_resistance": Stated(cell.tap, "ohm", _TAP),
            "resistance_temperature_coefficient": Stated(ohmic, "1/K", _COEFFICIENT),
            "voltage_temperature_coefficient": Stated(slope, "V/K", _COEFFICIENT),
        }

    return stated


def _recipe(
    criterion: tuple[str, str],
    figure: Callable[[Electrolyser], float],
    vary: Callable[[Electrolyser, float], Electrolyser],
    bounds: tuple[float, float],
    density: float = 1.0,
    aspects: Mapping[str, str] | None = None,
) -> Recipe:
    key, unit = criterion
    return one_figure(
        kind=KIND,
        key=key,
        unit=unit,
        draw=draw,
        figure=figure,
        vary=vary,
        low=bounds[0],
        high=bounds[1],
        stated=_stated(density),
        aspects=aspects,
    )


def with_membrane(device: Electrolyser, membrane: float) -> Electrolyser:
    """`device` with a membrane of `membrane` ohm cm2."""
    return replace(device, cell=replace(device.cell, membrane=membrane))


def with_exchange(device: Electrolyser, logarithm: float) -> Electrolyser:
    """`device` with an anode of exp(`logarithm`) A/cm2 exchange current density."""
    return replace(device, cell=replace(device.cell, exchange=exp(logarithm)))


def with_wear(device: Electrolyser, by: float) -> Electrolyser:
    """`device` with all lasting ageing multiplied by `by`."""
    return replace(device, ageing=scaled(device.ageing, by))


DECAY = ("voltage_decay_rate", "uV/h")
RECIPES: dict[str, Recipe] = {
    "5.2-02": _recipe(
        ("area_specific_resistance", "mohm*cm**2"), resistance, with_membrane, (0.005, 0.2)
    ),
    "5.2-04": _recipe(
        ("cell_voltage", "V"), cell_voltage, with_exchange, (log(1e-13), log(1e-5)), density=2.0
    ),
    "5.2-05": _recipe(DECAY, steady_decay, with_wear, (0.0, 20.0), aspects={"load": "steady"}),
    "5.2-06": _recipe(DECAY, worst_decay, with_wear, (0.0, 20.0)),
}
"""By indicator id."""
