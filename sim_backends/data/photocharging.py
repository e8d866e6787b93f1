"""Parameters of the photo-charging devices: typical published values, data only.

Zinc-ion cell, mean open-circuit curve over the charge and its hysteresis: Pan et al., Nature Energy
1 (2016) 16039 (Zn/MnO2 in mild zinc sulphate: discharge plateaus near 1.4 V and 1.25 V, charge
about 0.15 V above); coulombic efficiency above 98 %: Zhang et al., Nature Commun. 8 (2017) 405.
Perovskite cells that charge a battery directly: Xu et al., Nature Commun. 6 (2015) 8103 (overall
7.4 to 7.8 %). Converter: usual for a small synchronous buck converter (efficiency 90 to 95 %; load
transients of 50 to 200 mV per ampere and about 100 us with small output capacitors), remembered.
"""

from __future__ import annotations

from dataclasses import replace

from sim_backends.data.photovoltaic import MODULE
from sim_backends.models.ageing import Ageing
from sim_backends.models.fatigue import Fatigue
from sim_backends.models.hysteresis import Hysteresis
from sim_backends.models.photostorage import Converter
from sim_backends.models.storage_pack import PackParameters

KIND = "integrated photo-charging device"
"""Perovskite module, zinc-ion pack and converter in one case."""

DEVICE_MODULE = replace(
    MODULE,
    kind=KIND,
    area=121.0,
    active=0.93 * 102.0 / 121.0,
    hysteresis=Hysteresis(),
    ageing=Ageing(),
    fatigue=Fatigue(),
)
"""The module of ten cells in a case of 11 cm by 11 cm. It stands at one voltage for hours, so its
ions are at rest, and what hours of light do to it is below what can be seen."""

PACK = PackParameters(
    cells=6,
    capacity=0.80,
    resistance=0.55,
    polarisation=0.35,
    relaxation=140.0,
    hysteresis=0.36,
    turning=0.05,
    efficiency=0.985,
    curve=(
        (0.0, 1.00), (0.03, 1.16), (0.10, 1.25), (0.30, 1.31), (0.50, 1.345), (0.65, 1.38),
        (0.80, 1.43), (0.92, 1.49), (1.0, 1.60), (1.05, 1.80),
    ),
)  # fmt: skip
"""Six flexible thin-film cells in series."""

CONVERTER = Converter(
    set_point=5.05,
    resistance=0.05,
    efficiency=0.91,
    own=0.012,
    lockout=6.2,
    restart=7.0,
    wait=120.0,
    limit=3.0,
    undershoot=0.16,
    recovery=90e-6,
)
"""From the pack to the 5 V of a portable product."""

DROP = 0.18
"""Blocking Schottky diode at 0.2 A in V."""

CUT_OFF, CURRENT, CHARGING = 6.6, 0.20, 3.0 * 3600.0
"""What the sheet says of a full cycle: 1.1 V a cell, a quarter of the capacity in an hour, 3 h."""
