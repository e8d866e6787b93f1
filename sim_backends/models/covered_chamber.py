"""The chamber over an array whose films are covered by gas and water."""

from __future__ import annotations

from sim_backends.models.gas_blend import Blend, Mix
from sim_backends.models.gas_chamber import GasChamber
from sim_backends.models.gas_patterns import CoveredArray, CoveredFilms


class CoveredChamber(GasChamber):
    """As `GasChamber`, with a covered `array` in it: its films are told how wet the air is."""

    def __init__(
        self,
        array: CoveredArray,
        blend: Blend,
        cylinder: dict[str, float],
        seed: int,
        t0: float,
    ) -> None:
        super().__init__(array.plain, blend, cylinder, seed, t0)
        self._covered = CoveredFilms(array, seed, t0)
        self._films = self._covered

    def _passed(self, seconds: float, before: Mix, after: Mix) -> None:
        self._covered.stand_in(after.wet)
        super()._passed(seconds, before, after)
