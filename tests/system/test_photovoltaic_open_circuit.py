"""Light soaking happens at open circuit but for the curves on the way: with its output off the
source meter opens its relay."""

from __future__ import annotations

from pathlib import Path

import pytest

from labctl.runfile import open_run
from procedures.methods.endurance.exposing import interval
from procedures.methods.endurance.light_soak import SHARES
from sim_backends.worlds.photovoltaic_ports import Terminals
from tests.system.photovoltaic_bench import FEW, lasting, measured, watch

Touch = tuple[float, str]

SOAK = 36_000.0
"""Seconds of the exposure."""


def touched(monkeypatch: pytest.MonkeyPatch) -> list[Touch]:
    """(run time in s, what) of every call of the sample's terminals; a disconnection counts as
    that alone."""
    seen: list[Touch] = []
    current, opened = Terminals.current, Terminals.disconnect

    def driven(self: Terminals, voltage: float, t: float) -> float:
        seen.append((t, "voltage applied"))
        return current(self, voltage, t)

    def disconnect(self: Terminals, t: float) -> None:
        opened(self, t)
        seen.append((t, "open"))

    monkeypatch.setattr(Terminals, "current", driven)
    monkeypatch.setattr(Terminals, "disconnect", disconnect)
    return seen


def test_light_soaking_is_at_open_circuit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen, benches = touched(monkeypatch), watch(monkeypatch)
    outcome = measured(tmp_path, lasting("1.1-04", SOAK / 3600.0), draws=FEW)
    assert outcome.items[0].error is None
    steps = {step.name: step for step in open_run(outcome.path).items[0].steps}
    soak = steps["soak/exposure"]
    assert soak.finished is not None
    before = [what for t, what in seen if t < soak.begun]
    assert before[-1] == "open"
    during = [(t - soak.begun, what) for t, what in seen if soak.begun <= t < soak.finished]
    curves = [
        [one for one in during if 0.0 <= one[0] - share * SOAK < interval(SOAK)] for share in SHARES
    ]
    assert sum(map(len, curves)) == len(during), "it is driven for its curves on the way alone"
    assert [curve[-1][1] for curve in curves] == ["open"] * len(SHARES)
    modes = {
        name: one.off_mode
        for name, one in benches.emulators["source_meter"].settings.source.items()
    }
    assert modes == {"VOLTage": "HIMPedance", "CURRent": "HIMPedance"}
