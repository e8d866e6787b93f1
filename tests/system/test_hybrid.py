"""The simulated hybrid station, end to end: an alarm of a bank holds its cycle life."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from labctl.catalogue import load
from labctl.indicator import Indicator
from labctl.journal import Reader
from labctl.runfile import open_run
from labctl.verdict import Outcome
from labctl.words import said
from procedures.methods.hybrid_storage import life
from sim_backends.worlds.hybrid_scene import Scene
from tests.system.interlocked import bench_with, events
from tests.system.photovoltaic_bench import FEW, measured

HOUR = 3600.0
HOT = (110.0 * HOUR, 122.0 * HOUR)
"""Run time in s in which the hall's air conditioning has failed: in the first block of cycles."""

ALARM = """
[[interlocks]]
name = "alarm of the lithium bank"
watch = "energy_store.alarm"
is = "yes"
action = "hold"
every = { value = 1, unit = "h" }
lost_after = { value = 4, unit = "h" }
settle = { value = 3, unit = "h" }
"""


def ending(percent: float) -> Indicator:
    """The cycle life down to another retention, so that it ends after a few checks."""
    found = load().get("2.4-18")
    conditions = tuple(
        msgspec.structs.replace(c, value=percent) if c.quantity == "retention" else c
        for c in found.conditions
    )
    return msgspec.structs.replace(found, conditions=conditions)


def test_an_alarm_of_a_bank_holds_the_life_and_the_program_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(life, "BLOCK", 60)
    kept = Scene.air

    def failed(self: Scene, t: float) -> float:
        return kept(self, t) + (45.0 if HOT[0] <= t < HOT[1] else 0.0)

    monkeypatch.setattr(Scene, "air", failed)
    bench = bench_with(tmp_path, ALARM, "hybrid")
    outcome = measured(tmp_path, ending(99.7), draws=FEW, bench=bench)

    told = events(outcome)
    assert [kind for kind, _ in told] == ["hold", "released"]
    assert "alarm of the lithium bank: energy_store.alarm is yes" in told[0][1]
    with Reader(outcome.path / "journal.db") as reader:
        gaps = list(reader.rows("SELECT seconds, exposed, state FROM gaps"))
    # From the alarm until the cells are cool and have been for three hours.
    [(seconds, exposed, state)] = gaps
    assert exposed and state.startswith("hold: alarm of the lithium bank")
    assert 3.0 * HOUR < seconds < 60.0 * HOUR
    [item] = outcome.items
    assert item.error is None
    # It is worn out far too early, by this end of life: the cycles before the alarm count.
    assert item.verdict.outcome is Outcome.FAIL, item.verdict.reasons
    evidence = open_run(outcome.path).items[0].evidence
    assert evidence is not None
    assert any("Interrupted 1 times" in said(one) for one in evidence.how)
