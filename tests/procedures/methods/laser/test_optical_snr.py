from __future__ import annotations

import pytest

from procedures.methods.laser.optical_snr import is_above, ratios
from procedures.methods.laser.spectrum import Spectra, Swept
from tests.procedures.methods.laser.test_orders import spectra, swept


def test_a_ratio_is_line_over_background_in_a_tenth_of_a_nanometre() -> None:
    """1 mW over 0.1 nW in a filter of 0.2 nm, whose noise bandwidth is 0.213 nm."""
    [found] = ratios(spectra(swept(1, 1e-3)), 1)
    assert found == pytest.approx(70.0 + 3.28, abs=0.05)


def test_a_background_that_is_the_analysers_own_noise_is_told() -> None:
    lit = swept(1, 1e-3)
    low = (-100.0,) * len(lit.levels)
    quiet = Swept(1, lit.start, lit.stop, lit.resolution, low)
    assert is_above(Spectra(1, (quiet,), (lit,)), 1)
    assert not is_above(spectra(lit), 1)
