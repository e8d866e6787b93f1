"""The renewable profiles, and that the simulated samples count their loads rightly."""

from __future__ import annotations

import numpy as np
import pytest

from procedures.methods.electrolysis.profiles import (
    BLOCK,
    REFERENCE,
    TOP,
    Region,
    blocks,
    densities,
    gone_through,
    regions,
    sun_share,
    wind_share,
)
from sim_backends.data.electrolysis import AGEING, REGIONS


def test_wind_and_sun_give_shares_of_rated_power() -> None:
    assert sun_share(np.array([0.0, 500.0, 1100.0])).tolist() == [0.0, 0.5, 1.0]
    hub = 10.0 ** (1.0 / 7.0)
    assert wind_share(np.array([2.9, 6.0, 12.0, 26.0]) / hub) == pytest.approx([0, 0.125, 1, 0])


def test_below_the_least_load_the_cell_is_off() -> None:
    assert densities(np.array([0.0, 0.06, 0.11, 0.5, 1.0])) == pytest.approx((0, 0, 0.2, 1, 2))


def test_three_regions_of_a_thousand_hours() -> None:
    assert len(regions()) == 3
    for region in regions():
        assert len(region.densities) == 1000
        assert max(region.densities) <= TOP and min(region.densities) == 0.0
        read = [one for one in blocks(region) if one.reference is not None]
        assert len(read) >= 30


def test_the_reference_is_read_at_a_start() -> None:
    hours = (1.0, 1.0, 0.0, 0.0, 1.5) + (1.0,) * 35
    first, second = blocks(Region("made", hours))
    assert first.reference == 4 and second.reference is None
    assert len(first.densities) == len(second.densities) == BLOCK


def test_what_a_cell_has_gone_through_is_counted_to_the_hour() -> None:
    region = Region("made", (2.0, 0.0, 0.0, 1.5))
    found = gone_through(region, [0, 1, 3, 4, 6])
    assert found.tolist() == [
        [0.0, 0.0, 0.0, 0.0],
        [1.0, 2.0, 1.0, 0.0],
        [1.0, 2.0, 3.0, 1.0],
        [2.0, 3.5, 4.5, 1.0],
        [3.0, 5.5, 7.0, 2.0],
    ]


def grown(region: Region) -> tuple[float, ...]:
    """Slopes for 1000 h of what has come together at each reference reading from 150 h on:
    hours at work, hours times density^order, A/cm2 of swings, stops."""
    sums, before, rows, hour = np.zeros(4), REFERENCE, list[np.ndarray](), 0

    def hold(density: float, hours: float) -> None:
        nonlocal before
        sums[2] += abs(density - before)
        sums[3] += density == 0.0 < before
        sums[0] += hours * (density > 0.0)
        sums[1] += hours * density**AGEING.order
        before = density

    for block in blocks(region):
        for number, density in enumerate(block.densities):
            if number == block.reference:
                hold(REFERENCE, 20 / 60)
                rows.append(np.array([hour + 20 / 60, *sums]))
                hold(REFERENCE, 15 / 60)
                hold(density, 25 / 60)
            else:
                hold(density, 1.0)
            hour += 1
    late = np.array([row for row in rows if row[0] >= 150.0])
    return tuple(1000.0 * np.polynomial.polynomial.polyfit(late[:, 0], late[:, 1:], 1)[1])


@pytest.mark.parametrize("region", regions(), ids=lambda region: region.name)
def test_the_samples_count_what_the_profiles_send(region: Region) -> None:
    load = REGIONS[region.name]
    counted = (load.running, load.charge, load.swings, load.stops)
    assert counted == pytest.approx(grown(region), rel=2e-3)
