"""Gas sensor arrays: how they are drawn and solved."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from math import exp, log

import numpy as np

from sim_backends.data import gas_sensing as data
from sim_backends.models import gas_array
from sim_backends.models.gas_alarm import false_alarm_rate
from sim_backends.models.gas_array import SensorArray
from sim_backends.samples.recipe import Recipe, one_figure
from sim_backends.samples.stating import Stated

ARRAY = "micro gas sensor array for battery thermal runaway"

EXPANSION = 7e-6
"""Linear expansion in 1/K of an alumina package with a metal lid (makers' sheets: 6.5 to 8e-6)."""

_GASES = {"gases": ", ".join(data.GASES)}


def draw_array(rng: np.random.Generator) -> SensorArray:
    """An array whose film n answers most to gas n, the others to some; not solved for anything.

    The fastest gas takes a third of the time of the slowest.
    """
    films, gases = data.FILMS, len(data.GASES)
    own = np.array(_drawn(rng, data.STRENGTH, films))
    low, high = data.CROSS
    strengths = own[:, None] * rng.uniform(low, high, (films, gases))
    for n in range(films):
        strengths[n, n % gases] = own[n] if n < gases else 0.6 * own[n]
    few, many = data.CONDUCTANCE
    response = rng.uniform(0.3, 0.75, gases)
    response[int(rng.integers(gases))] = 1.0
    return SensorArray(
        strengths=tuple(tuple(float(x) for x in row) for row in strengths),
        exponents=_drawn(rng, data.EXPONENT, films),
        conductances=tuple(np.exp(_drawn(rng, (log(few), log(many)), films)).tolist()),
        water=_drawn(rng, data.WATER, films),
        ageing=_drawn(rng, data.AGEING, films),
        noise=tuple((data.NOISE * rng.uniform(0.6, 1.4, films)).tolist()),
        response=tuple(response.tolist()),
        recovery=tuple((response * rng.uniform(1.2, 2.0, gases)).tolist()),
        size=(0.0155, 0.0125, 0.0088),
        taper=_three(rng),
        threshold=2.2,
    )


def _drawn(rng: np.random.Generator, span: tuple[float, float], count: int) -> tuple[float, ...]:
    return tuple(rng.uniform(*span, count).tolist())


def _three(rng: np.random.Generator) -> tuple[float, float, float]:
    first, second, third = (2e-3 * rng.standard_normal(3)).tolist()
    return first, second, third


def _array(array: SensorArray) -> Mapping[str, Stated]:
    """What comes with an array: which film is meant for which gas, counted from 1."""
    films = {
        f"film_{gas}": Stated(float(gas_array.film_of(array, n) + 1), "dimensionless", 0.0)
        for n, gas in enumerate(data.GASES)
    }
    return {**films, "expansion_coefficient": Stated(EXPANSION, "1/K", 0.1)}


def _of_one(
    key: str,
    unit: str,
    figure: Callable[[SensorArray], float],
    vary: Callable[[SensorArray, float], SensorArray],
    span: tuple[float, float],
) -> Recipe:
    return one_figure(
        kind=ARRAY,
        key=key,
        unit=unit,
        draw=draw_array,
        figure=figure,
        vary=vary,
        low=span[0],
        high=span[1],
        stated=_array,
        aspects=_GASES,
    )


def _with_limit(array: SensorArray, log_factor: float) -> SensorArray:
    return gas_array.with_strength(array, exp(log_factor))


RECIPES: dict[str, Recipe] = {
    "6.7-02": _of_one(
        "detection_limit", "umol/mol", gas_array.detection_limit, _with_limit, (-8.0, -1.0)
    ),
    "6.7-03": _of_one(
        "response_time", "s", gas_array.response_time, gas_array.with_response, (0.5, 10.0)
    ),
    "6.7-04": _of_one(
        "false_alarm_rate",
        "%",
        lambda array: 100.0 * false_alarm_rate(array.threshold),
        lambda array, threshold: replace(array, threshold=threshold),
        (0.8, 6.0),
    ),
    "6.7-05": _of_one(
        "volume",
        "cm**3",
        lambda array: 1e6 * gas_array.volume(array),
        gas_array.with_height,
        (0.002, 0.04),
    ),
}
"""By indicator id."""
