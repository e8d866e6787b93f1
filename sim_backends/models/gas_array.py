"""Metal-oxide films of a sensor array: power law, cross-sensitivity, humidity, drift, ageing, and
a first-order answer.

R = R0 (1 + K1 c1 + K2 c2 ...)^-b (Clifford and Tuma, Sensors and Actuators 3 (1982/83) 233); the
conductance over that in clean air follows it with a time constant of response or of recovery, which
is the gas's. Humidity and drift multiply the conductance.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import exp, log

import numpy as np
from numpy.typing import NDArray

from sim_backends.data import gas_sensing as data
from sim_backends.models.noise import Drift
from sim_backends.streams import stream

Array = NDArray[np.float64]

TO_NINETY = log(10.0)
"""Time constants until a first-order answer has come to 90 %."""

AT_REST = 1e-9
"""Answer to gas that is long gone, beyond which nothing is followed."""

MIDDLE = 0.5
"""Part of the humid line at which the conductance in clean air is stated."""


@dataclass(frozen=True)
class SensorArray:
    """One array of films, and gases in the order of `data.GASES`.

    `strengths` in 1/(umol/mol), shape films x gases; by film the `exponents`, the `conductances`
    in S in clean air, `water` (ln of the conductance between dry and saturated air), `ageing` in
    1/s and relative `noise` of a reading. By gas the time constants of `response` and `recovery`
    in s. `size` of the packaged array in m: length, width, height, and `taper`, how far each of
    these lies off its mean at the ends, as a part of it. `threshold` of its alarm, in standard
    deviations of the score's noise.
    """

    strengths: tuple[tuple[float, ...], ...]
    exponents: tuple[float, ...]
    conductances: tuple[float, ...]
    water: tuple[float, ...]
    ageing: tuple[float, ...]
    noise: tuple[float, ...]
    response: tuple[float, ...]
    recovery: tuple[float, ...]
    size: tuple[float, float, float]
    taper: tuple[float, float, float]
    threshold: float


def film_of(array: SensorArray, gas: int) -> int:
    """The film (from 0) that answers most to a gas, for its noise."""
    steep = [
        array.strengths[n][gas] * array.exponents[n] / array.noise[n]
        for n in range(len(array.exponents))
    ]
    return int(np.argmax(steep))


def response_time(array: SensorArray) -> float:
    """s until 90 % of the answer to a step of the slowest gas."""
    return TO_NINETY * max(array.response)


def with_response(array: SensorArray, seconds: float) -> SensorArray:
    """`array` with all its times scaled so that the slowest gas takes `seconds`."""
    factor = seconds / response_time(array)
    return replace(
        array,
        response=tuple(tau * factor for tau in array.response),
        recovery=tuple(tau * factor for tau in array.recovery),
    )


def detection_limit(array: SensorArray) -> float:
    """The worst limit of all gases in umol/mol, each on its best film: three standard deviations of
    a reading over the slope at nothing."""
    limits: list[float] = []
    for gas in range(len(array.response)):
        film = film_of(array, gas)
        slope = array.strengths[film][gas] * array.exponents[film]
        limits.append(3.0 * array.noise[film] / slope)
    return max(limits)


def with_strength(array: SensorArray, factor: float) -> SensorArray:
    """`array` with all strengths multiplied by `factor`."""
    rows = tuple(tuple(one * factor for one in row) for row in array.strengths)
    return replace(array, strengths=rows)


def volume(array: SensorArray) -> float:
    """m3 of the package by its mean length, width and height at 20 degC."""
    length, width, height = array.size
    return length * width * height


def with_height(array: SensorArray, height: float) -> SensorArray:
    """`array` in a package of that mean height in m."""
    return replace(array, size=(array.size[0], array.size[1], height))


class Films:
    """The films of `array` at work; `conductance` is asked by film (from 0)."""

    def __init__(self, array: SensorArray, seed: int, t0: float) -> None:
        self._array = array
        count = len(array.exponents)
        self._strengths = np.array(array.strengths)
        self._exponents = np.array(array.exponents)
        self._answer: Array = np.ones(count)
        self._resting = True
        self._drifts = [
            Drift(data.DRIFT, data.DRIFT_TIME, 60.0, stream(seed, "film", "drift", str(n)), t0)
            for n in range(count)
        ]
        self._rng = stream(seed, "films", "noise")
        self._t0 = t0

    def follow(self, seconds: float, gas: int, before: float, after: float) -> None:
        """`seconds` pass while `gas` goes from `before` to `after` umol/mol, straight."""
        if before == after == 0.0 and self._resting:
            return
        end = self.aim(gas, after)
        start = end if before == after else self.aim(gas, before)
        rising = end > self._answer
        tau = np.where(rising, self._array.response[gas], self._array.recovery[gas])
        slope = (end - start) / seconds
        left = np.exp(-seconds / tau)
        self._answer = end - slope * tau + (self._answer - start + slope * tau) * left
        off = np.abs(self._answer - 1.0)
        self._resting = before == after == 0.0 and float(off.max()) < AT_REST

    def aim(self, gas: int, fraction: float) -> Array:
        """Conductance over that in clean air at rest in `fraction` umol/mol, shape (films,)."""
        return (1.0 + self._strengths[:, gas] * fraction) ** self._exponents

    def conductance(self, film: int, wet: float, t: float) -> float:
        """Conductance in S of a film as a meter sees it at `t`, with its noise."""
        array = self._array
        slow = 1.0 + self._drifts[film].at(t) - array.ageing[film] * (t - self._t0)
        water = exp(array.water[film] * (wet - MIDDLE))
        noise = 1.0 + array.noise[film] * float(self._rng.standard_normal())
        return array.conductances[film] * float(self._answer[film]) * slow * water * noise
