from __future__ import annotations

import numpy as np
import pytest

from sim_backends.models.specimens.tensile import MetalSpecimen


def test_ramberg_and_osgood() -> None:
    metal = MetalSpecimen(70e9, 250e6, 310e6, 16.0, 25e-6, 0.05)
    assert metal.strain(50e6) == pytest.approx(50e6 / 70e9, rel=1e-6)
    assert metal.strain(250e6) - 250e6 / 70e9 == pytest.approx(0.002)
    assert np.all(np.diff(metal.strain(np.linspace(0.0, 310e6, 100))) > 0.0)
