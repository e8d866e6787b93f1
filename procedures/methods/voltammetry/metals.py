"""The metals that are stripped one beside the other, and where their peaks are looked for.

Peak potentials against Ag/AgCl in acetate buffer on gold- and bismuth-modified carbon, rounded
from the literature: J. Wang, Electroanalysis 17 (2005) 1341 (zinc, cadmium, lead); A. Giacomino
et al., Talanta 75 (2008) 266, and P. Salaun et al., Electrochim. Acta 53 (2007) 177 (copper,
arsenic, mercury).
"""

from __future__ import annotations

METALS = {
    "mercury": 0.36,
    "cadmium": -0.75,
    "arsenic": 0.12,
    "zinc": -1.03,
    "lead": -0.54,
    "copper": -0.03,
}
"""Where each peak is expected, in V against Ag/AgCl."""

WINDOW = 0.07
"""V to either side in which it is looked for: reference electrodes on chips differ by so much."""
