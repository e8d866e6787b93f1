"""A reading that repeats itself is refused, where the instrument would see noise."""

from __future__ import annotations

import pytest

from labctl.errors import InstrumentError
from labctl.evidence import Accuracy, Reading
from procedures.methods.frozen import POINTS, Fresh, refuse_frozen

FINE = Accuracy("voltage", 0.1, "V", 3e-5, 3e-6, "a sheet", resolution=1e-7)
COARSE = Accuracy("voltage", 0.1, "V", 3e-5, 3e-6, "a sheet", resolution=1e-5)


def readings(*values: float, sheet: Accuracy | None = FINE) -> list[Reading]:
    return [
        Reading(v, "V", float(t), float(t), "visa://x", "1", sheet) for t, v in enumerate(values)
    ]


def test_equal_readings_of_a_fine_instrument_are_refused() -> None:
    with pytest.raises(InstrumentError, match="the meter gave the same reading 5 times") as caught:
        refuse_frozen(readings(*[0.1] * 5), "the meter")
    assert (caught.value.address, caught.value.answer) == ("visa://x", "0.1 V")
    assert caught.value.remedy


@pytest.mark.parametrize(
    "found",
    [
        readings(0.1, 0.1, 0.1, 0.1, 0.1000001),
        readings(*[0.1] * 4),
        readings(*[0.1] * 9, sheet=COARSE),
        readings(*[0.1] * 9, sheet=None),
        readings(*[0.0] * 9),
    ],
)
def test_noise_few_readings_and_coarse_instruments_are_left(found: list[Reading]) -> None:
    refuse_frozen(found, "the meter")


def test_a_log_may_repeat_a_value_but_not_stand_still() -> None:
    fresh = Fresh("the meter")
    for one in readings(*[0.1] * (POINTS - 1), 0.2, *[0.1] * (POINTS - 1)):
        fresh.look(one)
    with pytest.raises(InstrumentError, match="same reading 10 times"):
        fresh.look(readings(0.1)[0])
