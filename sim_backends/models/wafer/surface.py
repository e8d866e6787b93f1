"""The surface of a wafer: random roughness and parallel steps, at the places of a regular grid.

Random part: an isotropic Gaussian field with the K-correlation (ABC) spectrum
(1 + (k l)^2)^-(1 + H), k angular (E. Church, P. Takacs, Proc. SPIE 1530 (1991) 71). It is made on a
grid by its Fourier coefficients, so that a second look at the same place is shifted exactly. Steps:
terraces of one width on a miscut face, a saw-tooth whose risers are `riser` wide.

True roughness is the root mean square of the scale-limited surface, by the transmission of the
Gaussian filters (ISO 16610-61: the amplitude of wavelength w passes a low-pass of nesting index n
by exp(-pi (a n / w)^2), a = sqrt(ln 2 / pi)). Left out: particles, scratches, bent steps.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim_backends.streams import stream

Array = NDArray[np.float64]

PATCH = 320
"""Rows and columns of the periodic patch that a picture is cut from."""

ALPHA = math.sqrt(math.log(2.0) / math.pi)


@dataclass(frozen=True, slots=True)
class Grid:
    """`rows` x `columns` places, `pitch_x` and `pitch_y` m apart, moved by `shift` (x, y) in m."""

    rows: int
    columns: int
    pitch_x: float
    pitch_y: float
    shift: tuple[float, float]


@dataclass(frozen=True, slots=True)
class WaferSurface:
    """`random` rms height in m with correlation `length` in m and exponent `hurst`; steps of
    `step` m, `terrace` m wide, risers `riser` m wide, at `azimuth` rad; mean squares differ by
    `spread` (relative) from place to place; `seed` of the places."""

    random: float
    length: float
    hurst: float
    step: float
    terrace: float
    riser: float
    azimuth: float
    spread: float
    seed: int

    def heights(self, place: int, grid: Grid) -> Array:
        """Heights in m around place number `place` on the wafer, shape (rows, columns)."""
        rng = stream(self.seed, "wafer surface", str(place))
        square = 1.0 + self.spread * float(np.clip(rng.standard_normal(), -3.0, 3.0))
        phase = float(rng.uniform())
        return math.sqrt(square) * (self._random(rng, grid) + self._steps(phase, grid))

    def _random(self, rng: np.random.Generator, grid: Grid) -> Array:
        kx = 2.0 * np.pi * np.fft.rfftfreq(PATCH, grid.pitch_x)
        ky = 2.0 * np.pi * np.fft.fftfreq(PATCH, grid.pitch_y)[:, None]
        density = self.density(np.hypot(kx, ky))
        white = np.fft.rfft2(rng.standard_normal((PATCH, PATCH)))
        moved = np.exp(1j * (kx * grid.shift[0] + ky * grid.shift[1]))
        amplitude = np.sqrt(density / (grid.pitch_x * grid.pitch_y))
        field: Array = np.fft.irfft2(white * amplitude * moved, (PATCH, PATCH))
        return field[: grid.rows, : grid.columns]

    def density(self, k: Array) -> Array:
        """Spectral density in m4 at angular wave numbers `k` in rad/m; its integral over the plane,
        over 4 pi^2, is the mean square."""
        whole = np.pi / (self.hurst * self.length**2)
        scale = 4.0 * np.pi**2 * self.random**2 / whole
        return scale * (1.0 + (k * self.length) ** 2) ** -(1.0 + self.hurst)

    def _steps(self, phase: float, grid: Grid) -> Array:
        x = np.arange(grid.columns) * grid.pitch_x + grid.shift[0]
        y = np.arange(grid.rows)[:, None] * grid.pitch_y + grid.shift[1]
        along = (x * math.cos(self.azimuth) + y * math.sin(self.azimuth)) / self.terrace + phase
        out: Array = np.zeros(along.shape)
        for n, amplitude in self._harmonics():
            out += amplitude * np.sin(2.0 * np.pi * n * along)
        return out

    def _harmonics(self) -> list[tuple[int, float]]:
        """Number and amplitude in m of the saw-tooth's harmonics, its risers rounded."""
        most = max(1, math.ceil(1.2 * self.terrace / self.riser))
        return [
            (n, self.step / (math.pi * n) * math.exp(-((0.5 * math.pi * n * w) ** 2)))
            for w in (self.riser / self.terrace,)
            for n in range(1, most + 1)
        ]

    def roughness(self, small: float, large: float) -> float:
        """Sq in m over the wafer, between the nesting indices `small` (S) and `large` (L) in m."""
        k = np.geomspace(1e-4, 1e3, 4000) / self.length
        power = self.density(k) * _passed(k, small, large) ** 2 * k / (2.0 * np.pi)
        random = float(np.trapezoid(power, k))
        steps = sum(
            0.5 * (a * float(_passed(np.array(2.0 * np.pi * n / self.terrace), small, large))) ** 2
            for n, a in self._harmonics()
        )
        return math.sqrt(random + steps)


def _passed(k: Array, small: float, large: float) -> Array:
    """Share of the amplitude at `k` in rad/m that is left between both nesting indices in m."""
    low = np.exp(-np.pi * (ALPHA * small * k / (2.0 * np.pi)) ** 2)
    return low * (1.0 - np.exp(-np.pi * (ALPHA * large * k / (2.0 * np.pi)) ** 2))


@dataclass(frozen=True, slots=True)
class StepStandard:
    """A bar of `height` m, `width` m broad, in the middle of what is seen, with `grain` rms m."""

    height: float
    width: float
    grain: float
    seed: int

    def heights(self, place: int, grid: Grid) -> Array:
        """Heights in m, shape (rows, columns)."""
        rng = stream(self.seed, "step standard", str(place))
        x = (np.arange(grid.columns) - 0.5 * grid.columns) * grid.pitch_x + grid.shift[0]
        bar = 0.5 * self.height * (np.tanh((0.5 * self.width - np.abs(x)) / grid.pitch_x) + 1.0)
        return bar + self.grain * rng.standard_normal((grid.rows, grid.columns))
