"""Samples of direction 2.3: solved for what is asked, by physical parameters."""

import pytest

from sim_backends.samples.power import RECIPES, mean_response, signed_error
from sim_backends.samples.recipe import Samples

SAMPLES = Samples(RECIPES)


@pytest.mark.parametrize("percent", [0.6, -0.6, 1.7, -0.05, 0.01, 4.9])
def test_the_signed_error_is_met(percent: float) -> None:
    """Either sign, also below the usual loss."""
    device = SAMPLES.solve("2.3-05", {"relative_error": percent}, seed=2).device
    assert signed_error(device) == pytest.approx(percent, abs=1e-9)


@pytest.mark.parametrize("ms", [140.0, 200.0, 310.0])
def test_the_response_time_is_met_by_the_delay_of_the_communication(ms: float) -> None:
    """What else there is stays as it was drawn."""
    device = SAMPLES.solve("2.3-06", {"response_time": ms}, seed=2).device
    other = SAMPLES.solve("2.3-06", {"response_time": 250.0}, seed=2).device
    assert mean_response(device) == pytest.approx(ms, abs=1e-6)
    assert device.window == other.window
    assert (other.delay - device.delay) * 1e3 == pytest.approx(250.0 - ms, abs=1e-6)


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_what_works_and_what_is_flawed(number: int) -> None:
    """True devices have no flaw; false ones one of several, by the seed."""
    indicator = f"2.3-0{number}"
    (key,) = RECIPES[indicator].units
    for wanted in (True, False):
        made = [SAMPLES.solve(indicator, {key: wanted}, seed=seed).device for seed in range(24)]
        assert {SAMPLES.true_figures(indicator, one)[key] for one in made} == {wanted}
        kinds = {(one.conduct, one.delay) for one in made}
        assert len(kinds) == (1 if wanted else 4)
