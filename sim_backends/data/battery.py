"""Parameters of the zinc-ion samples: typical published values, data only.

A sample is drawn around its template by its seed and then solved for its figure. Sources. Layered
vanadium oxides in aqueous zinc cells, 0.2 to 1.6 V: Kundu et al., Nature Energy 1 (2016) 16119;
capacities up to 500 mAh/g: Song et al., Adv. Funct. Mater. 28 (2018) 1802564 (review). Diffusion
of zinc in them, 1e-13 to 1e-11 m2/s with an activation energy near 0.25 eV, and charge transfer
near 0.4 eV: the same review. Corrosion of zinc in sulphate and evolution of hydrogen on it: Hao et
al., Adv. Mater. 32 (2020) 2003021. Life of 10,000 cycles at 5 A/g with 80 to 90 % left: Zhang et
al., Nature Commun. 8 (2017) 405. Fall of capacity by cold, 0.2 to 0.6 % per kelvin near 25 degC:
Mo et al., Energy Environ. Sci. 12 (2019) 706. Bending of coated foils: as for film on foil, Suo et
al., Appl. Phys. Lett. 74 (1999) 1177.
"""

from __future__ import annotations

from dataclasses import dataclass

from sim_backends.models.fatigue import Fatigue
from sim_backends.models.zinc_cell import ZincCell


@dataclass(frozen=True, slots=True)
class Template:
    """A `kind` of sample and the `cell` that samples are drawn around."""

    kind: str
    cell: ZincCell


_MAH_PER_G = 3600.0
"""C/kg of 1 mAh/g."""

_CM2 = 1e-4

_THIN = ZincCell(
    mass=0.5e-3,
    capacity=520.0 * _MAH_PER_G,
    area=100.0 * _CM2,
    standard=0.98,
    slope=0.34,
    width=2.2,
    resistance=3.0e-4,
    exchange=15.0,
    diffusion=7.0e4,
    gassing=1.4,
    tafel=0.06,
    corrosion=0.6,
    fade=0.12,
    stiffening=0.2,
    roughening=0.4,
    law=Fatigue(threshold=0.002, exponent=2.0),
    isolating=8.0e-8,
    thickness=3.0e-4,
    collector=0.9e-3,
    active=0.7,
    rated=0.5e-3 * 500.0 * _MAH_PER_G,
    upper=1.40,
    lower=0.50,
)

THIN_FILM = Template("flexible thin-film zinc-ion battery", _THIN)
"""5 mg/cm2 on 100 cm2 of carbon-coated foil; 250 mAh."""

UNIT_CELL = Template(
    "zinc-ion unit cell",
    ZincCell(
        mass=0.19e-3,
        capacity=490.0 * _MAH_PER_G,
        area=5.0 * _CM2,
        standard=0.98,
        slope=0.34,
        width=2.2,
        resistance=5.0e-4,
        exchange=40.0,
        diffusion=2.5e4,
        gassing=0.3,
        tafel=0.06,
        corrosion=0.1,
        fade=0.12,
        stiffening=0.2,
        roughening=0.4,
        law=Fatigue(threshold=0.002, exponent=2.0),
        isolating=8.0e-8,
        thickness=9.0e-4,
        collector=0.05e-3,
        active=0.7,
        rated=5.0 * 15.0 * 3.6,
        upper=1.40,
        lower=0.45,
    ),
)
"""A thick electrode, 38 mg/cm2 on 5 cm2; 75 mAh."""
