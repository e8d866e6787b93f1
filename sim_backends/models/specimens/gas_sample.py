"""A gas in the sample loop of a chromatograph."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol


class GasSamplePort(Protocol):
    """What an injection takes. Times are run time in s."""

    def fractions(self, t: float) -> Mapping[str, float]:
        """Mole fraction of each component by its formula, in mol/mol; they add to 1."""
        ...


@dataclass(frozen=True)
class BottledGas:
    """A gas bottle of steady `composition` in mol/mol."""

    composition: Mapping[str, float]

    def fractions(self, t: float) -> Mapping[str, float]:
        """The composition in mol/mol."""
        return self.composition
