"""Maximum-power-point logs: corrected power, the tracker's next voltage, values at the ends."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from labctl.series import effective_size

Array = NDArray[np.float64]


def corrected_power(
    power: Array,
    irradiance: Array,
    temperature: Array,
    *,
    to_irradiance: float,
    to_temperature: float,
    gamma: Array | float = 0.0,
) -> Array:
    """Power in W at `to_irradiance` in W/m2 and `to_temperature` in degC.

    P2 = P1 (G2 / G1) / (1 + gamma (T1 - T2)), `gamma` the relative temperature coefficient of the
    maximum power in 1/K. Linear, for small steps. Source: IEC 61853-1 and IEC 60891:2021, 8.
    """
    return power * (to_irradiance / irradiance) / (1.0 + gamma * (temperature - to_temperature))


class Tracker(NamedTuple):
    """State of perturb and observe: voltage held and its next step in V, last power per light."""

    voltage: float
    step: float
    last: float = 0.0


def observe(tracker: Tracker, yield_: float, low: float, high: float) -> Tracker:
    """The tracker after `yield_` (power in W per irradiance in W/m2) was seen at its voltage.

    It goes on in the same direction while the yield rises and turns round when it falls; the
    voltage stays within `low`..`high` in V. Source: T. Esram, P. Chapman, IEEE Trans. Energy
    Convers. 22 (2007) 439, II.B.
    """
    step = tracker.step if yield_ >= tracker.last else -tracker.step
    if not low <= tracker.voltage + step <= high:
        step = -step
    return Tracker(tracker.voltage + step, step, yield_)


def line_weights(time: Array, at: float) -> Array:
    """Weights w (shape (n,)) with w @ y = value at `at` of the least-squares line of y on `time`.

    `time` and `at` in one unit (s); the weights are dimensionless and sum to 1.
    """
    centred = time - time.mean()
    spread = float(centred @ centred)
    slope = centred / spread if spread > 0 else np.zeros_like(centred)
    return 1.0 / len(time) + slope * (at - time.mean())


def top_weights(time: Array, voltage: Array, power: Array, at: float) -> Array:
    """Weights w (shape (n,)) with w @ power = maximum power at time `at`.

    A tracker steps round the maximum, so its mean power lies below it. The power in W of a log is
    fitted by a line over `time` in s plus a parabola over `voltage` in V; the weights read it at
    `at` and at the parabola's vertex. Where the steps show no vertex they are `line_weights`.
    """
    t, v = time - time.mean(), voltage - voltage.mean()
    spread = float(np.abs(v).max())
    scale = max(float(np.abs(t).max()), 1e-300)
    if spread <= 1e-9 * float(np.abs(voltage).max()):
        return line_weights(time, at)
    x = v / spread
    solver = np.linalg.pinv(np.stack([np.ones_like(t), t / scale, x, x**2], axis=1))
    _, _, slope, bend = solver @ power
    top = -slope / (2 * bend) if bend < 0 else np.inf
    if abs(top) > 1.0:
        return line_weights(time, at)
    place = np.array([1.0, (at - time.mean()) / scale, top, top**2])
    return np.asarray(place @ solver, dtype=np.float64)


def wandering(time: Array, series: Array, degree: int = 10) -> Array:
    """What is left of `series` (shape (n,)) after a smooth course over `time` in s.

    The course is a polynomial of this `degree` in the square root of time, which follows a fast
    start and a slow fall. What is left holds noise and slow disturbances, in the series' unit.
    """
    x = np.sqrt(np.maximum(time - time[0], 0.0))
    x = 2.0 * x / max(float(x[-1]), 1e-300) - 1.0
    basis = np.polynomial.chebyshev.chebvander(x, min(degree, max(len(series) - 2, 0)))
    course, *_ = np.linalg.lstsq(basis, series, rcond=None)
    return series - basis @ course


def line_uncertainty(residual: Array, weights: Array) -> float:
    """Standard uncertainty of `weights` @ y by the scatter of y, in the unit of `residual`.

    `residual` is the whole series' `wandering`: its effective sample size tells for how many
    readings (`memory`) a disturbance lasts. Independent readings would give s sqrt(sum w^2);
    readings that hang together give up to sqrt(memory) times that, and never more than
    s max(1, sum |w|). METROLOGY: means of logged series take their u from the effective size.
    """
    if len(residual) < 2:
        return 0.0
    scatter = float(residual.std(ddof=1))
    memory = len(residual) / effective_size(residual)
    spread = float(np.sqrt(memory * (weights @ weights)))
    return scatter * min(spread, max(1.0, float(np.abs(weights).sum())))
