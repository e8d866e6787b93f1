"""Photo-charging devices drawn, solved for their figures, and what their sheets state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from sim_backends.data.photocharging import (
    CHARGING,
    CONVERTER,
    CURRENT,
    CUT_OFF,
    DEVICE_MODULE,
    DROP,
    KIND,
    PACK,
)
from sim_backends.models import stc
from sim_backends.models.photostorage import PhotoStorageDevice
from sim_backends.samples import devices
from sim_backends.samples.photocharging_figures import conversion_efficiency, stable_supply
from sim_backends.samples.recipe import Recipe, one_figure
from sim_backends.samples.stating import Stated

_HEATING_SPREAD = 0.15


def _around(value: float, spread: float, rng: np.random.Generator) -> float:
    return value * float(np.exp(rng.normal(0.0, spread)))


def draw(rng: np.random.Generator) -> PhotoStorageDevice:
    """A device that is not solved yet: spreads of one laboratory's batch."""
    module = devices.draw(DEVICE_MODULE, rng)
    pack = replace(
        PACK,
        capacity=_around(PACK.capacity, 0.02, rng),
        resistance=_around(PACK.resistance, 0.08, rng),
        polarisation=_around(PACK.polarisation, 0.1, rng),
        hysteresis=_around(PACK.hysteresis, 0.05, rng),
        efficiency=1.0 - _around(1.0 - PACK.efficiency, 0.2, rng),
    )
    converter = replace(
        CONVERTER,
        set_point=_around(CONVERTER.set_point, 0.003, rng),
        resistance=_around(CONVERTER.resistance, 0.15, rng),
        efficiency=1.0 - _around(1.0 - CONVERTER.efficiency, 0.1, rng),
        undershoot=_around(CONVERTER.undershoot, 0.12, rng),
    )
    start = float(rng.uniform(0.15, 0.35))
    return PhotoStorageDevice(module, pack, converter, DROP, start, CUT_OFF, CURRENT, CHARGING)


def with_photocurrent(device: PhotoStorageDevice, amperes: float) -> PhotoStorageDevice:
    """`device` whose module makes `amperes` at 1000 W/m2."""
    return replace(device, module=devices.with_photocurrent(device.module, amperes))


def stated(device: PhotoStorageDevice) -> Mapping[str, Stated]:
    """The sheet: area of the whole face, conditions of a full cycle, coefficients of the figure."""
    here = conversion_efficiency(device)
    warmer = conversion_efficiency(device, celsius=stc.TEMPERATURE + 5.0)
    brighter = conversion_efficiency(device, irradiance=1.03 * stc.IRRADIANCE)
    return {
        **_conditions(device),
        "area": Stated(device.module.area * 1.0e4, "cm**2", 0.004),
        "cell_heating": Stated(device.module.heating, "K*m**2/W", 0.0, _HEATING_SPREAD),
        "efficiency_temperature_coefficient": Stated((warmer / here - 1.0) / 5.0, "1/K", 0.2),
        "efficiency_irradiance_coefficient": Stated(
            (brighter / here - 1.0) / 0.03, "dimensionless", 0.2
        ),
    }


def _conditions(device: PhotoStorageDevice) -> dict[str, Stated]:
    return {
        "cut_off_voltage": Stated(device.cut_off, "V", 0.0),
        "discharge_current": Stated(device.current, "A", 0.0),
        "charging_time": Stated(device.charging, "s", 0.0),
    }


def _supplying(device: PhotoStorageDevice, truth: Mapping[str, Any]) -> PhotoStorageDevice:
    """`device` as it is, or with a weakness for which its supply is not stable."""
    if truth["stable_supply"]:
        return device
    first = int(device.start * 1e6)
    weak = [_WEAKNESSES[(first + k) % len(_WEAKNESSES)](device) for k in range(len(_WEAKNESSES))]
    return next(one for one in weak if not stable_supply(one))


def _few_farads(device: PhotoStorageDevice) -> PhotoStorageDevice:
    """A ceramic output capacitor that has lost most of its capacitance: seen for microseconds."""
    converter = device.converter
    return replace(device, converter=replace(converter, undershoot=7.0 * converter.undershoot))


def _dried_out(device: PhotoStorageDevice) -> PhotoStorageDevice:
    """A pack whose electrolyte has dried: a burst pulls the converter's input into its lockout."""
    pack = replace(device.pack, resistance=14.0 * device.pack.resistance)
    return replace(device, pack=pack, start=0.5 * device.start)


def _faded(device: PhotoStorageDevice) -> PhotoStorageDevice:
    """A pack that has lost nearly all its capacity: empty in half of a dark time, however full it
    was when the profile began, which the method leaves open."""
    pack = replace(device.pack, capacity=0.04 * device.pack.capacity)
    return replace(device, pack=pack)


_WEAKNESSES = (_few_farads, _dried_out, _faded)


def _bounds() -> tuple[float, float]:
    limit = DEVICE_MODULE.layers[0].current_limit * devices.cell_area(DEVICE_MODULE)
    return 0.4 * limit, limit


RECIPES: dict[str, Recipe] = {
    "1.1-11": one_figure(
        kind=KIND,
        key="energy_conversion_efficiency",
        unit="%",
        draw=draw,
        figure=lambda device: 100.0 * conversion_efficiency(device),
        vary=with_photocurrent,
        low=_bounds()[0],
        high=_bounds()[1],
        stated=stated,
    ),
    "1.1-15": Recipe(
        kind=KIND,
        units={"stable_supply": ""},
        draw=draw,
        solved=_supplying,
        figures=lambda device: {"stable_supply": stable_supply(device)},
        stated=stated,
    ),
}
"""By indicator id."""
