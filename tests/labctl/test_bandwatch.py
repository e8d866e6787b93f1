from __future__ import annotations

from labctl.bandwatch import BandWatch
from labctl.words import said


def test_a_condition_that_leaves_its_band_is_told_once_until_it_is_back() -> None:
    watch = BandWatch("temperature", 20.0, 30.0, "degC")
    values = (25.0, 31.0, 25.0, 31.0, 31.5, 32.0, 25.0, 19.0, 18.0)
    told = [watch.look(value) for value in values]
    assert [text is not None for text in told] == [False] * 4 + [True, *[False] * 3, True]
    assert told[4] is not None
    assert said(told[4]) == "temperature is 31.5 degC; the condition asks for 20 to 30 degC."


def test_nan_is_outside() -> None:
    watch = BandWatch("temperature", 20.0, 30.0, "degC", looks=1)
    assert watch.look(float("nan")) is not None
