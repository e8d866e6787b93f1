"""Parameters of wide-gap chalcopyrite cells and their tandems on silicon: data only.

Wide-gap chalcopyrite cells, currents and voltages: Shukla et al., Joule 5 (2021) 1816, and Green et
al., Solar cell efficiency tables, Prog. Photovolt. 32 (2024) 425; silicon heterojunction bottom
cells: Haschke et al., Energy Environ. Sci. 10 (2017) 1196. What sunlight gives above a gap: AM1.5G
of ASTM G173-03 (IEC 60904-3), integrated with pvlib. Spread of the gap of graded films, 20 to 40
meV: Katahara and Hillhouse, J. Appl. Phys. 116 (2014) 173504. Peck's exponent and activation energy
of damp heat: Peck, 24th IRPS (1986) 44 (n = 2.66, 0.79 eV); diffusion in encapsulants, 0.4 eV, and
its hours at 85 degC: Kempe, Sol. Energy Mater. Sol. Cells 90 (2006) 2720.
"""

from __future__ import annotations

from sim_backends.data.photovoltaic import Layer, Template
from sim_backends.models.ageing import Ageing, Metastability
from sim_backends.models.fatigue import Fatigue
from sim_backends.models.hysteresis import Hysteresis
from sim_backends.models.moisture import Moisture
from sim_backends.models.stc import HOUR

GAP = (1.67, 0.015)
"""Mean and standard deviation of the gap of a batch, in eV."""

EDGE_WIDTH, PLATEAU, WINDOW = 0.028, 0.93, 3.1
"""Spread of the gap and begin of the window's absorption in eV; efficiency of the plateau."""

SUNLIGHT = ((1.60, 25.4e-3), (1.66, 23.65e-3), (1.70, 22.44e-3), (1.76, 20.73e-3))
"""Current in A/cm2 that sunlight gives above a gap in eV."""

COLLECTED = 0.925
"""Part of it that a good cell of one junction collects."""

DAMP_HEAT = Moisture(
    entry=30.0 * HOUR,
    entry_energy=0.4,
    rate=0.16 / (960.0 * HOUR),
    exponent=2.66,
    activation_energy=0.79,
)

_TOP = Layer(
    current=0.0194,
    current_limit=0.0236,
    current_slope=3.0e-4,
    saturation=1.2e-15,
    bandgap=1.67,
    ideality=1.45,
    shunt=3500.0,
)
_BOTTOM = Layer(
    current=0.0197,
    current_limit=0.0200,
    current_slope=5.0e-4,
    saturation=1.1e-13,
    bandgap=1.12,
    ideality=1.05,
    shunt=9000.0,
)


def _template(kind: str, layers: tuple[Layer, ...], area: float, series: float) -> Template:
    return Template(
        kind=kind,
        layers=layers,
        area=area,
        active=1.0,
        cells=1,
        series=series,
        interconnection=0.0,
        thickness=2.8e-4,
        heating=6.0e-4,
        hysteresis=Hysteresis(),
        ageing=Ageing(activation_energy=0.4),
        metastability=Metastability(),
        fatigue=Fatigue(),
    )


SINGLE = _template("wide-gap chalcopyrite single-junction cell", (_TOP,), 1.2, 1.1)
"""A test cell on glass."""

TANDEM = _template("chalcopyrite on silicon two-terminal tandem cell", (_TOP, _BOTTOM), 1.2, 1.2)
"""A test cell."""

WAFER = _template("chalcopyrite on silicon tandem cell, full wafer", (_TOP, _BOTTOM), 45.6, 1.4)
"""On a whole wafer of 76.2 mm, whose current stays below the 1 A of a bench source meter."""
