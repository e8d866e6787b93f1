"""A cheap laboratory for blind tests: a resistor on a source and a voltmeter, and a drifting cell.

A procedure is a function that gets readings and a Monte Carlo and returns draws; the instruments'
true errors are drawn beside it. The verdict is the real judge's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from labctl.agreement import default
from labctl.evidence import Accuracy, Evidence, Reading
from labctl.indicator import Criterion, Indicator
from labctl.proficiency.code import Code
from labctl.proficiency.pool import Job, Pilot
from labctl.proficiency.scores import z_of_draws
from labctl.proficiency.trial import Found, Trial
from labctl.uncertainty import Draws, MonteCarlo
from labctl.verdict import judge

LIMIT = 100.0
AMPERES = 0.01
SERIES = 300
"""Readings of the logged series, one an hour."""

METER = Accuracy("voltage", 10.0, "V", 0.003, 0.0, "made up", noise=1e-4)
SOURCE = Accuracy("current", 0.1, "A", 0.006, 0.0, "made up")
THERMAL = 0.01
"""Thermal voltage in V that the leads add, known and to be taken off."""


class Read(NamedTuple):
    """Voltage and current as read, and an hourly log of something that changes."""

    voltage: Reading
    current: Reading
    log: np.ndarray


Method = Callable[[Read, MonteCarlo], Draws]


def indicator(quantity: str = "resistance") -> Indicator:
    return Indicator(
        id="1.1-90",
        direction="1.1",
        name_en=quantity,
        name_zh="测试",
        evidence="measured",
        criteria=(Criterion(quantity=quantity, op=">=", value=LIMIT, unit="ohm"),),
        method="test",
        nominal={quantity: 105.0},
        failing={quantity: 96.0},
    )


def resistance(read: Read, mc: MonteCarlo) -> Draws:
    """The honest one."""
    volts, amperes = mc.readings([read.voltage]), mc.readings([read.current])
    return (volts - THERMAL) / amperes


def slope(u: Callable[[np.ndarray], tuple[float, float]]) -> Method:
    """The change of the log from end to end; `u` gives slope and its standard uncertainty."""

    def method(read: Read, mc: MonteCarlo) -> Draws:
        value, scatter = u(read.log)
        return SERIES * (value + scatter * mc.normal("scatter"))

    return method


@dataclass
class Quick:
    """Does jobs with `method`, hundreds a second; fits `Workers`."""

    method: Method

    def pilot(self, job: Job) -> Pilot:
        return Pilot([self._tried(job)], "tests.synthetic", Code("labctl.series"))

    def each(self, jobs: Sequence[Job]) -> Iterator[tuple[int, list[Found]]]:
        for number, job in reversed(list(enumerate(jobs))):
            yield number, [self._tried(job)]

    def _tried(self, job: Job) -> Found:
        trial, [one] = job.trial, job.indicators
        mc = MonteCarlo(2000, trial.seed)
        column = self.method(read(trial), mc).reshape(-1)
        figure = mc.figure(column, "ohm")
        evidence = Evidence({one.criteria[0].row: figure})
        outcome = str(judge(one, evidence, default(), simulated=True).outcome)
        z, held = z_of_draws(column[1:], trial.true), figure.low <= trial.true <= figure.high
        return Found(trial, outcome, figure.value, figure.u, z, held)


def read(trial: Trial) -> Read:
    """What the instruments of the trial's bench read of a device of its true value."""
    rng = np.random.default_rng(trial.seed)
    gains = rng.uniform(-1.0, 1.0, 2) * (METER.gain, SOURCE.gain)
    amperes = AMPERES * (1.0 - gains[1])
    volts = (trial.true * amperes + THERMAL) * (1.0 + gains[0]) + METER.noise * rng.normal()
    slow = np.zeros(SERIES)
    for hour in range(1, SERIES):
        slow[hour] = 0.9 * slow[hour - 1] + rng.normal()
    log = trial.true / SERIES * np.arange(SERIES) + slow
    return Read(
        Reading(volts, "V", 0.0, 0.0, "made://meter", "SIM-1", METER),
        Reading(AMPERES, "A", 0.0, 0.0, "made://source", "SIM-2", SOURCE),
        log,
    )
