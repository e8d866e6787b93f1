"""The bench's limits on outputs of a gateway, by their unit."""

from __future__ import annotations

import pytest

from drivers.mqtt._mgw1_limits import LIMIT_UNITS, LIMITED, refuse_output
from labctl.errors import LimitRefused

WHERE = {"address": "mqtt://gateway", "command": "set x"}


@pytest.mark.parametrize(("unit", "name"), LIMITED.items())
def test_an_output_is_bounded_by_the_limits_of_its_unit(unit: str, name: str) -> None:
    limits = {f"{name}_min": 10.0, f"{name}_max": 20.0}
    assert LIMIT_UNITS[f"{name}_max"] == unit
    refuse_output(limits, 15.0, unit, **WHERE)
    for value in (9.9, 20.1):
        with pytest.raises(LimitRefused, match=r"10\.\.20"):
            refuse_output(limits, value, unit, **WHERE)


def test_limits_of_another_unit_do_not_count() -> None:
    refuse_output({"voltage_max": 1.0}, 5.0, "A", **WHERE)
    refuse_output({"output_max": 1.0}, 5.0, "rpm", **WHERE)
