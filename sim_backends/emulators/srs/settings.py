"""The RGA's numeric settings: ranges, defaults, and which answer with the STATUS byte.

Manual, chapter 6, "RGA Command Set" (pages 6-29 to 6-58), and the command table of the maker's open
library srsinst.rga 0.3 (rga_commands.json).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)")


@dataclass(frozen=True, slots=True)
class Setting:
    """One command that stores a number: limits included, `default` None where `*` is refused."""

    low: float
    high: float
    default: float | None
    whole: bool = True
    echoes: bool = False
    scan: bool = False
    """Whether initialization brings it back to its default."""


def settings(highest_mass: int) -> dict[str, Setting]:
    """The settings of a head for masses up to `highest_mass` u."""
    return {
        "EE": Setting(25, 105, 70, echoes=True, scan=True),
        "IE": Setting(0, 1, 1, echoes=True, scan=True),
        "VF": Setting(0, 150, 90, echoes=True, scan=True),
        "MI": Setting(1, highest_mass, 1, scan=True),
        "MF": Setting(1, highest_mass, highest_mass, scan=True),
        "NF": Setting(0, 7, 4, scan=True),
        "SA": Setting(10, 25, 10, scan=True),
        "MG": Setting(0.0, 2000.0, None, whole=False),
        "MV": Setting(0, 2490, None),
        "SP": Setting(0.0, 10.0, None, whole=False),
        "ST": Setting(0.0, 100.0, None, whole=False),
        "RI": Setting(-86.0, 86.0, 0.0, whole=False),
        "RS": Setting(600.0, 1600.0, 1000.0, whole=False),
        "DI": Setting(0, 255, 115),
        "DS": Setting(-2.55, 2.55, 0.0, whole=False),
    }


STORED = {
    "MG": 1.0,
    "MV": 1400.0,
    "SP": 0.1,
    "ST": 0.05,
    "RI": 0.0,
    "RS": 1000.0,
    "DI": 115.0,
    "DS": 0.0,
}
"""Values in the permanent memory of a new head: gain / 1000, V, mA/Torr, mA/Torr, tuning."""


def number(text: str) -> float | None:
    """A decimal number, cut after four places; None for anything else."""
    if _NUMBER.fullmatch(text) is None:
        return None
    return int(float(text) * 1e4 + (1e-6 if not text.startswith("-") else -1e-6)) / 1e4


def shown(value: float, whole: bool) -> str:
    """A setting as a query tells it."""
    return str(round(value)) if whole else f"{value:.4f}"
