"""Parameters of the cells for stationary stores: typical published values, data only.

A sample is drawn around its template by its seed and then solved for its figure. Sources, all as
remembered and not read again.
Resistances: large prismatic cells of 50 A*h have 0.7 to 1.5 milliohm in all (P. Stroe et al., IEEE
Trans. Ind. Appl. 54 (2018) 517); cells with polymer or sulphide electrolyte up to twice that (J.
Janek, W. Zeier, Nature Energy 8 (2023) 230). Activation energies: ionic conduction 0.2 to 0.35 eV,
charge transfer 0.4 to 0.6 eV (Janek and Zeier; T. Abe et al., J. Electrochem. Soc. 151 (2004)
A1120), diffusion in hard carbon and layered oxides 0.2 to 0.4 eV (K. Chayambuka et al.,
Electrochim. Acta 404 (2022) 139764). Heat: 0.9 to 1.1 J/(g K) and 10 to 30 W/(m2 K) with a fan (A.
Steinhardt et al., J. Energy Storage 53 (2022) 105224). Self-discharge: 2 to 5 % a month at 25
degC, by side reactions of 0.6 to 0.8 eV. Fade: exponents near 0.8 to 1 of the charge passed,
calendar 2 to 4 % in the first year, 0.25 to 0.5 eV (J. Schmalstieg et al., J. Power Sources 257
(2014) 325).
"""

from __future__ import annotations

from dataclasses import dataclass

from sim_backends.data.storage_curves import SODIUM, SOLID_LITHIUM
from sim_backends.models.storage_cell import StorageCell
from sim_backends.models.storage_fade import Fade


@dataclass(frozen=True, slots=True)
class Template:
    """A `kind` of sample and the `cell` that samples are drawn around."""

    kind: str
    cell: StorageCell


_AH = 3600.0
"""C of 1 A*h."""

LITHIUM = Template(
    "solid-state lithium-ion cell",
    StorageCell(
        curve=SOLID_LITHIUM,
        charge=56.0 * _AH,
        rated=50.0 * _AH,
        upper=4.2,
        lower=2.75,
        mass=0.93,
        resistance=1.3e-3,
        exchange=28.0,
        lag=170.0,
        side=3.0e-3,
        heat_capacity=900.0,
        cooling=3.0,
        fade=Fade(
            cycle=2.6e-5,
            calendar=0.026,
            depth=1.3,
            rate=0.3,
            energy=0.30,
            power=0.8,
            stiffening=2.0,
        ),
        resistance_energy=0.30,
        exchange_energy=0.50,
        diffusion_energy=0.30,
        side_energy=0.65,
    ),
)
"""50 A*h, nickel-rich oxide with an electrolyte that is solid but for some percent."""

SODIUM_ION = Template(
    "sodium-ion cell",
    StorageCell(
        curve=SODIUM,
        charge=57.0 * _AH,
        rated=50.0 * _AH,
        upper=4.05,
        lower=2.0,
        mass=1.02,
        resistance=1.1e-3,
        exchange=35.0,
        lag=120.0,
        side=3.0e-3,
        heat_capacity=1050.0,
        cooling=3.5,
        fade=Fade(
            cycle=8.0e-6,
            calendar=0.012,
            depth=1.3,
            rate=0.3,
            energy=0.30,
            power=0.8,
            stiffening=2.0,
        ),
        resistance_energy=0.22,
        exchange_energy=0.45,
        diffusion_energy=0.25,
        side_energy=0.75,
    ),
)
"""50 A*h, layered oxide against hard carbon."""
