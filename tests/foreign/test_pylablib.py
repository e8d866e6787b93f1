"""pylablib (GPL), its Ophir Vega, in a process of its own environment, on the power meter."""

from __future__ import annotations

import pytest

from labctl.platform.pty import available
from tests.foreign.gpl import NEEDED, ours
from tests.serving import Served

ROLE = "laser_power_meter_vega"
pytestmark = [
    NEEDED,
    pytest.mark.skipif(not available(), reason="this system has no pseudo-terminals"),
]


def test_it_reads_the_beam(served: Served) -> None:
    port = served.endpoint(ROLE, "pty").removeprefix("serial://").partition("?")[0]
    # It cuts a wavelength in nm to a whole number.
    found = ours("ophir_vega", port, str(served.true(ROLE, "wavelength") + 0.5e-9))
    assert found["power"] == pytest.approx(served.true(ROLE, "power"), rel=0.04)
    assert (found["units"], found["mode"]) == ("W", "continuous")
    assert found["wavelength"] == pytest.approx(635e-9)
    assert found["range"] == pytest.approx(3e-3) == found["ranges"][1]
    assert found["filter"] is False
    assert "error" in found["refused"] and found["auto"] == -1
