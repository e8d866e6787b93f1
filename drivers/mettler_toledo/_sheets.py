"""Data sheets of balances: one line of accuracy each, by the name that `I2` tells.

Limits of error of a weighing: linearity plus the sensitivity offset, which grows with the load.
"""

from __future__ import annotations

from labctl.evidence import Accuracy

XS = "remembered: METTLER TOLEDO data sheet of XS analytical balances"
XPR = "remembered: METTLER TOLEDO data sheet of XPR analytical balances"


def _line(capacity: float, step: float, noise: float, linearity: float, source: str) -> Accuracy:
    """A line: `capacity` in kg; `step`, repeatability `noise` and `linearity` in mg."""
    mg = 1e-6
    return Accuracy("mass", capacity, "kg", 4e-6, linearity * mg, source, step * mg, noise * mg)


SHEETS = {
    "XS204": _line(0.220, 0.1, 0.1, 0.2, f"{XS}: XS204"),
    "XS205DU": _line(0.2205, 0.1, 0.06, 0.2, f"{XS}: XS205DU, coarse range"),
    "XPR205": _line(0.2201, 0.01, 0.03, 0.1, f"{XPR}: XPR205"),
}
