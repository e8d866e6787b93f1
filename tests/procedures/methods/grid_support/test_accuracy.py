"""The worst of several set points with its sign, and what its uncertainty is made of."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from procedures.methods.grid_support.accuracy import SHARES, Point, plain_error, worst_error
from procedures.methods.grid_support.clocks import Skew
from procedures.methods.grid_support.pcc import joined, made, spread_of_means
from tests.procedures.methods.grid_support import made as bench

RATED, LOADS = 15e3, 750.0


def points(errors: list[float], drift: float = 0.0) -> list[Point]:
    """A point at each set point of `SHARES` with its error in %; loads that rise by `drift` W."""
    found: list[Point] = []
    for share, error in zip(SHARES, errors, strict=True):
        command = share * RATED
        power = command * (1.0 + 0.01 * error)
        before, after = bench.seen(LOADS, count=3), bench.seen(LOADS + drift, count=3)
        now = bench.seen(LOADS + 0.5 * drift - power, count=8)
        found.append(Point(command, before, now, after, Skew(0.0, 0.01)))
    return found


@given(worst=st.sampled_from([-2.0, -0.7, 0.7, 2.0]), where=st.integers(0, len(SHARES) - 1))
def test_the_error_of_largest_magnitude_counts_with_its_sign(worst: float, where: int) -> None:
    errors = [0.1 * (-1.0) ** k for k in range(len(SHARES))]
    errors[where] = worst
    found, run = points(errors), bench.run()
    assert plain_error(bench.rig(), found[where]) == pytest.approx(worst, abs=0.03)
    figure = run.monte_carlo.figure(worst_error(run.monte_carlo, run, bench.rig(), found), "%")
    assert figure.value == pytest.approx(worst, abs=0.03)
    # 0.1 % of the reading, rectangular, and the transformer's 0.02 %; the range's part cancels.
    assert figure.u == pytest.approx(np.hypot(0.1 / 3**0.5, 0.02), rel=0.15)


def test_loads_that_drift_widen_it_and_every_part_is_a_line_of_the_budget() -> None:
    errors = [0.5, *[0.1] * 7]
    run = bench.run()

    def u(drift: float) -> float:
        draws = worst_error(run.monte_carlo, run, bench.rig(), points(errors, drift))
        return run.monte_carlo.figure(draws, "%").u

    assert u(40.0) > 2.0 * u(0.0)
    lines = run.monte_carlo.budget(
        lambda mc: worst_error(mc, run, bench.rig(), points(errors, 40.0)), "error"
    )
    sources = {line.source for line in lines}
    assert {"current transformer", "loads", "bench/transformer_phase"} <= sources
    assert any("power" in source for source in sources)
    assert any("scatter" in source for source in sources)


def test_the_ranges_part_cancels_on_one_range_alone() -> None:
    idle = bench.series([18.75]).readings()[0]
    now = bench.series([100.0]).readings()[0]
    one = made(idle, now)
    assert one.value == pytest.approx(-81.25)
    assert one.accuracy is not None and one.accuracy.offset == 0.0
    assert one.accuracy.gain == bench.LINE.gain
    other = bench.series([18.75], line=type(bench.LINE)("power", 600.0, "W", 1e-3, 0.3, "sheet"))
    kept = made(other.readings()[0], now)
    assert kept.accuracy == bench.LINE
    both = joined(bench.series([1.0, 2.0]), bench.series([3.0]))
    assert both.values == (1.0, 2.0, 3.0)
    assert spread_of_means(both, bench.series([1.0])) == pytest.approx(3.0**-0.5)
