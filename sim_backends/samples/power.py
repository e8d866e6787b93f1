"""How the simulated UPS cluster of each indicator is made, and what its sheet states."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np

from sim_backends.data import power as data
from sim_backends.models.cluster_settings import RESERVE
from sim_backends.models.power_ports import FrequencyDroop, Function
from sim_backends.models.ups_cluster import Cluster, control_error, response_time
from sim_backends.samples.power_flaws import flawed, works
from sim_backends.samples.recipe import Recipe, one_figure
from sim_backends.samples.stating import Stated

KIND = "UPS cluster"
COMMANDS = (-1.0, -0.75, -0.5, -0.25, 0.25, 0.5, 0.75, 1.0)
"""Commands as shares of rated power at which the error is asked for (GB/T 36548-2018, 7.2.1)."""

STEPS, DROOP = (-0.5, 0.5), FrequencyDroop(gain=20e3, dead_band=0.05)
"""Frequency steps in Hz from 50 Hz, and the droop under which the response is timed."""

MOST_ERROR = 5.0
"""% of the command: a meter that is farther off is broken."""

_MS, _PERCENT = 1e-3, 100.0


def draw_cluster(template: Cluster, rng: np.random.Generator) -> Cluster:
    """A cluster around `template`, not yet solved for any figure."""
    n = template.units

    def around(value: float, spread: float) -> float:
        return value * float(np.exp(rng.normal(0.0, spread)))

    lag = around(template.lags[0], data.SPREAD_LAG)
    return replace(
        template,
        lags=tuple(around(lag, data.SPREAD_LAG) for _ in range(n)),
        extra=tuple(float(one) for one in rng.exponential(data.SPREAD_EXTRA, n)),
        window=around(template.window, data.SPREAD_WINDOW),
        metering=template.metering * float(rng.uniform(-1.0, 1.0)),
        loss=template.loss * float(rng.uniform(0.5, 1.5)),
        charges=tuple(one + float(rng.normal(0.0, data.SPREAD_CHARGE)) for one in template.charges),
    )


def stated(cluster: Cluster) -> dict[str, Stated]:
    """What the sheet states: the plate."""
    return {
        "rated_power": Stated(cluster.rated, "W", 0.0),
        "rated_apparent_power": Stated(cluster.apparent * cluster.units, "V*A", 0.0),
    }


def signed_error(cluster: Cluster) -> float:
    """Error of the power in % of the command, of largest magnitude, with its sign."""
    return _PERCENT * control_error(cluster, COMMANDS)


def mean_response(cluster: Cluster) -> float:
    """Mean time in ms of the answers to both steps of frequency."""
    times = [response_time(cluster, DROOP, step, RESERVE) for step in STEPS]
    return sum(times) / len(times) / _MS


def with_error(cluster: Cluster, percent: float) -> Cluster:
    """`cluster` whose signed error is `percent`: its meter reads too little where that is positive.

    What is lost beyond the meter adds to the error one way of the power and takes from it the other
    way; it never makes more than half of it.
    """
    error = percent / _PERCENT
    loss = min(cluster.loss, 0.5 * abs(error))
    return replace(cluster, metering=float(np.copysign(loss, error)) - error, loss=loss)


def _error_recipe() -> Recipe:
    return Recipe(
        kind=KIND,
        units={"relative_error": "%"},
        draw=partial(draw_cluster, data.TEMPLATE),
        solved=lambda cluster, truth: with_error(cluster, float(truth["relative_error"])),
        figures=lambda cluster: {"relative_error": signed_error(cluster)},
        stated=stated,
        reach=lambda _: {"relative_error": (-MOST_ERROR, MOST_ERROR)},
    )


def _timed_recipe() -> Recipe:
    return one_figure(
        kind=KIND,
        key="response_time",
        unit="ms",
        draw=partial(draw_cluster, data.TEMPLATE),
        figure=mean_response,
        vary=lambda cluster, delay: replace(cluster, delay=delay),
        low=0.0,
        high=0.45,
        stated=stated,
        aspects={"function": "fast frequency regulation"},
    )


def _ability(key: str, function: Function, template: Cluster = data.TEMPLATE) -> Recipe:
    """A recipe of a function that is there and works, or is flawed."""

    def solved(cluster: Cluster, truth: Mapping[str, Any]) -> Cluster:
        return cluster if truth[key] else flawed(cluster, function)

    return Recipe(
        kind=KIND,
        units={key: ""},
        draw=partial(draw_cluster, template),
        solved=solved,
        figures=lambda cluster: {key: works(cluster)},
        stated=stated,
    )


RECIPES: dict[str, Recipe] = {
    "2.3-01": _ability("fast_frequency_regulation", "frequency"),
    "2.3-02": _ability("automatic_generation_control", "dispatch"),
    "2.3-03": _ability("automatic_voltage_control", "voltage"),
    "2.3-04": _ability("peak_shaving_and_valley_filling", "schedule", data.DAY_TEMPLATE),
    "2.3-05": _error_recipe(),
    "2.3-06": _timed_recipe(),
}
"""By indicator id. The error is signed: that of largest magnitude."""
