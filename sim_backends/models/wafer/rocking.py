"""Rocking curves of crystals, and what lies in the beam of a diffractometer.

The curve of a film is a sum of a Gaussian and a Lorentzian of one width (mosaic spread), smeared
evenly by the wafer's curvature over the footprint of the beam, and folded with a Gaussian beam. A
Lorentzian folded with a Gaussian is a Voigt profile. The true width is that of the curve without
the beam. Left out: layers with peaks of their own, thickness fringes, asymmetric tails.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.special import voigt_profile

from sim_backends.models.roots import root

Array = NDArray[np.float64]

SIGMA = 1.0 / (2.0 * math.sqrt(2.0 * math.log(2.0)))
"""Standard deviation of a Gaussian over its full width at half maximum."""

PARTS = 15
"""Points of the footprint over which the curvature smears."""

REST = "unnamed"


@dataclass(frozen=True, slots=True)
class Reflection:
    """A reflection at `bragg` rad: mosaic `width` in rad (full, at half maximum), Lorentzian
    `share`, `curvature` in rad/m of the wafer, `footprint` of the beam in m, `peak` and `floor`
    in counts a second of the curve without a beam's width; `uneven` (deviation, relative) is the
    width from place to place, `seed` of it."""

    bragg: float
    width: float
    share: float
    curvature: float
    footprint: float
    peak: float
    floor: float
    uneven: float
    seed: int

    def at(self, place: float) -> Reflection:
        """The curve at `place` m from the middle of the wafer."""
        rng = np.random.default_rng([self.seed, round(1e6 * (place + 1.0))])
        wider = 1.0 + self.uneven * float(rng.standard_normal())
        bragg = self.bragg + self.curvature * place
        return Reflection(
            bragg, self.width * wider, self.share, self.curvature, self.footprint,
            self.peak, self.floor, 0.0, self.seed,
        )  # fmt: skip

    def shape(self, off: Array, beam: float) -> Array:
        """The curve over its peak without a beam, at angles `off` rad from the peak, folded with
        a Gaussian `beam` of that full width in rad."""
        smear = self.curvature * self.footprint * (np.arange(PARTS) / (PARTS - 1) - 0.5)
        x = np.asarray(off)[..., None] - smear
        sharp, half = SIGMA * self.width, 0.5 * self.width
        gauss = voigt_profile(x, math.hypot(sharp, SIGMA * beam), 0.0) * sharp
        lorentz = voigt_profile(x, SIGMA * beam, half) * half
        whole = (1 - self.share) * gauss * math.sqrt(2 * math.pi) + self.share * lorentz * math.pi
        return np.asarray(whole.mean(axis=-1))

    def fwhm(self) -> float:
        """Full width at half maximum in rad, mosaic and curvature together, without the beam."""
        top = float(self.shape(np.array(0.0), 0.0))

        def over(x: float) -> float:
            return float(self.shape(np.array(x), 0.0)) - 0.5 * top

        return 2.0 * root(over, 0.0, 3.0 * self.width + self._smear(), 1e-12)

    def _smear(self) -> float:
        return abs(self.curvature * self.footprint)


class BeamPort(Protocol):
    """A crystal in the beam. Times are run time in s."""

    def reflection(self, t: float) -> Reflection:
        """What lay there at `t`, at the place that was in the beam."""
        ...

    def label(self, t: float) -> str:
        """What was typed as the name of the sample at `t`."""
        ...

    def span(self, t: float) -> float:
        """Length of the scan that was chosen, in degrees."""
        ...


@dataclass(frozen=True, slots=True)
class _Laid:
    crystal: Reflection
    label: str
    span: float
    since: float


class InBeam:
    """Fits `BeamPort`, and `OperatorPort` by prompts that end in `beam/reference` or `beam/<mm>`,
    answered with the name that is typed; a reference crystal is scanned over a shorter range."""

    def __init__(self, wafer: Reflection, reference: Reflection) -> None:
        self._wafer, self._reference = wafer, reference
        self._now = self._before = _Laid(wafer, REST, LONG, -1e9)

    def acted(self, prompt: str, value: object, t: float) -> None:
        """Somebody lays, names and chooses what the prompt asked for, at `t` in s."""
        where, _, what = prompt.rpartition("/")
        if where.rpartition("/")[2] != "beam":
            return
        if what == "reference":
            laid = _Laid(self._reference, str(value), SHORT, t)
        elif what.lstrip("-").isdigit():
            laid = _Laid(self._wafer.at(1e-3 * int(what)), str(value), LONG, t)
        else:
            return
        self._before, self._now = self._now, laid

    def reflection(self, t: float) -> Reflection:
        """What lay in the beam at `t` in s."""
        return self._at(t).crystal

    def label(self, t: float) -> str:
        """The name typed by `t` in s."""
        return self._at(t).label

    def span(self, t: float) -> float:
        """Length of the scan in degrees."""
        return self._at(t).span

    def _at(self, t: float) -> _Laid:
        return self._now if t >= self._now.since else self._before


LONG, SHORT = 0.3, 0.04
"""Lengths of scans in degrees: of a film, of a reference crystal."""
