"""Films whose selectivities come of their catalysts, and a production that scatters about a design.

ln K = ln s + a . p: strength K of a film for a gas by the film's size s, its catalyst a and the
molecule p (linear free-energy relation). G/G0 = (1 + K e^(-h (wet - 1/2)) x)^b in a gas at c
umol/mol with x = c / (1 + c / c_half), its Langmuir coverage in units of small amounts. Two gases
with the same p differ by their strength alone: no film of any such array tells them apart.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sim_backends.data import gas_identification as data
from sim_backends.models.gas_array import MIDDLE, Films, SensorArray

Array = NDArray[np.float64]


@dataclass(frozen=True)
class CoveredArray:
    """A `plain` array with coverage: by gas `half` in umol/mol at which half of the sites are
    covered; by film `shared`, ln of what its strengths lose between dry and saturated air."""

    plain: SensorArray
    half: tuple[float, ...]
    shared: tuple[float, ...]


@dataclass(frozen=True)
class ArrayDesign:
    """What a production aims at. `base` has everything but strengths; `sizes` ln of the films'
    sizes, (films,); `catalysts`, (films, descriptors), and `molecules`, (gases, descriptors);
    `gains` ln of each gas's strength beyond that; minus infinity: it does not react."""

    base: CoveredArray
    sizes: Array
    catalysts: Array
    molecules: Array
    gains: Array

    def array(self, sizes: Array, catalysts: Array) -> CoveredArray:
        """The base with the strengths of these films."""
        logs = sizes[:, None] + catalysts @ self.molecules.T + self.gains
        rows = tuple(tuple(float(one) for one in row) for row in np.exp(logs))
        return replace(self.base, plain=replace(self.base.plain, strengths=rows))

    @property
    def centre(self) -> CoveredArray:
        """The array that is aimed at."""
        return self.array(self.sizes, self.catalysts)

    def made(self, rng: np.random.Generator) -> CoveredArray:
        """One array of the production."""
        films = len(self.sizes)

        def off(size: float) -> Array:
            return size * rng.standard_normal(films)

        heater = 1.0 + data.HEATER * float(rng.standard_normal())
        around = data.CATALYST * rng.standard_normal(self.catalysts.shape)
        one = self.array(self.sizes + off(data.FILM), heater * self.catalysts + around)
        plain = replace(
            one.plain,
            exponents=_by(one.plain.exponents, 1.0 + off(data.EXPONENT)),
            conductances=_by(one.plain.conductances, np.exp(off(data.BASE))),
            water=_by(one.plain.water, 1.0 + off(data.WATER)),
        )
        return replace(one, plain=plain, shared=_by(one.shared, 1.0 + off(data.WATER)))


def _by(values: tuple[float, ...], factors: Array) -> tuple[float, ...]:
    return tuple((np.array(values) * factors).tolist())


def alike(design: ArrayDesign, first: int, second: int) -> ArrayDesign:
    """`design` whose catalysts find the `second` gas like the `first`, only weaker."""
    molecules, gains = design.molecules.copy(), design.gains.copy()
    molecules[second] = molecules[first]
    gains[second] = gains[first] + np.log(data.RATIO)
    half = tuple(design.base.half[first if g == second else g] for g in range(len(gains)))
    return replace(design, molecules=molecules, gains=gains, base=replace(design.base, half=half))


def unanswered(design: ArrayDesign, gas: int) -> ArrayDesign:
    """`design` whose films do not react with the `gas`."""
    gains = design.gains.copy()
    gains[gas] = -np.inf
    return replace(design, gains=gains)


def answered(array: CoveredArray, gas: int, fraction: Array, wet: Array) -> Array:
    """Conductance over that in clean air at rest, shape (n, films), for `fraction` in umol/mol and
    `wet` part of humid air, both (n,)."""
    covered = fraction / (1.0 + fraction / array.half[gas])
    strengths = np.array(array.plain.strengths)[:, gas]
    water = np.exp(-np.outer(wet - MIDDLE, array.shared))
    return (1.0 + strengths * water * covered[:, None]) ** np.array(array.plain.exponents)


class CoveredFilms(Films):
    """The films of a covered array at work; they stand in air of a part `wet` of the humid line."""

    def __init__(self, array: CoveredArray, seed: int, t0: float) -> None:
        super().__init__(array.plain, seed, t0)
        self._half, self._shared = array.half, np.array(array.shared)
        self._wet, self._watered = MIDDLE, self._strengths

    def stand_in(self, wet: float) -> None:
        """The air is as wet as that from now on."""
        if wet != self._wet:
            self._wet = wet
            water = np.exp(-(wet - MIDDLE) * self._shared)
            self._watered = self._strengths * water[:, None]

    def aim(self, gas: int, fraction: float) -> Array:
        """As of `Films`, in air as wet as it is; as `answered` has it."""
        covered = fraction / (1.0 + fraction / self._half[gas])
        return (1.0 + self._watered[:, gas] * covered) ** self._exponents
