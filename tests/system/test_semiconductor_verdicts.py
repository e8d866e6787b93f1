"""Verdicts of the semiconductor bench follow the device, by measurement."""

from __future__ import annotations

import pytest

from labctl import catalogue
from labctl.proficiency.trial import Trial, tried

IDS = ("8.11-06", "8.11-07", "8.11-08", "8.11-09", "8.11-10", "8.11-11")


@pytest.mark.parametrize("id", IDS)
def test_the_good_one_passes_and_the_bad_one_fails(id: str) -> None:
    indicator = catalogue.load().get(id)
    for dut, wanted in (("nominal", "PASS"), ("failing", "FAIL")):
        found = tried(indicator, Trial(seed=11, dut=dut))
        assert (found.outcome, found.error) == (wanted, "")


@pytest.mark.parametrize(
    ("id", "key", "low", "high"),
    [
        ("8.11-06", "width_normalised_contact_resistance", 0.3, 3.0),
        ("8.11-07", "on_off_ratio", 1e5, 1e8),
        ("8.11-10", "on_off_ratio", 1e5, 1e8),
        ("8.11-11", "switching_threshold_voltage", 0.3, 2.1),
    ],
)
def test_what_is_read_follows_what_is_true(id: str, key: str, low: float, high: float) -> None:
    indicator = catalogue.load().get(id)
    for seed, true in enumerate((low, high)):
        found = tried(indicator, Trial(seed=21 + seed, key=key, true=true))
        assert abs(found.value - true) <= 4.0 * found.u
        assert found.u < 0.15 * true
