"""Settings of an Alicat from firmware 10v05 on: reference states and averaging times.

An MC-500SCCM-D with 10v20 took these commands (matrix of devices in the tests of alicatlib): it
told 25.0 and 0.0 degC and twice 14.696 PSIA, and answered `ADCA 5` with `A 1`, without the number
of the statistic. Form of the answers: as alicatlib decodes them; the numbers of the units are those
that the instrument tells elsewhere. Assumed: as many digits as are needed, one at least.
"""

from __future__ import annotations

import re

from sim_backends.emulators.alicat import tables
from sim_backends.emulators.alicat.element import PSI, Element

AVERAGED = frozenset({1, 2, 4, 5, 6, 7, 17, 344, 352, 360})
"""Statistics that can be averaged (primer, page 18, as alicatlib cites it)."""

LONGEST = 9999
"""Longest averaging time in ms (there)."""

KEPT = 0
"""Number of a unit that means the present one."""

_NUMBER = re.compile(r"-?\d+(\.\d*)?\Z")
_UNITS = {"T": tables.UNITS[3], "P": tables.UNITS[2]}
_LIMITS = {"T": (-273.0, 1000.0), "P": (0.1, 1000.0)}
"""degC and psia that are taken; assumed."""


def shown(value: float) -> str:
    """`value` with the digits that it needs, one after the point at least."""
    text = f"{value:.6f}".rstrip("0")
    return f"{text}0" if text.endswith(".") else text


class Settings:
    """Standard (S) and normal (N) state of mass flows, averaging times in ms.

    Mass flow is counted in the standard state (its unit is SLPM), so the normal one has no effect.
    Averaging times are kept and told; readings are not averaged.
    """

    def __init__(self, element: Element) -> None:
        self._element = element
        self._states = {"TS": 25.0, "TN": 0.0, "PS": 14.696, "PN": 14.696}
        self._times = dict.fromkeys(AVERAGED, 1)

    def ask(self, command: str) -> str | None:
        """Answer to `DCFRT`, `DCFRP` or `DCA` without the unit's letter; None: it is refused."""
        name, *words = command.split()
        if not all(_NUMBER.match(word) for word in words[1:]):
            return None
        if name in ("DCFRT", "DCFRP") and len(words) in (1, 3) and words[0] in ("S", "N"):
            return self._state(name[-1], words[0], words[1:])
        if name == "DCA" and len(words) in (1, 2) and words[0].isdecimal():
            return self._average(int(words[0]), words[1:])
        return None

    def _state(self, quantity: str, state: str, words: list[str]) -> str | None:
        unit = _UNITS[quantity]
        if words:
            low, high = _LIMITS[quantity]
            if words[0] not in (str(KEPT), unit.split()[0]) or not low <= float(words[1]) <= high:
                return None
            self._states[quantity + state] = float(words[1])
            self._element.standard_temperature = self._states["TS"] + 273.15
            self._element.standard_pressure = self._states["PS"] * PSI
        return f"{shown(self._states[quantity + state])} {unit}"

    def _average(self, statistic: int, words: list[str]) -> str | None:
        if statistic not in AVERAGED:
            return None
        if words:
            if not words[0].isdecimal() or int(words[0]) > LONGEST:
                return None
            self._times[statistic] = max(int(words[0]), 1)
        return str(self._times[statistic])
