"""What a limit is made of: noise without drift, and the slope at nothing of a bent curve."""

from __future__ import annotations

import numpy as np
import pytest

from labctl.evidence import Reading
from labctl.quantity import Quantity
from labctl.uncertainty import MonteCarlo
from labctl.words import Text
from procedures.methods.gas_sensing.detection_limit import (
    BLANKS,
    COARSE,
    SILENT,
    Blanks,
    Dose,
    OfGas,
    doubts,
    scale,
    slope,
    successive,
    wandered,
    worst,
)


def reading(value: float) -> Reading:
    return Reading(value, "m**3/s", 0.0, 0.0, "made://up", "SIM-1")


def of_gas(deviation: float, steep: float, distinct: int = BLANKS) -> OfGas:
    doses = [
        Dose(
            (1.0 + steep / 0.6 * 400.0 * part) ** 0.6 - 1.0,
            1e-5,
            0.0,
            0.0,
            (reading(part), reading(0.5 - part), reading(0.5)),
        )
        for part in (0.025, 0.05, 0.1)
    ]
    return OfGas(Blanks(deviation, distinct), doses, Quantity(400.0, "umol/mol", 4.0))


def test_drift_is_no_noise() -> None:
    rng = np.random.default_rng(4)
    noise = 1.0 + 1e-3 * rng.standard_normal(4000)
    drift = np.linspace(0.0, 0.05, 4000)
    assert successive(list(noise)) == pytest.approx(1e-3, rel=0.05)
    assert successive(list(noise + drift)) == pytest.approx(1e-3, rel=0.06)


def test_the_slope_is_that_at_nothing() -> None:
    fractions = np.array([[10.0, 20.0, 40.0]])
    straight, bent = 0.002 * fractions, 0.002 * fractions - 5e-6 * fractions**2
    assert slope(fractions, straight)[0] == pytest.approx(0.002)
    assert slope(fractions, bent)[0] == pytest.approx(0.002)


def test_a_baseline_wanders_by_half_of_its_way_from_end_to_end() -> None:
    flows = (reading(0.1), reading(0.4), reading(0.5))
    doses = [Dose(0.01, 1e-5, moved, 0.0, flows) for moved in (3e-4, -4e-4, 0.0, 0.0)]
    assert wandered(doses) == pytest.approx(1.25e-4)


def test_scatter_of_the_air_before_and_after_is_no_wandering() -> None:
    flows = (reading(0.1), reading(0.4), reading(0.5))
    noisy = [Dose(0.01, 1e-5, moved, 2e-4, flows) for moved in (3e-4, -4e-4, 0.0, 0.0)]
    assert wandered(noisy) == pytest.approx(0.75e-4)
    assert wandered([one for one in noisy if one.moved == 0.0]) == 0.0


def test_the_size_of_the_wandering_is_known_by_as_many_doses() -> None:
    drawn = scale(MonteCarlo(20_000, 3), 6)
    assert drawn[0, 0] == 1.0
    # Of sigma by nu = 6: s sqrt(nu / chi2) has the median sqrt(6 / 5.348).
    assert float(np.median(drawn[1:])) == pytest.approx((6.0 / 5.348) ** 0.5, rel=0.02)


def test_the_gas_with_most_noise_over_its_slope_decides() -> None:
    found = {"CO": of_gas(3e-4, 6e-4), "CH4": of_gas(6e-4, 4e-4), "H2": of_gas(5e-4, 9e-4)}
    assert worst(found) == "CH4"


def test_a_film_that_does_not_answer_has_no_limit_whatever_the_sign_of_its_slope() -> None:
    whole = of_gas(3e-4, 6e-4)
    for steep in (-1e-7, 1e-7):
        (told,) = doubts({"CO": whole, "H2": of_gas(3e-4, steep)})
        assert isinstance(told, Text)
        assert (told.template, told.values) == (SILENT, {"gas": "H2"})
    assert doubts({"CO": whole}) == ()


def test_blanks_that_stand_still_have_no_deviation() -> None:
    (told,) = doubts({"CO": of_gas(0.0, 6e-4, distinct=1)})
    assert isinstance(told, Text)
    assert told.template == COARSE
