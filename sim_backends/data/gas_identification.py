"""Parameters of arrays that tell gases apart by pattern, and of how alike one production's are.

Rates of neighbouring reactions on oxides follow linear free-energy relations (J. Bronsted, Chem.
Rev. 5 (1928) 231; M. Evans and M. Polanyi, Trans. Faraday Soc. 34 (1938) 11): the logarithm of a
film's strength for a gas is the product of what the film's catalyst is like and what the molecule
is like. Coverage follows I. Langmuir (J. Am. Chem. Soc. 40 (1918) 1361); water takes the same sites
(N. Barsan and U. Weimar, J. Electroceram. 7 (2001) 143). Sizes are assumed, typical of metal
oxides, and those of no particular sensor.
"""

from __future__ import annotations

CROSS = (0.05, 0.4)
"""Strength of a film for another gas over that for its own, in the design."""

HALF = (150.0, 600.0)
"""umol/mol of a gas at which half of the sites are covered."""

SHARED = (0.1, 0.5)
"""ln of what a film's strength loses between dry and saturated air."""

ALIKE = (("C2H4", "C3H6"), ("CH4", "C2H6"), ("CO", "H2"))
"""Gases of the same bond, which a catalyst may not tell apart: two alkenes, two alkanes, two that
burn in one step."""

INERT = ("CH4", "CO", "H2")
"""The gas that an odd number of films' gases leaves out, after none, one or two such pairs."""

RATIO = 0.7
"""Strength of the second of such gases over that of the first."""

FILM, CATALYST, EXPONENT, BASE, WATER, HEATER = 0.08, 0.06, 0.02, 0.3, 0.15, 0.02
"""Scatter from array to array, k = 1: relative of a film's strength, of ln of its selectivity, of
its exponent, conductance and answer to water; and of the selectivity of all films at once (the
temperature of the common heater)."""

ARRAYS = 12
"""Arrays of the training batch."""

EXPOSURES, BLANKS = 6, 12
"""Exposures of each array to each gas, and to clean air."""

OFFERED, WET = (8.0, 50.0), (0.2, 0.8)
"""umol/mol and part of humid air between which these are drawn."""

LAPSE = 60.0
"""s between the reading in air and that in gas."""

FLOWS = 0.01
"""Relative: how true a dose of that laboratory is."""
