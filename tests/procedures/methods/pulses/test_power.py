"""What makes a series of shots no evidence, and the power that shots have."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest

from labctl.evidence import Reading
from labctl.uncertainty import MonteCarlo
from labctl.words import Text, Words
from procedures.methods.pulses.equilibrium import unsettled
from procedures.methods.pulses.power import bend, drift, faults, mean_power
from procedures.methods.pulses.shots import Plan, Series, Shape, Shot

PLAN = Plan(1240e-9, 5e-3, 2.0, 300e-9, 45e-9, 3.125e9)


def series(count: int = 30, tilt: float = 0.0, longer: float = 1.0, seed: int = 1) -> Series:
    """Shots of 1 MW about 5 ns, whose power changes by `tilt` from first to last."""
    rng = np.random.default_rng(seed)
    shots = list[Shot]()
    for n in range(count):
        joules = 5e-3 * (1.0 + 0.01 * rng.standard_normal() + tilt * n / (count - 1))
        reading = Reading(joules, "J", float(n), float(n), "serial://meter", "1", None)
        shape = Shape(5e-9 * 0.5 * longer, 0.5, 0.499, 1e-4, 4.6e-9, 1e-3)
        shots.append(Shot(reading, shape, False, True, 1e-3))
    return Series(tuple(shots), 0, 2.0)


def keys(found: tuple[Words, ...]) -> str:
    return " ".join(str(one.template) if isinstance(one, Text) else str(one) for one in found)


def test_a_power_is_energy_over_duration() -> None:
    mc = MonteCarlo(seed=1)
    figure = mc.figure(mean_power(mc, {}, series(), 0.0), "W")
    assert figure.value == pytest.approx(1e6, rel=0.01)
    wide = mc.figure(mean_power(mc, {}, series(), 0.05), "W")
    assert (wide.high - wide.low) / 2.0 == pytest.approx(1e5, rel=0.1)


def test_good_series_have_no_faults() -> None:
    assert faults(PLAN, series(), series(15, seed=2)) == ()
    assert abs(drift(series())[0]) < 0.02
    assert bend(series(), series(15, seed=2))[0] == pytest.approx(0.0, abs=1e-9)


def test_each_fault_is_named() -> None:
    good, half = series(), series(15, seed=2)
    first = good.shots[0]
    clipped = msgspec.structs.replace(
        good, shots=(msgspec.structs.replace(first, clipped=True), *good.shots[1:])
    )
    noisy = msgspec.structs.replace(
        good, shots=(msgspec.structs.replace(first, clear=False), *good.shots[1:])
    )
    assert "converter" in keys(faults(PLAN, clipped, half))
    assert "noise" in keys(faults(PLAN, noisy, half))
    assert "one of the two" in keys(faults(PLAN, msgspec.structs.replace(good, dropped=9), half))
    assert "sheet states" in keys(faults(PLAN, msgspec.structs.replace(good, rate=1.0), half))
    assert "too many" in keys(faults(msgspec.structs.replace(PLAN, rate=50.0), good, half))
    assert "saturates" in keys(faults(PLAN, series(longer=1.05), half))
    assert "over the series" in keys(faults(PLAN, series(tilt=0.1), half))


def test_pulses_that_do_not_settle_are_told() -> None:
    assert unsettled(series(), 0.5e-9) == ()
    assert "too short" in keys(unsettled(series(), 2e-9))
