"""Relative loss of power between two readings of one device: reduction. Pure.

Loss of power at standard test conditions over the power before is the loss of efficiency, since
area and irradiance are the same in both. Errors common to both readings cancel by their key.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from labctl.uncertainty import Draws, MonteCarlo
from procedures.analysis.retention import relative_loss
from procedures.methods.photovoltaics.device import Device
from procedures.methods.photovoltaics.iv_reduction import Power, stc_power
from procedures.methods.photovoltaics.iv_sweep import Pair


@dataclass(frozen=True)
class BeforeAfter:
    """Curves of a device before and after an exposure, each reading with its own mounting."""

    before: Sequence[Pair]
    after: Sequence[Pair]
    device_before: Device
    device_after: Device

    def powers(self, mc: MonteCarlo) -> tuple[Power, Power]:
        """Power in W at standard test conditions before and after."""
        return (
            stc_power(mc, self.device_before, self.before, "before"),
            stc_power(mc, self.device_after, self.after, "after"),
        )


def loss_percent(powers: tuple[Power, Power]) -> Draws:
    """Relative loss in %, draws of shape (draws + 1,)."""
    before, after = powers
    return 100.0 * relative_loss(before.draws, after.draws)
