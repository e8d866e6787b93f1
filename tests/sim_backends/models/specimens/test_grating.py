from __future__ import annotations

import numpy as np
import pytest

from sim_backends.models.specimens.grating import SinusoidalGrating


def test_depth_and_roughness() -> None:
    smooth = SinusoidalGrating(depth=100e-9, pitch=3e-6, roughness=0.0)
    rough = SinusoidalGrating(depth=100e-9, pitch=3e-6, roughness=2e-9)
    y, x = np.mgrid[0:300, 0:300] * 60e-9
    flat, real = smooth.height(x, y, 0.0), rough.height(x, y, 0.0)
    assert flat.max() - flat.min() == pytest.approx(100e-9, rel=5e-3)
    assert np.std(real - flat) == pytest.approx(2e-9, rel=0.1)


def test_the_surface_is_the_same_at_the_same_place() -> None:
    grating = SinusoidalGrating(depth=100e-9, pitch=3e-6, roughness=2e-9)
    again = SinusoidalGrating(depth=100e-9, pitch=3e-6, roughness=2e-9)
    other = SinusoidalGrating(depth=100e-9, pitch=3e-6, roughness=2e-9, seed=2)
    x = np.linspace(0.0, 5e-6, 40)
    assert np.array_equal(grating.height(x, 0.0, 0.0), again.height(x, 0.0, 9.0))
    assert not np.allclose(grating.height(x, 0.0, 0.0), other.height(x, 0.0, 0.0), atol=1e-10)
