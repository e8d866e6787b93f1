from __future__ import annotations

import numpy as np
import pytest

from procedures.methods.laser.balance import spread_of


def test_spread_is_that_of_the_orders_of_the_undisturbed_row() -> None:
    watts = np.array([[30.0, 40.0, 50.0], [30.0, 55.0, 50.0]])
    assert spread_of(watts) == pytest.approx([20.0 / 120.0, 20.0 / 135.0])
