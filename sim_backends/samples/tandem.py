"""How each sample of the tandem bench is solved, and what its sheet states."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from math import exp

import numpy as np

from sim_backends.data import tandem as data
from sim_backends.data.photovoltaic import Template
from sim_backends.models import moisture, stc
from sim_backends.models.photovoltaic_device import PhotovoltaicDevice
from sim_backends.models.quantum_efficiency import AbsorptionEdge
from sim_backends.models.tandem_cell import TandemDevice, power_at_stc
from sim_backends.samples import devices, sheet
from sim_backends.samples.recipe import Recipe, one_figure
from sim_backends.samples.stating import Stated

_PERCENT = 100.0
_DURATION = 1000.0 * stc.HOUR


def drawn(template: Template, rng: np.random.Generator) -> TandemDevice:
    """A device like `template` with a gap of its own, and the current that goes with it."""
    cell = devices.draw(template, rng)
    gap = float(np.clip(rng.normal(*data.GAP), 1.62, 1.73))
    first = replace(cell.junctions[0], bandgap=gap)
    if len(cell.junctions) == 1:
        gaps, currents = zip(*data.SUNLIGHT, strict=True)
        collected = data.COLLECTED * float(np.interp(gap, gaps, currents))
        first = replace(first, photocurrent=collected * devices.cell_area(template))
    edge = AbsorptionEdge(gap, data.EDGE_WIDTH, data.PLATEAU, data.WINDOW)
    cell = replace(cell, junctions=(first, *cell.junctions[1:]))
    return TandemDevice(cell, edge, data.DAMP_HEAT)


def with_recombination(device: TandemDevice, logarithm: float) -> TandemDevice:
    """`device` with the saturation current of its first junction times exp(`logarithm`)."""
    first = device.cell.junctions[0]
    first = replace(first, saturation=first.saturation * exp(logarithm))
    cell = replace(device.cell, junctions=(first, *device.cell.junctions[1:]))
    return replace(device, cell=cell)


def with_corrosion(device: TandemDevice, amount: float) -> TandemDevice:
    """`device` with the rate of its damage by moisture times `amount`."""
    law = device.moisture
    return replace(device, moisture=replace(law, rate=law.rate * amount))


def efficiency(device: TandemDevice) -> float:
    """Power conversion efficiency in % at standard test conditions, by the true area."""
    return _PERCENT * power_at_stc(device.cell) / device.cell.area / stc.IRRADIANCE


def damp_heat_loss(device: TandemDevice) -> float:
    """Lost part of the efficiency in % after 1000 h at 85 degC and 85 %, from a dry device on."""
    law = device.moisture
    done = moisture.damage(law, moisture.HUMIDITY, moisture.TEMPERATURE, _DURATION)
    worn = moisture.factors(done)
    return _PERCENT * (1.0 - power_at_stc(device.cell, worn) / power_at_stc(device.cell))


def stated(device: TandemDevice) -> dict[str, Stated]:
    """What the sheet states, true values."""
    cell: PhotovoltaicDevice = device.cell
    known = sheet.properties(cell)
    names = ("area", "series_resistance", "cell_heating")
    law = device.moisture
    return {
        **{name: known[name] for name in names},
        **sheet.temperature_coefficients(cell),
        "damp_heat_activation_energy": Stated(law.activation_energy, "eV", 0.08),
        "damp_heat_humidity_exponent": Stated(law.exponent, "dimensionless", 0.1),
    }


def _recipe(
    template: Template,
    figure: tuple[str, Callable[[TandemDevice], float]],
    vary: Callable[[TandemDevice, float], TandemDevice],
    bounds: tuple[float, float],
    aspects: Mapping[str, str] | None = None,
) -> Recipe:
    return one_figure(
        kind=template.kind,
        key=figure[0],
        unit="%",
        draw=partial(drawn, template),
        figure=figure[1],
        vary=vary,
        low=bounds[0],
        high=bounds[1],
        stated=stated,
        aspects=aspects,
    )


_EFFICIENCY = ("power_conversion_efficiency", efficiency)
_RECOMBINING = (-6.0, 9.0)
"""ln of the saturation current over the usual one: from near the radiative limit to a poor film."""

RECIPES: dict[str, Recipe] = {
    "1.2-03": _recipe(data.SINGLE, _EFFICIENCY, with_recombination, _RECOMBINING),
    "1.2-04": _recipe(
        data.TANDEM,
        _EFFICIENCY,
        with_recombination,
        _RECOMBINING,
        {"configuration": "two terminals, tandem of chalcopyrite on silicon"},
    ),
    "1.2-05": _recipe(
        data.WAFER,
        ("relative_loss", damp_heat_loss),
        with_corrosion,
        (0.0, 8.0),
        {"cell_size": "full silicon wafer"},
    ),
}
"""By indicator id."""
