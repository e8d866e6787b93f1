"""What a photovoltaic sample is made of: physical parameters only, frozen.

Values of a kind of sample stand in sim_backends/data/photovoltaic.py; equations in solar_cell.py.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from sim_backends.models.ageing import Ageing, Metastability
from sim_backends.models.fatigue import Fatigue
from sim_backends.models.hysteresis import Hysteresis


@dataclass(frozen=True, slots=True)
class Junction:
    """One junction, or a string of `cells` equal ones in series, at 1000 W/m2 and 25 degC.

    `photocurrent` in A, `photocurrent_slope` its relative temperature coefficient in 1/K,
    `saturation` current in A, `bandgap` in eV, `ideality` dimensionless, `shunt` of the whole
    string in ohm.
    """

    photocurrent: float
    photocurrent_slope: float
    saturation: float
    bandgap: float
    ideality: float
    shunt: float
    cells: int = 1


@dataclass(frozen=True, slots=True)
class PhotovoltaicDevice:
    """A cell, a module or a tandem. `junctions` in series, the first one towards the light.

    `series` resistance of cells and interconnections in ohm, `area` in m2 (true, whole device),
    `thickness` in m (true), `heating`: rise of the cell over its chuck in K per W/m2. Ageing,
    light soaking and cracks act on the first junction and on the series resistance.
    """

    junctions: tuple[Junction, ...]
    series: float
    area: float
    thickness: float
    heating: float
    hysteresis: Hysteresis = field(default_factory=Hysteresis)
    ageing: Ageing = field(default_factory=Ageing)
    metastability: Metastability = field(default_factory=Metastability)
    fatigue: Fatigue = field(default_factory=Fatigue)


def module_series(cell: float, cells: int, interconnection: float) -> float:
    """Series resistance in ohm of `cells` cells of `cell` ohm each, joined by `cells` - 1
    interconnections of `interconnection` ohm each."""
    return cells * cell + (cells - 1) * interconnection
