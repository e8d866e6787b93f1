"""What was held in a long run of a cell: temperature, current density, duration. Pure but for the
readings that it fetches."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from labctl.evidence import Observed, Reading
from labctl.run import Run
from labctl.uncertainty import MonteCarlo
from procedures.analysis.exposure import share_held
from procedures.methods.electrolysis.electrode import DRIFT, OFFSET, Electrode
from procedures.methods.electrolysis.reading import Look
from procedures.methods.endurance.log import Log, log_of
from procedures.methods.observing import BandOf, observed_amount, observed_log, spread

HEAT = ("temperature", "degC")
LOAD = ("current_density", "A/cm**2")
"""The conditions of a steady run, with their units; columns of its log have their names."""


def run_log(run: Run, electrode: Electrode, looks: Sequence[Look], end: float) -> Log:
    """The log of `looks` until run time `end` in s, interruptions taken out."""
    rows = [(run.exposed(one.t), one.temperature, one.current / electrode.area) for one in looks]
    return log_of(rows[0][0], run.exposed(end), rows, HEAT[0], LOAD[0])


def seconds_held(log: Log, band: BandOf) -> float:
    """Seconds of `log` in which temperature and current density were in their bands."""
    inside = np.ones(len(log.t), dtype=np.bool_)
    for name, unit in (HEAT, LOAD):
        low, high = band(name, unit) or (-np.inf, np.inf)
        column = log.column(name)
        inside &= (column >= low) & (column <= high)
    return log.seconds * share_held(np.array(log.t), inside)[0]


def observed_run(
    mc: MonteCarlo, electrode: Electrode, log: Log, sample: dict[str, list[Reading]], band: BandOf
) -> list[Observed]:
    """Duration, temperature and current density as they were; `sample` are readings of
    temperature in degC and current in A with their accuracies."""
    drift = electrode.added(mc, DRIFT, "K/h") * log.seconds / 3600.0
    warmth = mc.mean(sample["temperature"]) + electrode.added(mc, OFFSET, "K") + drift
    density = mc.mean(sample["current"]) / electrode.areas(mc)
    return [
        observed_amount("duration", seconds_held(log, band), "s"),
        observed_log(*HEAT, log.t, log.column(HEAT[0]), spread(warmth), band(*HEAT)),
        observed_log(*LOAD, log.t, log.column(LOAD[0]), spread(density), band(*LOAD)),
    ]
