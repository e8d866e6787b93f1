"""Samples of the imaging bench: printed sheets and moulded chips, drawn and solved."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from sim_backends.models.imaging import sheet as sheets
from sim_backends.models.imaging.jaws import Chip
from sim_backends.models.imaging.sheet import PrintedSheet, Wave
from sim_backends.samples.recipe import Recipe, one_figure
from sim_backends.samples.stating import Stated

CM, CM2 = 1e-2, 1e-4

PET, CARBON, NAFION = 2.0e-5, 1.6e-5, 8.0e-5
"""Linear expansion in 1/K: polyester film along and across, remembered from makers' sheets (17e-6
to 25e-6); a printed electrode on aluminium or steel foil; a perfluorinated membrane, dry."""

CYCLIC_OLEFIN = 6.0e-5
"""Linear expansion in 1/K of cyclic olefin copolymer (makers' sheets: 60e-6 to 70e-6)."""


def _waves(rng: np.random.Generator, size: float, deepest: float) -> tuple[tuple[Wave, ...], ...]:
    """Waviness of four edges of about `size` m: two waves each, up to `deepest` m high."""
    return tuple(
        tuple(
            Wave(
                deepest * float(rng.uniform(0.3, 1.0)),
                size * part,
                float(rng.uniform(0.0, 2.0 * np.pi)),
            )
            for part in (float(rng.uniform(0.35, 0.6)), float(rng.uniform(0.12, 0.2)))
        )
        for _ in range(4)
    )


def module(rng: np.random.Generator) -> PrintedSheet:
    """A printed module: edge deletion of 10 mm, some 45 scribed interconnections of 0.25 mm."""
    return PrintedSheet(
        width=0.38,
        height=0.268 * (1.0 + 0.003 * float(rng.standard_normal())),
        margin=0.010,
        lines=int(rng.integers(40, 50)),
        line=0.25e-3 * (1.0 + 0.05 * float(rng.standard_normal())),
        expansion=PET,
    )


def electrode(rng: np.random.Generator) -> PrintedSheet:
    """A coated electrode on bare foil: the doctor blade leaves edges that wave by 0.5 mm."""
    return PrintedSheet(
        width=0.38,
        height=0.272 * (1.0 + 0.003 * float(rng.standard_normal())),
        margin=0.008,
        waviness=_waves(rng, 0.3, 0.5e-3),
        expansion=CARBON,
        layer=0.12,
        carrier=0.7,
    )


def membrane_electrode(rng: np.random.Generator) -> PrintedSheet:
    """A catalyst-coated membrane: a sprayed layer, its edges masked, on a clear membrane."""
    return PrintedSheet(
        width=0.226,
        height=0.226 * (1.0 + 0.003 * float(rng.standard_normal())),
        margin=0.020,
        waviness=_waves(rng, 0.2, 0.15e-3),
        expansion=NAFION,
        layer=0.10,
        carrier=0.8,
    )


def chip(rng: np.random.Generator) -> Chip:
    """A moulded microfluidic chip: a draft and a bow of some hundredths of a per cent."""
    return Chip(
        breadth=0.048,
        span=0.096,
        taper=_pair(rng),
        bow=_pair(rng),
        expansion=CYCLIC_OLEFIN,
    )


def _pair(rng: np.random.Generator) -> tuple[float, float]:
    first, second = (4e-4 * rng.standard_normal(2)).tolist()
    return first, second


def _expansion(device: Any) -> Mapping[str, Stated]:
    return {"expansion_coefficient": Stated(device.expansion, "1/K", 0.1)}


def _of_area(
    kind: str, draw: Callable[[np.random.Generator], PrintedSheet], widest: float
) -> Recipe:
    """A recipe of the area of a layer's outline, solved by its width up to `widest` m."""
    return one_figure(
        kind=kind,
        key="area",
        unit="cm**2",
        draw=draw,
        figure=lambda sheet: sheets.area(sheet) / CM2,
        vary=lambda sheet, width: replace(sheet, width=width),
        low=0.05,
        high=widest,
        stated=_expansion,
    )


def _chip_recipe() -> Recipe:
    return Recipe(
        kind="microfluidic chip",
        units={"width": "cm", "length": "cm"},
        draw=chip,
        solved=lambda device, truth: replace(
            device, breadth=float(truth["width"]) * CM, span=float(truth["length"]) * CM
        ),
        figures=lambda device: {"width": device.breadth / CM, "length": device.span / CM},
        stated=_expansion,
        reach=lambda _: {"width": (1.0, 14.0), "length": (1.0, 14.0)},
    )


RECIPES: dict[str, Recipe] = {
    "1.1-01": _of_area("perovskite module", module, 0.415),
    "1.1-09": _of_area("battery electrode", electrode, 0.415),
    "5.2-01": _of_area("membrane electrode assembly", membrane_electrode, 0.38),
    "6.8-05": _chip_recipe(),
}
"""By indicator id. Areas are those of the layer's outline at 20 degC, lengths means over the
gauged places."""
