"""Parameters of electrochemical sensors and of catalysts on a disk: published values, data only.

Peak potentials against Ag/AgCl of stripping on gold- and bismuth-modified screen-printed carbon in
acetate buffer: zinc, cadmium, lead: Wang, Electroanalysis 17 (2005) 1341; copper, arsenic, mercury
on gold: Giacomino et al., Talanta 75 (2008) 266, Salaun et al., Electrochim. Acta 53 (2007)
177; they move by some 0.1 V with the electrode and the buffer. Diffusion coefficients: CRC
Handbook, ionic conductivities (7 to 9e-10 m2/s in water). Copper-zinc compound: Kounaves and
Zirino, Anal. Chim. Acta 109 (1979) 327. Oxygen evolution on iridium oxide, Tafel slope 40 to 60 mV
a decade and 0.28 to 0.35 V at 10 mA/cm2: McCrory et al., J. Am. Chem. Soc. 135 (2013) 16977.
Double layer of a porous film: the same, 0.02 to 0.1 F/cm2 a mg; here of a thin film.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MetalData:
    """A metal: `peak` potential in V against Ag/AgCl at a ramp of 0.25 V/s, `electrons` of its
    stripping, `transfer` coefficient of it, `molar_mass` in g/mol."""

    name: str
    peak: float
    electrons: int
    transfer: float
    molar_mass: float


METALS = (
    MetalData("mercury", 0.38, 2, 0.55, 200.59),
    MetalData("cadmium", -0.74, 2, 0.5, 112.41),
    MetalData("arsenic", 0.13, 3, 0.5, 74.92),
    MetalData("zinc", -1.02, 2, 0.5, 65.38),
    MetalData("lead", -0.53, 2, 0.5, 207.2),
    MetalData("copper", -0.02, 2, 0.5, 63.55),
)
"""In the order in which the indicator names them."""

RAMP = 0.25
"""V/s at which the peaks lie where `METALS` says."""

TRANSPORT = 2.0e-5
"""Mass transfer coefficient in m/s to an electrode in a channel of 0.2 mm with some 0.5 mL/min
(Leveque: 0.81 (D^2 v / (h^2 L))^(1/3) with D 8e-10 m2/s, v 0.02 m/s, h 0.2 mm, L 4 mm)."""

ELECTRODE_AREA = 1.26e-5
"""Working electrode of 4 mm in m2."""

ALLOY = 0.003
"""Part of the plated zinc that goes into the compound with copper for each ug/L of copper that was
plated with it, at small amounts (assumed after Kounaves: a few per cent at equal traces)."""

DOUBLE_LAYER, LAYER_TIME = 0.2, 8e-3
"""F/m2 of a carbon electrode, and s in which it is charged."""

HYDROGEN, HYDROGEN_SLOPE = 0.9, 0.075
"""A/m2 of hydrogen evolution at -1.2 V, and V for each factor e of it."""

OXYGEN, OXYGEN_HALF, OXYGEN_SLOPE = 0.12, -0.25, 0.05
"""A/m2 of the reduction of what oxygen is left, its half-wave potential in V, its slope in V."""

PROBE_POTENTIAL, PROBE_CONCENTRATION, PROBE_DIFFUSION = 0.22, 1.0, 6.7e-10
"""Ferrocyanide in 1 mol/L KCl: V against Ag/AgCl, mol/m3, m2/s (Konopka and McDuffie, Anal. Chem.
42 (1970) 1741)."""

REVERSIBLE_OXYGEN = 1.229
"""V against the reversible hydrogen electrode at 25 degC (Bard, Parsons, Jordan 1985)."""

DISK_AREA = 1.963e-5
"""Rotating disk of 5 mm in m2."""

TAFEL, EXCHANGE = 0.050, 2.5e-5
"""V a decade, and A/m2 of the geometric area: 0.33 V at 10 mA/cm2."""

LIMITING = 600.0
"""A/m2 at 1600 1/min beyond which the disk is covered with gas bubbles (assumed)."""

DISK_CAPACITANCE = 20.0
"""F/m2 of a catalyst film of 0.1 mg/cm2."""

ELECTROLYTE = 28.0
"""Ohm between disk and Luggin capillary in 0.1 mol/L perchloric acid."""

OVERPOTENTIAL_SLOPE = -1.0e-3
"""V/K of the overpotential at constant current density about 25 degC: activation energy of some
50 kJ/mol at a Tafel slope of 50 mV (E_a b / (2.3 R T^2))."""
