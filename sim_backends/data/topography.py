"""Surfaces of gallium oxide wafers, and a step standard: figures with their sources."""

from __future__ import annotations

S_INDEX, L_INDEX = 0.1e-6, 2e-6
"""Nesting indices in m by which a surface's true roughness is defined (docs/decisions/0047)."""

SUBSTRATE_STEP, SUBSTRATE_TERRACE = 0.15e-9, (0.12e-6, 0.25e-6)
"""Height in m of half a cell of (010) gallium oxide (b = 0.304 nm), and widths in m of terraces on
a face that is 0.03 to 0.07 degree off."""

SUBSTRATE_LENGTH, SUBSTRATE_HURST = (5e-8, 9e-8), 0.8
"""Correlation in m and exponent of a polished face (remembered: chemical-mechanical polish)."""

EPI_STEP, EPI_TERRACE = (1.0e-9, 2.0e-9), (0.4e-6, 0.7e-6)
"""Heights and widths in m of step bunches on homoepitaxial gallium oxide (remembered: force
micrographs of films by vapour phase epitaxy show bunches of 1 to 3 nm)."""

EPI_LENGTH, EPI_HURST = (7e-8, 1.2e-7), 0.9

UNEVEN = (0.08, 0.2)
"""Relative deviation of the mean square from place to place: substrate, epitaxial wafer."""

STEP_NOMINAL, STEP_U = 44e-9, 0.3e-9
"""Height in m of a step standard and its standard uncertainty (remembered: certificates of 44 nm
standards in silicon dioxide state 0.6 to 1 nm, k = 2)."""
