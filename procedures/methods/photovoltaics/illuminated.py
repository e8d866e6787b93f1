"""The bench as a device is measured or exposed on it: lit, and at its temperature."""

from __future__ import annotations

from procedures.methods.photovoltaics.chuck import restore_chuck
from procedures.methods.photovoltaics.light import Lit, restore
from rigs.sunlit import SunlitRig


async def illuminated(rig: SunlitRig, lit: Lit, celsius: float) -> None:
    """Light as it was set and chuck at `celsius` in degC, settled, whatever both were.

    It is no step: what arranges a scope calls it.
    """
    await restore(rig, lit)
    await restore_chuck(rig, celsius)
