from __future__ import annotations

import numpy as np
import pytest

from labctl.evidence import Accuracy, Reading
from labctl.quantity import Quantity
from labctl.sample import Sample
from labctl.uncertainty import MonteCarlo
from procedures.methods.electrolysis.decay import BEGINS, Decay, series
from procedures.methods.electrolysis.electrode import DRIFT, VOLTAGE, Electrode

LINE = Accuracy("voltage", 10.0, "V", 2e-5, 2e-5, "a sheet")
RATE = 20e-6


def electrode(**bench: Quantity) -> Electrode:
    properties = {VOLTAGE: Quantity(-1e-3, "V/K", 1e-4)}
    return Electrode(Sample(id="one", kind="cell", properties=properties), bench)


def made(rng: np.random.Generator, warm: float = 0.0, scatter: float = 0.0) -> Decay:
    hours = np.arange(0.0, 1001.0, 4.0)
    heat = 60.0 + warm * hours / 1000.0
    volts = 1.7 + RATE * hours - 1e-3 * (heat - 60.0)
    volts = volts + 5e-3 * (1.0 - np.exp(-hours / 20.0)) + scatter * rng.standard_normal(len(hours))
    read = [
        [Reading(float(v), "V", 3600.0 * float(h), 0.0, "a", "1", LINE)]
        for v, h in zip(volts, hours, strict=True)
    ]
    return Decay(electrode(), series(hours.tolist(), read, heat.tolist()), 60.0, "made")


def test_the_lasting_part_is_found_without_what_recovers() -> None:
    decay = made(np.random.default_rng(1))
    mc = MonteCarlo(200, 1)
    assert float(decay.line(mc)[0, 0]) == pytest.approx(RATE, rel=0.01)


def test_a_drifting_temperature_is_corrected() -> None:
    decay = made(np.random.default_rng(1), warm=1.0)
    line = decay.line(MonteCarlo(2000, 1))
    assert float(line[0, 0]) == pytest.approx(RATE, rel=0.01)
    assert float(np.std(line[1:])) > 0.05 * 1e-6


def test_scatter_is_in_the_uncertainty() -> None:
    quiet, noisy = (made(np.random.default_rng(2), scatter=s) for s in (1e-5, 1e-3))
    assert noisy.scatter.u > 20.0 * quiet.scatter.u
    rate = noisy.rate(MonteCarlo(4000, 2))
    assert float(np.std(rate[1:])) >= 0.9 * noisy.scatter.u
    assert abs(float(rate[0, 0]) - RATE) < 4.0 * noisy.scatter.u


def test_a_drifting_sensor_is_a_line_of_the_budget() -> None:
    plain = made(np.random.default_rng(1))
    bench = electrode(**{DRIFT: Quantity(0.0, "K/h", 1e-3)})
    drifting = Decay(bench, plain.read, 60.0, "made")
    spreads = [float(np.std(one.line(MonteCarlo(4000, 3))[1:])) for one in (plain, drifting)]
    assert spreads[1] == pytest.approx(np.hypot(spreads[0], 1e-6), rel=0.1)


def test_a_begin_that_is_defined_is_no_choice() -> None:
    chosen = made(np.random.default_rng(1), scatter=1e-4)
    defined = Decay(electrode(), chosen.read, 60.0, "made", tried=())
    rates = [one.line(MonteCarlo(4000, 3)) for one in (chosen, defined)]
    assert rates[0][0, 0] == pytest.approx(rates[1][0, 0], rel=0.05)
    assert float(np.std(rates[1][1:])) < float(np.std(rates[0][1:]))


def test_a_decay_that_slows_down_is_its_mean_over_the_whole_run() -> None:
    hours = np.arange(0.0, 1001.0, 4.0)
    volts = 1.7 + RATE * hours - 4e-9 * hours**2
    read = [
        [Reading(float(v), "V", 3600.0 * float(h), 0.0, "a", "1", LINE)]
        for v, h in zip(volts, hours, strict=True)
    ]
    run = series(hours.tolist(), read, [60.0] * len(hours))
    whole, rest = (Decay(electrode(), run, 60.0, "made", tried=t) for t in (BEGINS, ()))
    mean = (volts[-1] - volts[0]) / hours[-1]
    rates = [float(one.line(MonteCarlo(200, 1))[0, 0]) for one in (whole, rest)]
    assert rates[0] == pytest.approx(mean, rel=1e-6)
    assert rates[1] < 0.97 * mean, "a line from 150 h on leaves out the faster beginning"


def test_a_course_has_the_readings_of_the_line() -> None:
    whole = made(np.random.default_rng(1), warm=1.0)
    decay = Decay(electrode(), whole.read, 60.0, "made", tried=())
    course, volts = decay.course(np.array(decay.read.hours)[:, None])
    assert course.times[0] == 152.0 and course.loads[0, 0] == 152.0
    line = float(decay.line(MonteCarlo(200, 1))[0, 0])
    assert float(course.weights() @ volts) == pytest.approx(line, rel=1e-9)
