"""Light soaking happens at open circuit: with its output off the source meter opens its relay."""

from __future__ import annotations

from pathlib import Path

import pytest

from labctl.runfile import open_run
from sim_backends.worlds.photovoltaic_ports import Terminals
from tests.system.photovoltaic_bench import FEW, lasting, measured, watch

Touch = tuple[float, str]


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
    outcome = measured(tmp_path, lasting("1.1-04", 10.0), draws=FEW)
    assert outcome.items[0].error is None
    steps = {step.name: step for step in open_run(outcome.path).items[0].steps}
    soak = steps["soak/exposure"]
    assert soak.finished is not None
    before = [what for t, what in seen if t < soak.begun]
    assert before[-1] == "open"
    assert not [t for t, _ in seen if soak.begun <= t < soak.finished]
    modes = {
        name: one.off_mode
        for name, one in benches.emulators["source_meter"].settings.source.items()
    }
    assert modes == {"VOLTage": "HIMPedance", "CURRent": "HIMPedance"}
