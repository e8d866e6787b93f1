"""Devices drawn around a template: no two samples are alike."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sim_backends.data.photovoltaic import Layer, Template
from sim_backends.models.hysteresis import Hysteresis
from sim_backends.models.photovoltaic_device import Junction, PhotovoltaicDevice, module_series

_CM2 = 1.0e-4

# Relative standard deviations from device to device (ln for the wide ones), of one laboratory's
# batches: area mask, photocurrent, series resistance, foil; recombination and shunts vary widely.
_AREA = 0.004
_CURRENT = 0.015
_SERIES = 0.08
_THICKNESS = 0.015
_SATURATION = 0.25
_SHUNT = 0.25


def _around(value: float, spread: float, rng: np.random.Generator) -> float:
    return value * float(np.exp(rng.normal(0.0, spread)))


def _junction(layer: Layer, cell_area: float, cells: int, rng: np.random.Generator) -> Junction:
    return Junction(
        photocurrent=_around(layer.current, _CURRENT, rng) * cell_area,
        photocurrent_slope=layer.current_slope,
        saturation=_around(layer.saturation, _SATURATION, rng) * cell_area,
        bandgap=layer.bandgap,
        ideality=layer.ideality,
        shunt=_around(layer.shunt, _SHUNT, rng) / cell_area * cells,
        cells=cells,
    )


def cell_area(template: Template) -> float:
    """Nominal area in cm2 that makes the current of one cell of `template`."""
    return template.area * template.active / template.cells


def _of_string(cell: Hysteresis, cells: int) -> Hysteresis:
    """Hysteresis of `cells` cells in series, by the string's voltage: the ions of each cell follow
    its own share of it."""
    return replace(cell, scale=cell.scale * cells)


def draw(template: Template, rng: np.random.Generator) -> PhotovoltaicDevice:
    """A device of the kind of `template`, not yet solved for any figure."""
    area = cell_area(template)
    return PhotovoltaicDevice(
        junctions=tuple(_junction(layer, area, template.cells, rng) for layer in template.layers),
        series=module_series(
            _around(template.series, _SERIES, rng) / area,
            template.cells,
            template.interconnection,
        ),
        area=_around(template.area, _AREA, rng) * _CM2,
        thickness=_around(template.thickness, _THICKNESS, rng),
        heating=template.heating,
        hysteresis=_of_string(template.hysteresis, template.cells),
        ageing=template.ageing,
        metastability=template.metastability,
        fatigue=template.fatigue,
    )


def with_photocurrent(device: PhotovoltaicDevice, photocurrent: float) -> PhotovoltaicDevice:
    """`device` with the first junction's `photocurrent` in A."""
    first = replace(device.junctions[0], photocurrent=photocurrent)
    return replace(device, junctions=(first, *device.junctions[1:]))


def with_wear(device: PhotovoltaicDevice, amount: float) -> PhotovoltaicDevice:
    """`device` with burn-in and lasting rate both multiplied by `amount`."""
    law = device.ageing
    law = replace(law, burn_in=law.burn_in * amount, rate=law.rate * amount)
    return replace(device, ageing=law)


def with_cracking(device: PhotovoltaicDevice, amount: float) -> PhotovoltaicDevice:
    """`device` with both crack coefficients multiplied by `amount`."""
    law = device.fatigue
    law = replace(law, opening=law.opening * amount, leaking=law.leaking * amount)
    return replace(device, fatigue=law)
