"""Waiting until a reading stands still."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from labctl import clock
from labctl.errors import InstrumentError
from labctl.evidence import Reading
from procedures.methods.settling import Settling, settled

RULE = Settling(band=0.5, hold=30.0, every=10.0, timeout=200.0)


def settle(values: Iterator[float]) -> list[Reading]:
    async def read() -> Reading:
        t, utc = clock.stamp()
        return Reading(next(values), "degC", t, utc, "test://x", "SIM-1")

    return clock.run(settled(read, 25.0, RULE, "the chuck"), virtual=True)


def test_the_band_must_be_held_without_a_break() -> None:
    found = settle(iter([20, 24.8, 25.1, 25.6, 25.2, 25.0, 24.9, 25.0, 99]))
    assert [r.value for r in found] == [25.2, 25.0, 24.9, 25.0]
    assert found[-1].t - found[0].t == pytest.approx(30.0)


def test_what_never_settles_is_an_instruments_error() -> None:
    with pytest.raises(InstrumentError, match="the chuck did not settle at 25 degC") as caught:
        settle(iter([20.0] * 100))
    assert caught.value.answer == "20 degC"
    assert caught.value.address == "test://x"
