"""Data of the dismantled cell, each with its reference.

Masses and shares are those of a solid-state cell of some 50 A h with a few per cent of liquid at
its interfaces, assumed; the losses are those of ethyl methyl carbonate (EMC) and ethylene
carbonate (EC). Deviations of the laboratory's steps are remembered figures of such analyses.
"""

from __future__ import annotations

CELL_MASS, CASE_MASS, JAR = 0.9, 0.148, 0.032
"""kg of a cell, of its empty case with terminals, of a gas-tight jar."""

PORTIONS = 5
"""Jars that hold the stack of electrodes: the balance takes 220 g."""

EC_SHARE = 0.4
"""kg/kg of the solvent that is EC; the rest is EMC (a usual mixture)."""

SALT = 0.125
"""kg/kg of the liquid that is salt: LiPF6 at 1 mol/L in a solvent of 1.2 kg/L."""

OPENING = 0.04
"""Share of the solvent that evaporates from opening the case until the jars are closed: EMC boils
at 107 degC, its vapour pressure at 20 degC is 3 kPa."""

TRANSFER = 0.01
"""Share that evaporates between the weighing and the extraction, as the log of weighings tells."""

EXTRACT = 2.0e-3
"""m3 of the extract of the whole stack (acetonitrile, made up in a flask)."""

STANDARD = 6.0
"""kg/m3 of each component in the standard solution, by its certificate."""

BLANK = 0.02
"""kg/m3 of each component that the blank (a stack without liquid) shows."""

SPIKE = 0.02
"""kg of solvent put onto a blank stack to find the recovery."""

RECOVERY = 0.97
"""Share of the solvent that survives filtering and filling up."""

RESIDUE = 0.02
"""Share of the solvent that the extraction leaves in the stack: thermogravimetry finds it."""

BINDER_LOSS = 4e-4
"""kg/kg that an extracted blank stack loses up to 250 degC: moisture and binder."""

RESPONSE_DAY, RESPONSE = 0.02, 0.004
"""Relative deviation of the chromatograph's response of a day, and of one injection."""

UNEVEN = 0.08
"""Relative deviation of the residue from place to place of the stack."""

MICROGRAM = 1e-9
TGA_NOISE, TGA_DRIFT = 3 * MICROGRAM, 3 * MICROGRAM
"""kg of noise of the thermobalance, and of its buoyancy's change from one run to the next."""

TGA_SAMPLE = 50e-6
"""kg of a piece in the thermobalance."""
