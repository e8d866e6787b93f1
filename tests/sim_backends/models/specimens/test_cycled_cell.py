from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim_backends.models.specimens.cycled_cell import CoinCell


@given(st.floats(1e-4, 5e-3), st.floats(0.0, 20.0), st.floats(0.9, 1.0))
def test_what_goes_in_and_comes_out(current: float, resistance: float, efficiency: float) -> None:
    cell = CoinCell(10.0, efficiency, 0.01, resistance, low=3.0, high=4.2)
    stages = list(cell.stages(current, 2, rest=60.0))
    assert [stage.cycle for stage in stages] == [1] * 4 + [2] * 4
    _, charge, _, discharge = stages[:4]
    assert (charge.last, discharge.last) == (4.2, 3.0)
    given_back = -discharge.current * discharge.seconds
    assert given_back == pytest.approx(cell.discharge_capacity(current, 1))
    assert given_back / (charge.current * charge.seconds) == pytest.approx(efficiency)
    assert stages[7].seconds == pytest.approx(0.99 * discharge.seconds)
    # A rest lies between the voltages under current, by what drops at the resistance.
    assert charge.first - stages[0].last == pytest.approx(resistance * current)
