"""Channel 3 of a Rigol DP832 power supply, 5 V; `rigol.dp832` is its channel 1."""

from __future__ import annotations

from typing import ClassVar

from drivers.rigol.dp832 import CURRENT, LOW_VOLTAGE, RigolDP832
from labctl.evidence import Accuracy


class RigolDP832Channel3(RigolDP832):
    """Channel 3 of a DP832 at the end of `link`, with `limits` as channel 1 has them."""

    channel: ClassVar[int] = 3
    rating: ClassVar[dict[str, float]] = {"voltage": 5.3, "current": 3.2}
    trip_rating: ClassVar[dict[str, float]] = {"voltage": 5.5, "current": 3.3}
    accuracies: ClassVar[tuple[Accuracy, ...]] = (LOW_VOLTAGE, CURRENT)


DRIVER = RigolDP832Channel3
