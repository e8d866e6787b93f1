"""Parameters of PEM electrolysis cells of 500 cm2 and more, each with where it comes from."""

from __future__ import annotations

from dataclasses import dataclass

from sim_backends.models.electrolysis_ageing import Ageing, Load
from sim_backends.models.electrolysis_cell import Cell

CELL = Cell(
    area=510.0,
    # Low iridium loading: 1e-9..1e-7 A/cm2 of geometric area (Carmo 2013, table 5).
    exchange=1.2e-9,
    # 40 to 60 mV per decade on iridium oxide (Carmo 2013, 4.1).
    tafel=0.055,
    # 40 to 70 kJ/mol for oxygen evolution on iridium oxide (M. Suermann et al., J. Electrochem.
    # Soc. 164 (2017) F973).
    activation=52e3,
    # 0.3 mg/cm2 of platinum, 250 mA/cm2 of its surface at 80 degC (J. Durst et al., J. Electrochem.
    # Soc. 162 (2015) F190).
    cathode=30.0,
    # Membrane of 50 um at 0.13 S/cm, 60 degC: 38 mohm cm2 (Springer 1991, eq. 25).
    membrane=0.036,
    # 5 to 15 mohm cm2 (M. Bernt, H. Gasteiger, J. Electrochem. Soc. 163 (2016) F3179).
    contact=0.0075,
    # Seen beyond 6 A/cm2 only (M. Suermann et al., J. Power Sources 365 (2017) 47).
    limiting=7.0,
    # About 60 mF/cm2 of iridium oxide; depressed arcs with n about 0.9 (Bernt 2016).
    layer=0.09,
    flatness=0.9,
    # A few mohm cm2 at 1 Hz (S. Siracusano et al., Int. J. Hydrogen Energy 42 (2017) 12123).
    transport=0.004,
    transport_time=0.15,
    # Loop between the sense taps of a flat cell: some 10 nH.
    inductance=15e-9,
    # Titanium plates of 2 mm, 0.42 uohm m, either side of 500 cm2: 0.034 uohm; frame contacts add.
    tap=4.0e-6,
)

AGEING = Ageing(
    # Rakousky 2016 and 2017: 20 to 200 uV/h at 1 to 2 A/cm2; a good cell here.
    loading=13e-6,
    order=0.5,
    # 10 to 60 uV a start (Weiss 2019: 0.5 mV after ten shut-downs of an hour each at most).
    stop=250e-6,
    swing=4e-6,
    # 78 % of the rise of Rakousky 2016 was ohmic, without coating; with it, less.
    contact=6e-6,
    slowing=4000.0,
    # 4 to 10 mV that come back (Rakousky 2016; G. Papakonstantinou et al., Appl. Energy 280
    # (2020) 115911).
    bubbles=5e-3,
    building=30.0,
    recovery=0.25,
)


@dataclass(frozen=True)
class Spread:
    """Relative standard deviations from cell to cell."""

    area: float = 0.004
    exchange: float = 0.25
    tafel: float = 0.015
    ohmic: float = 0.05
    layer: float = 0.1
    inductance: float = 0.2
    tap: float = 0.15
    bubbles: float = 0.25
    building: float = 0.2


SPREAD = Spread()

STEADY = Load(hours=1000.0, running=1000.0, charge=1000.0, swings=0.0, stops=0.0)
"""A thousand hours at 1 A/cm2."""

REGIONS = {
    "Sand Point": Load(hours=1000.0, running=767.6, charge=797.8, swings=323.1, stops=56.4),
    "Miami": Load(hours=1000.0, running=463.3, charge=478.6, swings=212.7, stops=41.7),
    "Greensboro": Load(hours=1000.0, running=574.9, charge=431.1, swings=190.2, stops=69.3),
}
"""How steeply the loads of each region's set points grow, for a thousand hours: the slope of a
straight line through what has come together at each reference reading from 150 h on, counted once
on the hourly set points. The density's power is that of `AGEING`. A decay is the slope of such a
line, and lasting ageing is linear in the loads but for the contact, which slows down little."""
