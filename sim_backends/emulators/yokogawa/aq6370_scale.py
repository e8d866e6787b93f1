"""Unit and spacing of the AQ6370D's level axis, and levels as they are answered in that unit.

AQ637x remote control manual, 7-76: `UNIT DBM|W|DBM/NM|W/NM|0|1|2|3`, `SPACing LOGarithmic|LINear`.
Other parties' drivers read the unit to know what `:TRACe:Y?` answers in. Assumed: one setting
follows the other, a unit in dB is logarithmic and one in W linear.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim_backends.emulators.scpi import Table
from sim_backends.emulators.yokogawa.aq6370_words import listed

UNITS = (("DBM", 0), ("W", 1), ("DBM/NM", 2), ("W/NM", 3))
_LINEAR, _DENSITY = 1, 2
"""Bits of a unit's number: W instead of dBm, per nm."""

_NANO = 1e-9


def add_scale(table: Table) -> None:
    """Unit and spacing of the level axis."""
    root = ":DISPlay[:WINDow]:TRACe:Y1[:SCALe]"
    listed(table, f"{root}:UNIT", "unit", UNITS, _follow_unit)
    listed(table, f"{root}:SPACing", "spacing", (("LOGarithmic", 0), ("LINear", 1)), _follow_space)


def _follow_unit(device: Any) -> None:
    device.values["spacing"] = device.values["unit"] & _LINEAR


def _follow_space(device: Any) -> None:
    device.values["unit"] = (device.values["unit"] & _DENSITY) | device.values["spacing"]


def displayed(level: NDArray[np.float64], unit: int, bandwidth: float) -> NDArray[np.float64]:
    """`level` in dBm, of any shape, in the unit of that number; `bandwidth` in m of the filter."""
    if unit & _DENSITY:
        level = level - 10.0 * np.log10(bandwidth / _NANO)
    return 1e-3 * 10.0 ** (level / 10.0) if unit & _LINEAR else level
