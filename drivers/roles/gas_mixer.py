"""Role: gas mixer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from drivers.driver import Driver
from labctl.evidence import Reading


@dataclass(frozen=True)
class GasMixture:
    """What flows out: mole fraction of each component in mol/mol by its formula, and the total
    `flow` in m**3/s at 0 degC and 101325 Pa."""

    fractions: Mapping[str, Reading]
    flow: Reading


class GasMixer(Driver, Protocol):
    """Blends gases of known composition to a mixture.

    A mixture that its sources and flows cannot make, or that the bench's limits forbid, is
    `LimitRefused`; a source off its target is `InstrumentError`.
    """

    async def sources(self) -> Mapping[str, Mapping[str, float]]:
        """Composition of the gas on each inlet: mole fractions in mol/mol by formula."""
        ...

    async def set_mixture(self, fractions: Mapping[str, float], *, flow: float) -> None:
        """Target mole fractions in mol/mol (sum 1) at the total `flow` in m**3/s (0 degC,
        101325 Pa)."""
        ...

    async def output(self, on: bool) -> None:
        """Mixture flowing, or all inlets closed."""
        ...

    async def mixture(self) -> GasMixture:
        """Mixture by the flows as read, in mol/mol and m**3/s (0 degC, 101325 Pa)."""
        ...

    async def is_steady(self) -> bool:
        """Whether every flow stands in its band about the target."""
        ...
