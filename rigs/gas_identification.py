"""The gas identification rig: the gas sensing rig, and the log of a training batch of arrays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from drivers.driver import Driver
from drivers.roles.imported import ChannelFiles
from rigs.gas_sensing import GasSensingRig


@dataclass(frozen=True)
class GasIdentificationRig(GasSensingRig):
    """As `GasSensingRig`; `batch` hands over the exposures of other arrays of the production."""

    batch: ChannelFiles = field(kw_only=True)
    name: str = "gas_identification"

    def roles(self) -> Mapping[str, Driver]:
        """Role name -> driver, in the order in which they are made safe: test gas first."""
        return {**super().roles(), "batch": self.batch}
