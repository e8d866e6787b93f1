from __future__ import annotations

import pytest

from sim_backends.emulators.mettler_toledo.ms_precision import DIGIT, EMULATOR
from sim_backends.models.weighing_pan import WeighingPan
from sim_backends.streams import stream
from tests.sim_backends.emulators.talking import Talk


class Host(Talk):
    def __init__(self, grams: float, seed: int = 1) -> None:
        pan = WeighingPan(grams * 1e-3)
        super().__init__(EMULATOR(pan, serial="SIM-7", rng=stream(seed, "balance")))

    def query(self, command: str) -> str:
        return self.answer(command.encode("ascii") + b"\r\n", 60.0).decode("ascii").strip()


def test_it_tells_what_it_is() -> None:
    host = Host(0.0)
    assert host.query("I2") == 'I2 A "MS4002S Precision 4200.09 g"'
    assert host.query("I11") == 'I11 A "MS4002S"'


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_cell_of_a_kilogram_is_weighed_in_steps_of_its_display(seed: int) -> None:
    answer = Host(1020.0, seed).query("S")
    assert answer.startswith("S S")
    grams = float(answer.split()[2])
    assert abs(grams - 1020.0) < 0.08
    assert round(grams / DIGIT) * DIGIT == pytest.approx(grams, abs=1e-9)


def test_five_kilograms_are_too_much() -> None:
    assert Host(5000.0).query("SI") == "S +"


def test_a_kilogram_is_tared_and_zero_is_set_over_two_percent_of_its_capacity() -> None:
    host = Host(1020.0)
    assert host.query("T").startswith("T S")
    assert abs(float(host.query("S").split()[2])) < 0.08
    assert Host(80.0).query("Z") == "Z A"
    assert Host(90.0).query("Z") == "Z +"
