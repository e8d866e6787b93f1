from __future__ import annotations

import pytest

from labctl.errors import UsageError
from sim_backends.worlds import electrolysis


@pytest.mark.parametrize(
    ("id", "key", "true"),
    [
        ("5.2-02", "area_specific_resistance", 44.0),
        ("5.2-02", "area_specific_resistance", 63.0),
        ("5.2-04", "cell_voltage", 1.86),
        ("5.2-04", "cell_voltage", 1.97),
        ("5.2-05", "voltage_decay_rate", 18.0),
        ("5.2-06", "voltage_decay_rate", 72.0),
    ],
)
def test_a_sample_shows_what_was_asked(id: str, key: str, true: float) -> None:
    for seed in range(3):
        solved = electrolysis.solve(id, {key: true}, seed=seed)
        figures = electrolysis.SAMPLES.true_figures(id, solved.device)
        assert figures == pytest.approx({key: true}, rel=1e-9)


def test_the_sheet_states_with_errors() -> None:
    solved = electrolysis.solve("5.2-04", {"cell_voltage": 1.86}, seed=1)
    area = solved.sheet["properties"]["active_area"]
    assert area.u == pytest.approx(0.003 * solved.device.cell.area)
    assert area.value != solved.device.cell.area
    assert abs(area.value - solved.device.cell.area) < 5.0 * area.u


def test_no_cell_is_made_that_physics_does_not_allow() -> None:
    with pytest.raises(UsageError, match="reaches"):
        electrolysis.solve("5.2-04", {"cell_voltage": 1.2})
