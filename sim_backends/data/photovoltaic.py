"""Parameters of the photovoltaic samples: typical published values, data only.

A sample is drawn around its template by its seed and then solved for its figure. Sources:
efficiencies, voltages and currents: Green et al., Solar cell efficiency tables, Prog. Photovolt.
32 (2024) 425. Perovskite temperature coefficients: Moot et al., ACS Energy Lett. 6 (2021) 2038;
silicon heterojunction: Haschke et al., Energy Environ. Sci. 10 (2017) 1196. Wide-gap sulphide
chalcopyrite: Shukla et al., Joule 5 (2021) 1816. Activation energy of light ageing, 0.27 to
0.50 eV: Khadka et al., IEEE PVSC 47 (2020). Photocurrent limits: Ruehle, Solar Energy 130 (2016)
139.
"""

from __future__ import annotations

from dataclasses import dataclass

from sim_backends.models.ageing import Ageing, Metastability
from sim_backends.models.fatigue import Fatigue
from sim_backends.models.hysteresis import Hysteresis
from sim_backends.models.stc import HOUR


@dataclass(frozen=True, slots=True)
class Layer:
    """A junction per area: `current` and `saturation` in A/cm2, `current_limit` what sunlight can
    give above `bandgap` (eV) in A/cm2, `current_slope` in 1/K, `shunt` in ohm cm2."""

    current: float
    current_limit: float
    current_slope: float
    saturation: float
    bandgap: float
    ideality: float
    shunt: float


@dataclass(frozen=True, slots=True)
class Template:
    """A kind of sample. `area` of the whole device in cm2, `active` its share that makes current,
    `cells` in series, `series` in ohm cm2 of one cell, `interconnection` in ohm each,
    `thickness` in m, `heating` in K per W/m2 over the chuck."""

    kind: str
    layers: tuple[Layer, ...]
    area: float
    active: float
    cells: int
    series: float
    interconnection: float
    thickness: float
    heating: float
    hysteresis: Hysteresis
    ageing: Ageing
    metastability: Metastability
    fatigue: Fatigue


_PEROVSKITE = Layer(
    current=0.0238,
    current_limit=0.0269,
    current_slope=-1.0e-4,
    saturation=3.4e-15,
    bandgap=1.56,
    ideality=1.5,
    shunt=4500.0,
)
_IONS = Hysteresis(amplitude=0.025, scale=0.35, tau=1.6)
_LIGHT_AGEING = Ageing(
    burn_in=0.012, burn_in_dose=62.0 * HOUR, rate=0.018 / (1030.0 * HOUR), activation_energy=0.4
)
_FOIL_FATIGUE = Fatigue(threshold=0.0011, exponent=1.45, opening=6.0e-5, leaking=9.0e-5)

FLEXIBLE_CELL = Template(
    kind="flexible perovskite solar cell",
    layers=(_PEROVSKITE,),
    area=1.0,
    active=1.0,
    cells=1,
    series=3.0,
    interconnection=0.0,
    thickness=1.27e-4,
    heating=1.5e-3,
    hysteresis=_IONS,
    ageing=_LIGHT_AGEING,
    metastability=Metastability(),
    fatigue=_FOIL_FATIGUE,
)
"""A cell of 1 cm2 on a polyethylene naphthalate foil of 125 um."""

MODULE = Template(
    kind="flexible perovskite solar module",
    layers=(_PEROVSKITE,),
    area=102.0,
    active=0.93,
    cells=10,
    series=3.6,
    interconnection=0.06,
    thickness=1.27e-4,
    heating=1.5e-3,
    hysteresis=_IONS,
    ageing=_LIGHT_AGEING,
    metastability=Metastability(),
    fatigue=_FOIL_FATIGUE,
)
"""Ten laser-scribed cells in series; scribes and edge deletion take 7 % of the area."""

TANDEM = Template(
    kind="wide-gap chalcopyrite/silicon two-terminal tandem cell",
    layers=(
        Layer(
            current=0.0192,
            current_limit=0.0236,
            current_slope=3.0e-4,
            saturation=7.0e-14,
            bandgap=1.66,
            ideality=1.45,
            shunt=2600.0,
        ),
        Layer(
            current=0.0199,
            current_limit=0.0232,
            current_slope=5.0e-4,
            saturation=1.1e-13,
            bandgap=1.12,
            ideality=1.05,
            shunt=9000.0,
        ),
    ),
    area=45.6,
    active=1.0,
    cells=1,
    series=1.4,
    interconnection=0.0,
    thickness=2.8e-4,
    heating=6.0e-4,
    hysteresis=Hysteresis(),
    ageing=Ageing(
        burn_in=0.0, burn_in_dose=HOUR, rate=0.01 / (2060.0 * HOUR), activation_energy=0.4
    ),
    metastability=Metastability(gain=0.22, soak_time=1.4 * HOUR, rest_time=48.0 * HOUR),
    fatigue=Fatigue(),
)
"""On a whole wafer of 76.2 mm, whose current stays below the 1 A of a bench source meter."""
