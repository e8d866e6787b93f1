"""`[[uncertainty]]` of a bench file: what the bench adds to the uncertainty of its figures.

[[uncertainty]]
name = "spectral_mismatch"
value = 0.005                  # a standard uncertainty, relative where no unit is given; or
# U = 0.01, k = 2              # an expanded one with its coverage factor, normal or t; or
# half_width = 0.01            # of a rectangular, triangular or u-shaped distribution
distribution = "normal"
# freedom = 9                  # degrees of freedom of a t
source = "report and date"
"""

from __future__ import annotations

import math
from typing import Any

import msgspec

from labctl.evidence import Distribution
from rigs.benchfile import BenchFile

WIDTH = {
    "rectangular": 1.0 / math.sqrt(3.0),
    "triangular": 1.0 / math.sqrt(6.0),
    "u-shaped": 1.0 / math.sqrt(2.0),
}
"""Standard uncertainty of a limited distribution by its half width (JCGM 100, 4.3)."""

STATED = "value, or U with k, or half_width"


class UncertaintyEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A contribution of the bench, stated in one of three ways; relative unless `unit` says.

    `value` is a standard uncertainty, `U` an expanded one with coverage factor `k`, `half_width`
    that of a limited distribution. `freedom` are the degrees of freedom of a t.
    """

    name: str
    source: str
    value: float | None = None
    U: float | None = None
    k: float | None = None
    half_width: float | None = None
    distribution: Distribution = "normal"
    freedom: float = 0.0
    unit: str = "dimensionless"

    @property
    def u(self) -> float:
        """The standard uncertainty, in the entry's unit."""
        if self.half_width is not None:
            return self.half_width * WIDTH[self.distribution]
        if self.U is not None and self.k is not None:
            return self.U / self.k
        return self.value or 0.0


def check_contribution(file: BenchFile, key: tuple[str, ...], entry: UncertaintyEntry) -> None:
    """`BenchError` where an entry does not state its uncertainty in one way, and wholly."""
    ways: dict[str, Any] = {"value": entry.value, "U": entry.U, "half_width": entry.half_width}
    given = [name for name, stated in ways.items() if stated is not None]
    if len(given) != 1:
        file.wrong((*key, "value"), f"states {' and '.join(given) or 'nothing'}", f"one: {STATED}")
    limited = entry.distribution in WIDTH
    if entry.half_width is not None and not limited:
        what = f"a half width has no {entry.distribution} distribution"
        file.wrong((*key, "distribution"), what, "one of " + ", ".join(WIDTH))
    if entry.U is not None and (limited or not entry.k or entry.k <= 0):
        file.wrong((*key, "k"), "an expanded uncertainty is normal or t and has a k above 0")
    if entry.U is None and entry.k is not None:
        file.wrong((*key, "k"), "belongs to an expanded uncertainty U")
    if (entry.distribution == "t") != (entry.freedom > 0):
        file.wrong((*key, "freedom"), "a t has degrees of freedom above 0, nothing else has any")
    if not (math.isfinite(entry.u) and entry.u >= 0):
        what = f"the standard uncertainty is {entry.u:g}, expected a number not below 0"
        file.wrong((*key, given[0]), what)
