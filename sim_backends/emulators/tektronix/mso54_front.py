"""Inputs and converter of an MSO54: its bandwidth, its noise, its codes.

5 Series MSO data sheet, as remembered: 1 GHz (option 5-BW-1000) at 50 ohm, 12 bits to 3.125 GS/s
and 8 bits at 6.25 GS/s, ten divisions of which the converter has 10.24, DC gain within +-1 % of
full scale, trigger jitter 7 ps. Assumed: a Gaussian response whose bandwidth lies 0 to 8 % above
its sheet's, noise of 0.02 divisions, no noise of the trigger level.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import log, pi, sqrt

import numpy as np
import numpy.typing as npt

from sim_backends.models.signal import FloatArray, SignalPort

CHANNELS = (1, 2, 3, 4)
BANDWIDTH, ABOVE = 1e9, 0.08
LIMITS = (20e6, 250e6, BANDWIDTH)
"""Bandwidth limits in Hz."""

RATES = tuple(
    mantissa * 10.0**power for power in range(3, 10) for mantissa in (1.25, 2.5, 3.125, 6.25)
)
"""Samples a second."""

FINE = 3.125e9
"""Samples a second up to which there are 12 bits."""

PER_DIVISION, LOW, HIGH = 6400, -32768, 32767
"""Codes of 16 bits, left aligned."""

GAIN, NOISE, JITTER, OFFSET = 0.01, 0.02, 7e-12, 0.05
"""Part of a reading; divisions; s; divisions."""

_NODES, _WEIGHTS = np.polynomial.hermite_e.hermegauss(9)
_WEIGHTS = _WEIGHTS / _WEIGHTS.sum()


@dataclass(frozen=True)
class Vertical:
    """One input: `scale` in V a division, `offset` in V at the centre, `position` in divisions."""

    on: bool = False
    scale: float = 0.1
    offset: float = 0.0
    position: float = 0.0
    coupling: str = "DC"
    termination: float = 1e6
    limit: float = BANDWIDTH
    probe: float = 1.0


@dataclass(frozen=True)
class Setup:
    """Samples a second, points, seconds from the trigger to the middle of the record; inputs."""

    rate: float = FINE
    points: int = 1000
    delay: float = 0.0
    source: int = 1
    rising: bool = True
    levels: tuple[float, ...] = (0.0,) * len(CHANNELS)
    inputs: tuple[Vertical, ...] = field(
        default_factory=lambda: (Vertical(on=True), Vertical(), Vertical(), Vertical())
    )

    @property
    def before(self) -> float:
        """Seconds that are recorded before the trigger."""
        return max(self.points / self.rate / 2.0 - self.delay, 0.0)

    @property
    def after(self) -> float:
        """Seconds from the trigger to the end of the record."""
        return max(self.points / self.rate / 2.0 + self.delay, 0.0)

    def times(self) -> FloatArray:
        """Seconds of the points from the trigger, shape (points,)."""
        index = np.arange(self.points, dtype=np.float64)
        return (index - self.points / 2.0) / self.rate + self.delay


class FrontEnd:
    """The four inputs of one instrument at `ports`, with their true errors."""

    def __init__(self, ports: tuple[SignalPort, ...], rng: np.random.Generator) -> None:
        self.ports = ports
        self._gain = 1.0 + GAIN * rng.uniform(-1.0, 1.0, size=len(ports))
        self._offset = OFFSET * rng.uniform(-1.0, 1.0, size=len(ports))
        self._bandwidth = BANDWIDTH * (1.0 + ABOVE * float(rng.uniform(0.0, 1.0)))
        self._seed = int(rng.integers(2**62))

    def crossing(self, setup: Setup, after: float) -> float | None:
        """Run time in s of the next trigger from `after` on, with its jitter."""
        level = setup.levels[setup.source - 1] / setup.inputs[setup.source - 1].probe
        return self.ports[setup.source - 1].crossing(level, setup.rising, after)

    def codes(self, setup: Setup, number: int, t0: float, record: int) -> npt.NDArray[np.int16]:
        """Codes of input `number` about a trigger at `t0` in s, of the `record`-th record."""
        one = setup.inputs[number - 1]
        rng = np.random.default_rng([self._seed, record, number])
        shift = t0 + JITTER * float(np.random.default_rng([self._seed, record]).standard_normal())
        volts = self._seen(number, one, shift + setup.times()) * self._gain[number - 1]
        divisions = (volts * one.probe - one.offset) / one.scale + one.position
        divisions += self._offset[number - 1] + NOISE * rng.standard_normal(setup.points)
        step = 16 if setup.rate <= FINE else 256
        levels = np.rint(divisions * PER_DIVISION / step) * step
        return np.clip(levels, LOW, HIGH // step * step).astype(np.int16)

    def _seen(self, number: int, one: Vertical, t: FloatArray) -> FloatArray:
        """Volts behind the input's bandwidth: a Gaussian of standard deviation
        sqrt(ln 2) / (2 pi f) in time, by Gauss and Hermite's rule."""
        port = self.ports[number - 1]
        sigma = sqrt(log(2.0)) / (2.0 * pi * min(self._bandwidth, one.limit))
        volts = np.zeros_like(t)
        for node, weight in zip(_NODES, _WEIGHTS, strict=True):
            volts += weight * port.voltage(t + sigma * node)
        return volts - (port.mean() if one.coupling == "AC" else 0.0)
