"""How each photovoltaic indicator's simulated sample is solved: what varies, what it must show."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from sim_backends.data.photovoltaic import FLEXIBLE_CELL, MODULE, TANDEM, Template
from sim_backends.models.photovoltaic_device import PhotovoltaicDevice
from sim_backends.samples import devices, true_figures

_PERCENT = 100.0

_Vary = Callable[[PhotovoltaicDevice, float], PhotovoltaicDevice]


@dataclass(frozen=True)
class Recipe:
    """`figure` of a device in `unit` answers to the criterion `key`; `vary` sets the physical
    parameter sought, between `low` and `high`; `aspects` are what the sample's sheet declares."""

    key: str
    unit: str
    template: Template
    figure: Callable[[PhotovoltaicDevice], float]
    vary: _Vary
    low: float
    high: float
    aspects: Mapping[str, str] = field(default_factory=dict)


def _photocurrent_bounds(template: Template) -> tuple[float, float]:
    """Least that is a solar cell at all, most that sunlight gives above the band gap, in A."""
    limit = template.layers[0].current_limit * devices.cell_area(template)
    return 0.25 * limit, limit


RECIPES: dict[str, Recipe] = {
    "1.1-03": Recipe(
        "power_conversion_efficiency",
        "%",
        FLEXIBLE_CELL,
        lambda device: _PERCENT * true_figures.efficiency(device),
        devices.with_photocurrent,
        *_photocurrent_bounds(FLEXIBLE_CELL),
    ),
    "1.1-04": Recipe(
        "relative_loss",
        "%",
        FLEXIBLE_CELL,
        lambda device: _PERCENT * true_figures.light_loss(device, hours=1000.0, cell=25.0),
        devices.with_wear,
        0.0,
        30.0,
        {"exposure": "continuous illumination"},
    ),
    "1.1-05": Recipe(
        "relative_loss",
        "%",
        FLEXIBLE_CELL,
        lambda device: _PERCENT * true_figures.bending_loss(device, bends=5000.0, radius=0.015),
        devices.with_cracking,
        0.0,
        60.0,
    ),
    "1.1-12": Recipe(
        "areal_power",
        "W/m**2",
        MODULE,
        true_figures.areal_power,
        devices.with_photocurrent,
        *_photocurrent_bounds(MODULE),
    ),
    "1.2-06": Recipe(
        "relative_loss",
        "%",
        TANDEM,
        lambda device: _PERCENT * true_figures.operating_loss(device, hours=2000.0, cell=50.0),
        devices.with_wear,
        0.0,
        30.0,
        {
            "spectrum": "AM1.5G",
            "load": "maximum power point, continuous",
            "cell_size": "full silicon wafer",
        },
    ),
}
"""By indicator id: nominal conditions of the exposures as the indicator states them, or usual."""
