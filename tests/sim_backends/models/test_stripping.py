from __future__ import annotations

import math

import numpy as np
import pytest

from sim_backends.data.voltammetry import ALLOY, METALS, RAMP, TRANSPORT
from sim_backends.models.stripping import FARADAY, grown, growths, plating_charge, rates

NAMES = [metal.name for metal in METALS]


def test_a_film_grows_by_faradays_law() -> None:
    lead = METALS[NAMES.index("lead")]
    # 1 ug/L of lead: 4.826e-6 mol/m3; n F A m c.
    amperes = 2 * FARADAY * 1e-5 * TRANSPORT * 1e-3 / 207.2
    assert plating_charge(lead, 1e-5) == pytest.approx(amperes)
    assert grown(0.0, amperes, 0.0, 100.0) == pytest.approx(100.0 * amperes)


def test_growth_and_stripping_in_one_step_are_as_in_many() -> None:
    once = grown(3e-9, 2e-10, 0.7, 5.0)
    film = 3e-9
    for _ in range(5000):
        film = grown(film, 2e-10, 0.7, 1e-3)
    assert film == pytest.approx(once, rel=1e-9)
    assert grown(1e-9, 0.0, 1e6, 1.0) == 0.0


@pytest.mark.parametrize("number", range(len(METALS)))
def test_a_film_peaks_on_a_ramp_where_its_data_say(number: int) -> None:
    metal = METALS[number]
    step = 1e-4
    film, seen = 1.0, []
    for potential in np.arange(metal.peak - 0.3, metal.peak + 0.2, step):
        strip = rates(float(potential)).strip[number]
        film = grown(film, 0.0, strip, step / RAMP)
        seen.append((strip * film, potential))
    assert max(seen)[1] == pytest.approx(metal.peak, abs=1e-3)


def test_ions_are_plated_below_the_peak_alone() -> None:
    for number, metal in enumerate(METALS):
        assert rates(metal.peak - 0.4).plate[number] == pytest.approx(1.0, abs=1e-3)
        assert rates(metal.peak + 0.1).plate[number] < 1e-4
    assert all(math.isfinite(one) for one in rates(-50.0).strip)


def test_zinc_is_bound_by_copper_and_no_charge_is_lost() -> None:
    charges = [1.0] * len(METALS)
    ions = [0.0] * len(METALS)
    ions[NAMES.index("zinc")] = 2.0
    assert growths(charges, ions)[NAMES.index("zinc")] == 2.0
    ions[NAMES.index("copper")] = 5.0
    found = growths(charges, ions)
    assert found[NAMES.index("zinc")] == pytest.approx(2.0 * (1 - 5 * ALLOY))
    assert sum(found) == pytest.approx(7.0)
