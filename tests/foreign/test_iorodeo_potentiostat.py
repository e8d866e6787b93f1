"""iorodeo-potentiostat (MIT), the maker's own client, on the Rodeostat's terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from labctl.platform.pty import available
from tests.foreign.libraries import library
from tests.serving import Served

ROLE = "rodeostat"
pytestmark = pytest.mark.skipif(not available(), reason="this system has no pseudo-terminals")


@pytest.fixture
def board(served: Served) -> Iterator[Any]:
    board = library("potentiostat").Potentiostat(served.endpoint(ROLE, "pty"), timeout=5.0)
    yield board
    board.set_all_elect_connected(False)
    board.close()


def test_it_knows_the_board(board: Any) -> None:
    assert board.get_hardware_variant() == "10V_microAmpV0.2"
    assert board.get_hardware_version() == "V0.2"
    assert "cyclic" in board.get_test_names()


def test_it_holds_a_potential_at_the_dummy_cell(served: Served, board: Any) -> None:
    board.set_volt_range("1V")
    board.set_curr_range("100uA")
    board.set_all_elect_connected(True)
    board.set_volt(0.5)
    assert board.get_volt() == pytest.approx(0.5, abs=1e-3)
    expected = 0.5 / served.true(ROLE, "resistance") * 1e6
    assert board.get_curr() == pytest.approx(expected, abs=2.0)
    assert board.get_ref_volt() == pytest.approx(0.5, abs=0.02)


def test_a_linear_sweep_shows_the_resistance(served: Served, board: Any) -> None:
    board.set_curr_range("100uA")
    board.set_sample_period(20)
    values = {"quietValue": -0.2, "quietTime": 0, "startValue": -0.2, "finalValue": 0.2}
    board.set_param("linearSweep", {**values, "duration": 1000})
    time, potential, current = board.run_test("linearSweep", display=None)
    assert len(time) == 50
    slope, _ = np.polyfit(np.asarray(current) * 1e-6, potential, 1)
    assert slope == pytest.approx(served.true(ROLE, "resistance"), rel=0.02)
    assert board.get_all_elect_connected() is False


def test_a_wrong_command_is_refused_with_its_reason(board: Any) -> None:
    with pytest.raises(OSError, match="5A, not found"):
        board.send_cmd({"command": "setCurrRange", "currRange": "5A"})
    with pytest.raises(OSError, match="test not found"):
        board.get_param("impedance")
    with pytest.raises(OSError, match="too large"):
        board.set_sample_period(2000)
    assert board.get_hardware_version() == "V0.2"


def test_a_corrupted_line_is_seen(served: Served, board: Any) -> None:
    served.say(f"fault {ROLE} garble mask=128")
    with pytest.raises(ValueError):
        board.get_volt()
    board.reset_input_buffer()
    assert board.get_hardware_version() == "V0.2"
