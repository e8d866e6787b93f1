"""Films: power law, first-order answer, humidity, and the figures of an array."""

from __future__ import annotations

from math import exp, log

import numpy as np
import pytest

from sim_backends.models import gas_array
from sim_backends.models.gas_array import Films
from sim_backends.samples.gas_sensing import draw_array
from sim_backends.streams import stream

ARRAY = draw_array(stream(1, "test"))


def quiet(film: int, films: Films, wet: float = 0.5) -> float:
    """Conductance without noise: the mean of many readings of one moment."""
    return float(np.mean([films.conductance(film, wet, 1.0) for _ in range(400)]))


def test_a_film_follows_clifford_and_tuma() -> None:
    films = Films(ARRAY, 1, 0.0)
    strength, exponent = ARRAY.strengths[2][1], ARRAY.exponents[2]
    assert films.aim(1, 30.0)[2] == pytest.approx((1.0 + 30.0 * strength) ** exponent)
    assert films.aim(1, 0.0) == pytest.approx(1.0)


def test_the_answer_is_of_first_order_with_the_gass_time() -> None:
    films = Films(ARRAY, 1, 0.0)
    before, whole = quiet(0, films), films.aim(0, 20.0)[0]
    films.follow(ARRAY.response[0], 0, 20.0, 20.0)
    answer = (quiet(0, films) / before - 1.0) / (whole - 1.0)
    assert answer == pytest.approx(1.0 - exp(-1.0), abs=5e-3)


def test_water_raises_the_conductance_and_no_gas_leaves_it() -> None:
    films = Films(ARRAY, 1, 0.0)
    ratio = quiet(3, films, 1.0) / quiet(3, films, 0.0)
    assert log(ratio) == pytest.approx(ARRAY.water[3], abs=5e-4)


def test_the_figures_are_those_that_were_asked_for() -> None:
    slow = gas_array.with_response(ARRAY, 4.2)
    assert gas_array.response_time(slow) == pytest.approx(4.2)
    assert slow.recovery[0] / ARRAY.recovery[0] == pytest.approx(
        slow.response[0] / ARRAY.response[0]
    )
    high = gas_array.with_height(ARRAY, 0.01)
    assert gas_array.volume(high) == pytest.approx(0.0155 * 0.0125 * 0.01)


def test_each_gas_has_the_film_that_answers_most() -> None:
    films = [gas_array.film_of(ARRAY, gas) for gas in range(6)]
    assert films[2:] == [2, 3, 4, 5]
    assert films[0] in (0, 6) and films[1] in (1, 7)
