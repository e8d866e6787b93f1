from __future__ import annotations

import numpy as np
import pytest

from labctl.errors import InstrumentError
from procedures.methods.voltammetry.analysis_time import Wetting, filled


def test_filling_ends_where_the_current_has_come_to_its_end() -> None:
    time = np.arange(0.0, 240.0, 0.5)
    current = 1e-6 / (1.0 + np.exp(-(time - 120.0) / 3.0))
    found = filled(Wetting(time, current), "somewhere")
    assert found == pytest.approx(120.0 + 3.0 * np.log(0.98 / 0.02), abs=0.05)
    with pytest.raises(InstrumentError, match="did not come to rest"):
        filled(Wetting(time, time * 1e-9), "somewhere")
