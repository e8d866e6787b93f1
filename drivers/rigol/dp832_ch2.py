"""Channel 2 of a Rigol DP832 power supply; `rigol.dp832` is its channel 1."""

from __future__ import annotations

from typing import ClassVar

from drivers.rigol.dp832 import RigolDP832


class RigolDP832Channel2(RigolDP832):
    """Channel 2 of a DP832 at the end of `link`, with `limits` as channel 1 has them."""

    channel: ClassVar[int] = 2


DRIVER = RigolDP832Channel2
