"""Lives against simulated fades whose law the extrapolation is not told."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from labctl.errors import Defect
from labctl.evidence import Figure
from labctl.judging.marks import EXTRAPOLATED
from labctl.uncertainty import Draws, MonteCarlo
from labctl.uncertainty.lives import LAWS, at_exposure, censored, extrapolated_life
from labctl.verdict import Outcome
from tests.labctl.judged import criterion, row

HOURS = np.linspace(0.0, 1000.0, 41)
NOISE = 0.003
END_OF_LIFE = 0.8


def bent(at: float, before: float, after: float) -> Callable[[Draws], Draws]:
    return lambda t: 1.0 - (before * np.minimum(t, at) + after * np.maximum(t - at, 0.0)) / 1000.0


FADES: dict[str, tuple[Callable[[Draws], Draws], float]] = {
    "linear": (lambda t: 1.0 - 0.1 * t / 1000.0, 2000.0),
    "square root": (lambda t: 1.0 - 0.1 * np.sqrt(t / 1000.0), 4000.0),
    "between": (lambda t: 1.0 - 0.1 * (t / 1000.0) ** 0.75, 2519.84),
    "a knee right after the run": (bent(1000.0, 0.1, 0.2), 1500.0),
    "a knee later": (bent(1300.0, 0.1, 0.2), 1650.0),
    "a knee in the run": (bent(800.0, 0.05, 0.25), 1440.0),
}


def life(values: Draws, seed: int) -> Figure:
    mc = MonteCarlo(1000, seed)
    noise = NOISE * mc.block("meter", "fade", len(values))
    draws = extrapolated_life(mc, HOURS, values + noise, END_OF_LIFE)
    found = mc.figure(draws, "h")
    return Figure(found.value, "h", found.u, found.lo, found.hi, (EXTRAPOLATED,))


@pytest.mark.parametrize("name", FADES)
def test_the_interval_holds_the_life_whatever_the_law(name: str) -> None:
    fade, true = FADES[name]
    assert fade(np.array([true]))[0] == pytest.approx(END_OF_LIFE, abs=1e-6)
    rng = np.random.default_rng(11)
    held = 0
    for seed in range(60):
        found = life(fade(HOURS) + NOISE * rng.standard_normal(len(HOURS)), seed)
        held += found.low <= true <= found.high
    assert held >= 49  # at an outermost law 54 are expected, between them 60


def test_the_spread_of_all_three_laws_is_inside() -> None:
    assert set(LAWS) == {"linear", "square root", "knee"}
    exact = FADES["linear"][0](HOURS)
    lives = [float(law(HOURS, exact[None, :], END_OF_LIFE)[0]) for law in LAWS.values()]
    mc = MonteCarlo(1000, 1)
    draws = extrapolated_life(mc, HOURS, np.repeat(exact[None, :], 1001, axis=0), END_OF_LIFE)
    found = mc.figure(draws, "h")
    assert found.low == pytest.approx(min(lives)) and found.high == pytest.approx(max(lives))
    assert list(mc.sources) == ["fade law"]
    assert row(criterion(">=", 500, "h"), found).outcome is Outcome.PASS
    marked = Figure(found.value, "h", found.u, found.lo, found.hi, (EXTRAPOLATED,))
    assert row(criterion(">=", 500, "h"), marked).outcome is Outcome.CONDITIONAL_PASS


def test_what_does_not_fade_has_no_life_to_extrapolate() -> None:
    rising = np.repeat(np.linspace(1.0, 1.1, 41)[None, :], 101, axis=0)
    with pytest.raises(Defect, match="does not fall"):
        extrapolated_life(MonteCarlo(100, 1), HOURS, rising, END_OF_LIFE)
    with pytest.raises(Defect, match="2 readings tell no fade"):
        extrapolated_life(MonteCarlo(100, 1), HOURS[:2], rising[:, :2], END_OF_LIFE)


def test_a_draw_that_does_not_fall_makes_the_interval_long_and_finite() -> None:
    mc = MonteCarlo(2000, 2)
    flat = 1.0 - 0.002 * HOURS / 1000.0
    draws = flat + 0.01 * mc.block("meter", "flat", len(HOURS))
    found = mc.figure(extrapolated_life(mc, HOURS, draws, END_OF_LIFE), "h")
    assert np.isfinite(found.high) and found.high > 100 * HOURS[-1]


def test_a_figure_is_read_at_the_exposure() -> None:
    ran = np.array([0.0, 900.0, 1100.0])
    draws = np.array([[1.0, 0.9, 0.8], [1.0, 0.92, 0.8]])
    assert at_exposure(ran, draws, 1000.0).tolist() == pytest.approx([0.85, 0.86])
    assert at_exposure(ran, draws, 950.0).tolist() == pytest.approx([0.875, 0.89])
    for end, column in ((0.0, 0), (900.0, 1), (1100.0, 2)):
        assert at_exposure(ran, draws, end).tolist() == draws[:, column].tolist()
    for outside in (-1.0, 1101.0):
        with pytest.raises(Defect, match="not among the exposures"):
            at_exposure(ran, draws, outside)


def test_a_device_still_alive_passes_on_what_was_run_alone() -> None:
    rule = criterion(">=", 1000, "h", quantity="lifetime")
    assert row(rule, censored(1000.0, "h")).outcome is Outcome.PASS
    assert row(rule, censored(999.0, "h")).outcome is Outcome.INCOMPLETE
    assert row(rule, censored(1000.0, "h", u=1.0)).outcome is Outcome.INCOMPLETE
