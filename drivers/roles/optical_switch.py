"""Role: optical switch."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from drivers.roles.optical_attenuator_switch import OpticalAttenuatorSwitch


class OpticalSwitch(OpticalAttenuatorSwitch, Protocol):
    """Leads light from numbered inputs to numbered outputs, from 1; none carries a unit."""

    async def route(self, input: int, output: int) -> None:
        """This input leading to this output; returns when it is settled.

        `LimitRefused` for a port that it does not have.
        """
        ...

    async def routes(self) -> Mapping[int, int]:
        """Output that each connected input leads to."""
        ...
