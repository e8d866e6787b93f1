from __future__ import annotations

from procedures.methods.voltammetry.system_power import plateau


def test_the_plateau_is_that_of_the_highest_power() -> None:
    power = [1.0, 1.0, 3.0, 5.0, 4.95, 5.05, 2.0, 5.04]
    assert plateau(power) == slice(3, 6)
