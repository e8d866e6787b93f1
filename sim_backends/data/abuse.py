"""Data of the abuse models, each with its reference.

Kim: Kim, Pesaran and Spotnitz, J. Power Sources 170 (2007) 476, table 1, whose kinetics are those
of Hatchard et al., J. Electrochem. Soc. 148 (2001) A755 (LiCoO2 against graphite, as remembered;
the same model stands in Melcher et al., Energies 9 (2016) 292, open access). Ren: Ren et al.,
Applied Energy 228 (2018) 633. Golubkov: RSC Advances 4 (2014) 3633. Li: Li et al., "Fire boundaries
of lithium-ion cell eruption gases caused by thermal runaway", iScience 24 (2021) 102401. Bates:
Bates et al., "Are solid-state batteries safer than lithium-ion batteries?", Joule 6 (2022) 742.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kinetics:
    """Frequency factor in 1/s, activation energy in J/mol, heat in J/kg of what reacts."""

    frequency: float
    energy: float
    heat: float


SEI = Kinetics(1.667e15, 1.3508e5, 2.57e5)
"""Decomposition of the film on the anode; heat per kg of carbon (Kim)."""

ANODE = Kinetics(2.5e13, 1.3508e5, 1.714e6)
"""Intercalated lithium with liquid electrolyte; heat per kg of carbon (Kim)."""

CATHODE = Kinetics(6.667e13, 1.396e5, 6.3e5)
"""Decomposition of the cathode, autocatalytic (Kim); heat per kg of cathode: nickel-rich oxides
release about twice the 3.14e5 J/kg of LiCoO2 (order of magnitude of Ren, table 3; remembered)."""

LIQUID = Kinetics(5.14e25, 2.74e5, 1.55e5)
"""Decomposition of the liquid electrolyte; heat per kg of it (Kim)."""

SEI_START, ANODE_START, FILM_START, CATHODE_START = 0.15, 0.75, 0.033, 0.04
"""Amounts at the start, dimensionless (Kim, table 1)."""

FASTEST = 2.0
"""Largest rate in 1/s of a reaction: beyond, transport within the layers limits it. Runaway of
large cells lasts seconds (Feng et al., Energy Storage Materials 10 (2018) 246); assumed."""

NEEDED_LIQUID = 0.12
"""Liquid electrolyte in kg per kg of a cell that the anode's reaction uses up; with less the heat
falls in proportion (Bates: heat released against the share of liquid)."""

HEAD, VENT_PRESSURE, BURST_PRESSURE = 2e-5, 0.8e6, 1.6e6
"""Free volume in m3 of a cell, pressures in Pa at which its vent opens and its case bursts (usual
of prismatic cells: 0.6 to 1.0 MPa; assumed)."""

BOILING, VAPORISATION = 380.7, 3.7e4
"""Boiling point in K and heat of vaporisation in J/mol of ethyl methyl carbonate (handbooks)."""

GAS_OF_LIQUID = 25.0
"""Moles of gas from a kg of liquid electrolyte: 1.5 L to 2 L of an ampere hour of layered oxide
cells (Golubkov, table 3) with some 2.6 g of electrolyte to it."""

GAS_OF_CATHODE = 2.0
"""Moles of carbon dioxide from the oxygen of a kg of cathode (Golubkov; order of magnitude)."""

CARBON_DIOXIDE, BURNT = 0.33, 0.9
"""Carbon dioxide in mol/mol of vented gas (Golubkov, layered oxides: 25 % to 40 %), and of the
same gas once burnt: its CO and hydrocarbons count then."""

AUTOIGNITION = 743.0
"""K from which vented gas ignites by itself in air (Li: on hot surfaces, above 450 degC)."""

OXYGEN_LIMIT = 0.13
"""mol/mol of oxygen below which it does not burn (Li: 11 % to 15 %)."""

LOWER_LIMIT = 0.08
"""mol/mol of vented gas in air from which the mixture explodes (Li; Golubkov: 7 % to 10 %)."""

IGNITES, GOES_OUT = 0.02, 0.004
"""Moles in a second that a jet needs to catch fire, and below which it goes out; assumed."""

BOIL_OFF = 8.0
"""Time constant in s with which gas leaves an open cell; assumed (jets last 10 s to 60 s)."""

MOLAR_MASS = 0.027
"""kg/mol of vented gas (Golubkov)."""

ROOM, EXTRACTION = 30.0, 0.15
"""Volume in m3 of the test room, and its extraction in m3/s."""

AIR_CO2, AIR_OXYGEN = 430e-6, 0.209

EMISSIVITY, STEFAN_BOLTZMANN = 0.8, 5.670374e-8
AREA = 0.06
"""Surface in m2 of a cell that radiates and gives heat to air."""

FILM_COEFFICIENT = 20.0
"""Heat transfer in W/(m2 K) to air and holder: free convection, and conduction into the bed."""

NEIGHBOUR = 0.35
"""W/K between neighbours with a sheet of insulation of 2 mm between them; assumed."""

HEAT_CAPACITY = 1000.0
"""J/(kg K) of a cell (Kim; others 900 to 1100)."""

PLATE = 250.0
"""J/K of the heating plate on the first cell of a module."""

PLATE_RESISTANCE = 0.25
"""ohm of the heating plate."""

SENSOR_LAG = 3.0
"""s by which a thermocouple under tape follows its cell; assumed."""

LITHIUM_CURVE = (
    (0.0, 3.0), (0.1, 3.45), (0.3, 3.61), (0.5, 3.68), (0.7, 3.87), (0.9, 4.07), (1.0, 4.18),
    (1.2, 4.70),
)  # fmt: skip
"""Open-circuit voltage in V over the charge of layered oxide against graphite (rounded)."""

SODIUM_CURVE = (
    (0.0, 2.0), (0.1, 2.6), (0.3, 2.95), (0.5, 3.15), (0.7, 3.35), (0.9, 3.65), (1.0, 3.9),
    (1.2, 4.3),
)  # fmt: skip
"""The same of layered oxide against hard carbon (rounded)."""
