"""Parameters of the hybrid storage system: typical published values, data only.

A sample is drawn around this template by its seed and then solved for its figure. Sources.
Solid-state lithium: layered oxide against lithium metal; open-circuit curve of Li(Ni,Mn,Co)O2
cells, Chen et al., J. Electrochem. Soc. 167 (2020) 080534; cells with sulphide or gel electrolyte,
area resistances and their activation of 0.3 to 0.4 eV, Janek and Zeier, Nature Energy 8 (2023) 230;
life of thousands of cycles at moderate rate, Lee et al., Nature Energy 5 (2020) 299. Sodium-ion:
hard carbon against layered oxide, sloping curve of 2.0 to 3.95 V and rates of 5 C, Rudola et al.,
J. Mater. Chem. A 9 (2021) 8279; Tapia-Ruiz et al., J. Phys. Energy 3 (2021) 031503; hysteresis and
diffusion in hard carbon, Bommier and Ji, Small 14 (2018) 1703576. Calendar and cycle ageing:
Schmalstieg et al., J. Power Sources 257 (2014) 325; spread of cells, Baumhoefer et al., J. Power
Sources 247 (2014) 332 and Schuster et al., J. Power Sources 297 (2015) 242. Converter losses of
storage systems: Schimpe et al., Applied Energy 210 (2018) 211 (two-stage silicon, 96 to 97.5 %;
silicon carbide 98 to 98.5 %). Sensors of battery management systems, currents 0.2 to 1 %, voltages
1 to 5 mV: Lelie et al., Appl. Sci. 8 (2018) 534.
"""

from __future__ import annotations

from sim_backends.models.bank_cell import BankCell, Curve
from sim_backends.models.bank_converter import Converter
from sim_backends.models.bank_fade import FadeLaw
from sim_backends.models.charge_estimator import EstimatorDesign
from sim_backends.models.hybrid_system import Hybrid
from sim_backends.models.storage_bank import BankDesign

KIND = "hybrid storage system of solid-state lithium and sodium-ion batteries"

_LITHIUM: Curve = (
    (0.0, 3.00),
    (0.03, 3.32),
    (0.08, 3.46),
    (0.15, 3.53),
    (0.25, 3.60),
    (0.35, 3.66),
    (0.45, 3.71),
    (0.55, 3.79),
    (0.65, 3.88),
    (0.75, 3.97),
    (0.85, 4.06),
    (0.93, 4.12),
    (1.0, 4.20),
)
"""Layered oxide against lithium, state of charge and V at rest (rounded)."""

_SODIUM: Curve = (
    (0.0, 1.95),
    (0.04, 2.25),
    (0.1, 2.50),
    (0.2, 2.72),
    (0.3, 2.86),
    (0.4, 2.97),
    (0.5, 3.07),
    (0.6, 3.18),
    (0.7, 3.30),
    (0.8, 3.44),
    (0.9, 3.62),
    (1.0, 3.90),
)
"""Hard carbon against layered oxide, state of charge and V at rest (rounded)."""

_ENERGY_CELL = BankCell(
    curve=_LITHIUM,
    capacity=300.0,
    resistance=2.6e-4,
    fast=0.9e-4,
    fast_time=25.0,
    slow=1.1e-4,
    slow_time=900.0,
    activation=3500.0,
    hysteresis=0.003,
    turning=0.03,
    efficiency=0.9995,
    low=2.9,
    high=4.21,
)

_POWER_CELL = BankCell(
    curve=_SODIUM,
    capacity=145.0,
    resistance=3.0e-4,
    fast=1.2e-4,
    fast_time=15.0,
    slow=1.5e-4,
    slow_time=500.0,
    activation=2500.0,
    hysteresis=0.008,
    turning=0.05,
    efficiency=0.9985,
    low=1.9,
    high=3.91,
)

_ENERGY = BankDesign(
    maker="SSLB-140S",
    cell=_ENERGY_CELL,
    cells=140,
    modules=10,
    weakness=0.012,
    spread=0.05,
    hotter=0.8,
    uneven=0.3,
    heat_capacity=6.3e5,
    cooling=350.0,
    converter=Converter(300e3, 350.0, 0.009, 0.011, 450.0),
    fade=FadeLaw(
        calendar=0.018,
        calendar_activation=5000.0,
        cycle=4.6e-5,
        cycle_activation=4000.0,
        depth=0.8,
        stiffening=1.2,
    ),
)

_POWER = BankDesign(
    maker="NIB-150S",
    cell=_POWER_CELL,
    cells=150,
    modules=10,
    weakness=0.015,
    spread=0.06,
    hotter=1.0,
    uneven=0.3,
    heat_capacity=5.0e5,
    cooling=260.0,
    converter=Converter(400e3, 400.0, 0.009, 0.011, 700.0),
    fade=FadeLaw(
        calendar=0.015,
        calendar_activation=4500.0,
        cycle=4.2e-5,
        cycle_activation=3500.0,
        depth=0.8,
        stiffening=1.0,
    ),
)

_TUNING = {"counting": 2e-11, "drifting": 1e-8, "trust": 4.0}

SYSTEM = Hybrid(
    banks=(_ENERGY, _POWER),
    estimators=(
        EstimatorDesign(0.002, 0.15, 2e-4, 5e-4, -0.02, 0.05, **_TUNING),
        EstimatorDesign(-0.002, -0.15, -2e-4, 5e-4, -0.01, 0.05, **_TUNING),
    ),
    turn=1e-3,
    delay=0.040,
    lag=0.014,
    auxiliary=450.0,
    cooling=3.0,
    metering=0.0,
    age=180.0 * 86400.0,
    rated_energy=200e3,
    rated_power=500e3,
)
"""200 kWh and 500 kW: about 155 kWh of solid-state lithium, 66 kWh of sodium-ion."""
