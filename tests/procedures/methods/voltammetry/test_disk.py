from __future__ import annotations

import numpy as np

from procedures.methods.voltammetry.disk import around


def test_readings_around_the_set_current() -> None:
    current = np.exp(np.linspace(-3.0, 3.0, 31))
    where = around(current, 1.05)
    assert where is not None and len(where) == 8
    assert current[where[3]] <= 1.05 < current[where[4]]
    assert around(current, 100.0) is None
    assert around(current, 0.05) is None
