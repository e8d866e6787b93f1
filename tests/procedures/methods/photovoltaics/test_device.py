"""An instrument that states no accuracy is named, wherever its readings enter a figure."""

from __future__ import annotations

import pytest

from labctl import clock
from labctl.traceable import Unstated
from procedures.methods.photovoltaics.standard_conditions import power_per_area
from tests.procedures import fake_rig
from tests.procedures.fake_rig import rig, sample
from tests.procedures.fake_run import FakeRun

SERIALS = {"V": {"SIM-dmm", "SIM-smu"}, "A": {"SIM-smu"}, "degC": {"SIM-chuck"}}
"""By unit, the instruments whose readings make the figure."""


def silent() -> set[str]:
    found, _ = rig()
    run = FakeRun(sample(), draws=20)
    measured = power_per_area(run.run, found, "power", per_light=False)
    evidence = clock.run(measured, virtual=True)
    return {one.name for one in evidence.unstated if one.by == "instrument"}


def test_all_of_them_state_one() -> None:
    assert silent() == set()


@pytest.mark.parametrize("unit", SERIALS)
def test_one_that_states_none_is_named(monkeypatch: pytest.MonkeyPatch, unit: str) -> None:
    monkeypatch.delitem(fake_rig.SHEETS, unit)
    named = {Unstated(f"accuracy of {serial}", "instrument").name for serial in SERIALS[unit]}
    assert silent() == named
