"""A profile that is not read is started only where it cannot leave the bench's limits."""

from __future__ import annotations

from typing import Any

import pytest

from drivers.watlow._f4t_limits import refuse_profile
from labctl import clock
from labctl.errors import LimitRefused

OWN = {"low_1": -40.0, "high_1": 120.0, "low_2": 10.0, "high_2": 95.0}


class Controller:
    """Tells its own set point limits, and nothing else."""

    async def number(self, name: str) -> float:
        """In degC or %."""
        return OWN[name]


def start(limits: dict[str, float], loops: int = 2) -> None:
    talk: Any = Controller()
    clock.run(refuse_profile(talk, loops, limits, "odd://f4t"), virtual=True)


@pytest.mark.parametrize(
    "limits",
    [
        {"temperature_max": 100.0},
        {"temperature_min": 0.0},
        {"temperature_max": 130.0, "humidity_max": 90.0},
        {"humidity_min": 20.0},
    ],
)
def test_a_profile_may_leave_the_limits(limits: dict[str, float]) -> None:
    with pytest.raises(LimitRefused) as caught:
        start(limits)
    assert "is outside" in caught.value.message


def test_a_profile_cannot_leave_limits_that_are_wider() -> None:
    start({})
    start({"temperature_min": -40.0, "temperature_max": 120.0, "humidity_max": 95.0})
    start({"humidity_min": 20.0}, loops=1)
    start({"rate_max": 0.1})
