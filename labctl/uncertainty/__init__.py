"""Propagation of distributions (JCGM 101, GUM-S1) from readings to a figure.

A `MonteCarlo` holds the draws of every error by its key, so that two readings that share a common
error share its draws: in a ratio or a difference it cancels as far as it really does. Arrays have
a leading axis of draws; row 0 is the undisturbed value, rows 1.. are the draws.

Rules, from METROLOGY.md: limits of error +-a without stated coverage are rectangular; a common
error belongs to (serial, function, range, calibration epoch, mounting); where a correlation is
unknown, 0 or 1 is taken, whichever gives the larger U. The gain and the offset of one data sheet
line are such a pair, so one draw moves both: its standard uncertainty is
(gain x |reading| + offset) / sqrt(3).
"""

from __future__ import annotations

from labctl.uncertainty.lines import Circumstances, circumstances_of
from labctl.uncertainty.montecarlo import BLOCK_BYTES, DRAWS, MonteCarlo, Reduction
from labctl.uncertainty.shapes import Draws

__all__ = [
    "BLOCK_BYTES",
    "DRAWS",
    "Circumstances",
    "Draws",
    "MonteCarlo",
    "Reduction",
    "circumstances_of",
]
