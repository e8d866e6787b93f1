"""How each photovoltaic indicator's simulated sample is solved: what varies, what it must show."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from sim_backends.data.photovoltaic import FLEXIBLE_CELL, MODULE, TANDEM, Template
from sim_backends.models.photovoltaic_device import PhotovoltaicDevice
from sim_backends.samples import devices, sheet, true_figures
from sim_backends.samples.recipe import Recipe, one_figure

_PERCENT = 100.0


def _photocurrent_bounds(template: Template) -> tuple[float, float]:
    """Least that is a solar cell at all, most that sunlight gives above the band gap, in A."""
    limit = template.layers[0].current_limit * devices.cell_area(template)
    return 0.25 * limit, limit


_Vary = Callable[[PhotovoltaicDevice, float], PhotovoltaicDevice]
_Of = Callable[[PhotovoltaicDevice], float]


def _recipe(
    template: Template,
    criterion: tuple[str, str],
    figure: _Of,
    vary: _Vary,
    bounds: tuple[float, float],
    aspects: Mapping[str, str] | None = None,
) -> Recipe:
    """A recipe for one figure, its `criterion` as (key, unit), of devices like `template`."""
    key, unit = criterion
    return one_figure(
        kind=template.kind,
        key=key,
        unit=unit,
        draw=partial(devices.draw, template),
        figure=figure,
        vary=vary,
        low=bounds[0],
        high=bounds[1],
        stated=sheet.properties,
        aspects=aspects,
    )


RECIPES: dict[str, Recipe] = {
    "1.1-03": _recipe(
        FLEXIBLE_CELL,
        ("power_conversion_efficiency", "%"),
        lambda device: _PERCENT * true_figures.efficiency(device),
        devices.with_photocurrent,
        _photocurrent_bounds(FLEXIBLE_CELL),
    ),
    "1.1-04": _recipe(
        FLEXIBLE_CELL,
        ("relative_loss", "%"),
        lambda device: _PERCENT * true_figures.light_loss(device, hours=1000.0, cell=25.0),
        devices.with_wear,
        (0.0, 30.0),
        {"exposure": "continuous illumination"},
    ),
    "1.1-05": _recipe(
        FLEXIBLE_CELL,
        ("relative_loss", "%"),
        lambda device: _PERCENT * true_figures.bending_loss(device, bends=5000.0, radius=0.015),
        devices.with_cracking,
        (0.0, 60.0),
    ),
    "1.1-12": _recipe(
        MODULE,
        ("areal_power", "W/m**2"),
        true_figures.areal_power,
        devices.with_photocurrent,
        _photocurrent_bounds(MODULE),
    ),
    "1.2-06": _recipe(
        TANDEM,
        ("relative_loss", "%"),
        lambda device: _PERCENT * true_figures.operating_loss(device, hours=2000.0, cell=50.0),
        devices.with_wear,
        (0.0, 30.0),
        {
            "spectrum": "AM1.5G",
            "load": "maximum power point, continuous",
            "cell_size": "full silicon wafer",
        },
    ),
}
"""By indicator id: nominal conditions of the exposures as the indicator states them, or usual."""
