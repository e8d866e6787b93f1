"""A day's load against its shape."""

import numpy as np
import pytest

from sim_backends.data.power import DAY_SHAPE
from sim_backends.models.noise import Flicker
from sim_backends.models.site_load import SiteLoad
from sim_backends.streams import stream


def _load(swing: float) -> SiteLoad:
    quiet = Flicker(0.0, 2.0, stream(1, "test"))
    return SiteLoad((100.0, 300.0), swing, DAY_SHAPE, 0.8, quiet)


def test_peak_and_valley_of_a_day() -> None:
    """The peak at 14 h, the valley at 3 h, the next day the same; VA by the power factor."""
    load = _load(0.5)
    assert load.whole(14 * 3600.0) == 400.0
    assert load.whole(3 * 3600.0) == 200.0
    assert load.whole((24 + 3) * 3600.0) == 200.0
    assert load.unit(1, 14 * 3600.0) == pytest.approx((300.0, 375.0))
    assert load.tangent == pytest.approx(0.75)


def test_without_a_swing_it_is_flat() -> None:
    """Also as an array."""
    assert np.allclose(_load(0.0).total(np.array([0.0, 1.0, 2.0])), 400.0)
