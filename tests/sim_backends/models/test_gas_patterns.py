"""Covered films: the law, water on the sites, and the same films at work."""

from __future__ import annotations

import numpy as np
import pytest

from sim_backends.models.gas_patterns import CoveredFilms, answered, unanswered
from sim_backends.samples.gas_identification import drawn_design
from sim_backends.streams import stream

DESIGN = drawn_design(stream(1, "test"))
ARRAY = DESIGN.centre


def one(gas: int, amount: float, wet: float) -> np.ndarray:
    return answered(ARRAY, gas, np.array([amount]), np.array([wet]))[0]


def test_small_amounts_answer_by_strength_and_large_ones_are_covered() -> None:
    strengths, exponents = np.array(ARRAY.plain.strengths)[:, 2], np.array(ARRAY.plain.exponents)
    slope = (one(2, 1e-4, 0.5) - 1.0) / 1e-4
    assert slope == pytest.approx(strengths * exponents, rel=1e-3)
    most = (1.0 + strengths * ARRAY.half[2]) ** exponents
    assert one(2, 1e9, 0.5) == pytest.approx(most, rel=1e-6)


def test_water_takes_sites_of_each_film_by_its_own_share() -> None:
    slopes = [(one(0, 1e-4, wet) - 1.0) / 1e-4 for wet in (0.0, 1.0)]
    assert slopes[1] / slopes[0] == pytest.approx(np.exp(-np.array(ARRAY.shared)), rel=1e-3)


def test_films_at_work_aim_at_the_same() -> None:
    films = CoveredFilms(ARRAY, 1, 0.0)
    films.stand_in(0.75)
    assert films.aim(3, 20.0) == pytest.approx(one(3, 20.0, 0.75))


def test_arrays_scatter_about_the_design() -> None:
    rng = stream(2, "test")
    logs = [np.log(np.array(DESIGN.made(rng).plain.strengths)) for _ in range(300)]
    centre = np.log(np.array(ARRAY.plain.strengths))
    assert np.mean(logs, axis=0) == pytest.approx(centre, abs=0.04)
    assert float(np.std(logs, axis=0).mean()) == pytest.approx(0.11, abs=0.02)
    assert np.array(unanswered(DESIGN, 1).centre.plain.strengths)[:, 1].max() == 0.0
