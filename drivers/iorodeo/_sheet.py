"""Variants of the Rodeostat, their ranges and accuracy (iorodeo/potentiostat, ps_constants.cpp)."""

from __future__ import annotations

from collections.abc import Mapping

from labctl.evidence import Accuracy

SHEET = (
    "IO Rodeo Rodeostat, about 1 % of range, as in the laboratory's table of instruments; the "
    "maker states no accuracy"
)
OF_RANGE = 0.01

VOLTS = {"1V": 1.0, "2V": 2.0, "5V": 5.0, "10V": 10.0}
"""Ranges of the potential in V by their name, of a board of hardware version 0.2."""

STEPS = 4095
"""Steps of the converter over a range from -full to +full."""

AMPERES: Mapping[str, float] = {
    **{"60nA": 60e-9, "100nA": 100e-9, "1uA": 1e-6, "10uA": 10e-6, "100uA": 100e-6},
    **{"1000uA": 1e-3, "10000uA": 10e-3, "12000uA": 12.024e-3, "24000uA": 24.048e-3},
}
"""Full scale in A by the name of a current range."""

NANO = ("60nA", "100nA", "1uA", "10uA")
MICRO = ("1uA", "10uA", "100uA", "1000uA")
MILLI_10 = ("10uA", "100uA", "1000uA", "10000uA")
MILLI_24 = ("100uA", "1000uA", "12000uA", "24000uA")

VARIANTS: Mapping[str, tuple[str, ...]] = {
    "10V_nanoAmpV0.2": NANO,
    "10V_microAmpV0.2": MICRO,
    "10V_10MilliAmpV0.2": MILLI_10,
    "10V_24MilliAmpV0.2": MILLI_24,
    "10V_milliAmpV0.2": MILLI_24,
}
"""Current ranges from the smallest on, by the variant's name. Boards of version 0.1 cannot
disconnect their electrodes and are not driven."""


def _line(function: str, full: float, unit: str) -> Accuracy:
    return Accuracy(function, full, unit, 0.0, OF_RANGE * full, SHEET, 2 * full / STEPS)


ACCURACIES = (
    *(_line("potential", full, "V") for full in VOLTS.values()),
    *(_line("current", full, "A") for full in AMPERES.values()),
)


def range_of(ranges: Mapping[str, float], value: float) -> str:
    """The name of the smallest of `ranges` that holds +-`value`; the largest where none does."""
    names = sorted(ranges, key=lambda name: ranges[name])
    return next((name for name in names if abs(value) <= ranges[name]), names[-1])
