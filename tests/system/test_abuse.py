"""Abuse tests on their simulated bench: fires told apart, trips that end safe, no evidence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from labctl import catalogue, clock
from labctl.agreement import default
from labctl.engine import execute
from labctl.proficiency.trial import Trial, tried
from labctl.requests import RunOutcome, RunRequest
from labctl.run import Run
from labctl.runfile import open_run
from labctl.verdict import Outcome
from procedures.methods.abuse import mounting
from rigs.benches import simulated_bench

NAIL, LIQUID, SYSTEM = "2.4-05", "2.4-04", "2.4-19"
OUTCOMES = {"nominal": "PASS", "failing": "FAIL"}


def bench(folder: Path, old: str = "", new: str = "", more: str = "") -> Path:
    """The simulated bench with `old` replaced and `more` after it."""
    text = simulated_bench("abuse").read_text(encoding="utf-8")
    assert old in text
    path = folder / "bench.toml"
    path.write_text(text.replace(old, new, 1) + more, encoding="utf-8")
    return path


def nailed(folder: Path, dut: str, at: Path, **more: Any) -> RunOutcome:
    found = (catalogue.load().get(NAIL),)
    request = RunRequest((NAIL,), found, default(), folder, dut=dut, seed=1, bench=at, **more)
    return execute(request)


@pytest.mark.parametrize("id", [LIQUID, NAIL, SYSTEM])
@pytest.mark.parametrize("dut", list(OUTCOMES))
def test_the_maps_devices_are_told_apart(id: str, dut: str) -> None:
    found = tried(catalogue.load().get(id), Trial(3, dut=dut))
    assert not found.error
    assert found.outcome == OUTCOMES[dut]


def test_gas_of_a_burning_cell_trips_the_run_which_ends_safe_with_its_evidence(
    tmp_path: Path,
) -> None:
    low = bench(tmp_path, "above = { value = 5000", "above = { value = 900")
    outcome = nailed(tmp_path, "failing", low)
    item = outcome.items[0]
    assert item.error is not None and item.error["kind"] == "interlock"
    assert "gas in the extraction" in item.error["message"]
    assert item.verdict.outcome != Outcome.PASS
    stored = open_run(outcome.path)
    hot = [one.value for one in stored.readings(NAIL, "nail/temperature")]
    assert max(hot) > 150.0, "what was seen before the trip is on record"
    assert stored.readings(NAIL, "nail/force")


def test_an_open_door_trips_the_run(tmp_path: Path) -> None:
    fault = """
[[sim.faults]]
role = "press"
kind = "replace"
old = "= 1"
new = "= 0"
after = 900.0
"""
    item = nailed(tmp_path, "nominal", bench(tmp_path, more=fault)).items[0]
    assert item.error is not None and "door open" in item.error["message"]
    assert item.verdict.outcome != Outcome.PASS


BLIND = {
    "the camera restarts after the nail": ("camera", "reboot", "after = 207.0\nseconds = 30.0"),
    "the camera writes one storyboard for ever": ("camera", "stuck", "at = 3"),
    "the camera loses a storyboard": ("camera", "silence", "at = 4\ntimes = 1"),
    "the logger repeats itself": ("logger", "stuck", "after = 900.0"),
    "the press repeats itself": ("press", "stuck", "after = 100.0"),
}
"""Who is blind: role, kind of fault, its options."""


@pytest.mark.parametrize("name", list(BLIND))
def test_nobody_passes_what_was_not_seen(name: str, tmp_path: Path) -> None:
    role, kind, more = BLIND[name]
    fault = f'\n[[sim.faults]]\nrole = "{role}"\nkind = "{kind}"\n{more}\n'
    item = nailed(tmp_path, "nominal", bench(tmp_path, more=fault)).items[0]
    assert item.verdict.outcome in (Outcome.INVALID, Outcome.INCOMPLETE)


@pytest.mark.parametrize("seconds", [600.0, 4200.0])
def test_however_long_the_door_takes_the_fire_is_seen(
    seconds: float, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_once = mounting.behind_the_door

    async def late(run: Run, scope: str) -> None:
        await clock.sleep(seconds)
        await at_once(run, scope)

    monkeypatch.setattr(mounting, "behind_the_door", late)
    item = nailed(tmp_path, "failing", simulated_bench("abuse")).items[0]
    assert item.verdict.outcome == Outcome.FAIL


def test_a_nail_that_met_nothing_is_no_evidence(tmp_path: Path) -> None:
    fault = """
[[sim.faults]]
role = "voltage"
kind = "saturate"
high = 4.10
"""
    item = nailed(tmp_path, "nominal", bench(tmp_path, more=fault)).items[0]
    assert item.verdict.outcome == Outcome.INVALID
