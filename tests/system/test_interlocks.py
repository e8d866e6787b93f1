"""Interlocks of the simulated photovoltaic bench, end to end in virtual time."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from pathlib import Path

import pytest

from labctl.evidence import Reading
from labctl.journal import Reader
from labctl.requests import RunOutcome
from labctl.resume import ResumeRequest, resume
from labctl.runfile import open_run
from labctl.verdict import Outcome
from labctl.words import said
from sim_backends.faults import Silence
from tests.system.interlocked import HOUR, LookingDesk, bench_with, events, heat, loose, runaway
from tests.system.photovoltaic_bench import FEW, energy, lasting, measured, watch

HOURS = 6.0
LATE = 2 * HOUR
"""Run time in s at which the exposure is certainly under way."""

ITEM = "1.1-04"
"""Light for hours at open circuit; tolerates four hours in the dark."""

OFF = {"source_meter": False, "lamp": False, "bender": False, "chuck": False}
HELD = {"source_meter": False, "lamp": True, "bender": False, "chuck": True}
"""The lamp burns behind its shutter, the chuck keeps its temperature."""


def exposed(runs: Path, desk: LookingDesk, bench: Path) -> RunOutcome:
    return measured(runs, lasting(ITEM, HOURS), draws=FEW, desk=desk, bench=bench)


def looked(outcome: RunOutcome) -> list[Reading]:
    """The chuck's readings in the exposure."""
    return open_run(outcome.path).readings(ITEM, "soak/temperature")


def gaps(outcome: RunOutcome) -> list[tuple[float, int, str]]:
    with Reader(outcome.path / "journal.db") as reader:
        return list(reader.rows("SELECT seconds, exposed, state FROM gaps"))


def longest_break(readings: Sequence[Reading]) -> float:
    return max(b.t - a.t for a, b in itertools.pairwise(readings))


@pytest.fixture(scope="module")
def quiet(tmp_path_factory: pytest.TempPathFactory) -> RunOutcome:
    """A run whose interlock reads good all the time."""
    folder = tmp_path_factory.mktemp("quiet")
    return measured(folder, lasting(ITEM, HOURS), draws=FEW, bench=heat(folder))


def test_a_quiet_bench_is_watched_and_comes_to_the_verdict_of_one_that_is_not(
    quiet: RunOutcome, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = LookingDesk(watch(monkeypatch))
    alone = exposed(tmp_path, desk, bench_with(tmp_path, ""))
    assert desk.seen == events(quiet) == []
    outcomes = {one.items[0].verdict.outcome for one in (quiet, alone)}
    assert outcomes == {Outcome.PASS}
    rows = [one.items[0].verdict.rows[0] for one in (quiet, alone)]
    assert rows[0].value == pytest.approx(rows[1].value, abs=rows[1].U)
    assert len(looked(quiet)) == len(looked(alone))


def test_an_over_temperature_holds_the_exposure_until_it_has_passed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    benches = watch(monkeypatch)
    desk = LookingDesk(benches)
    runaway(monkeypatch, lambda t: LATE <= t < LATE + 0.5 * HOUR)
    outcome = exposed(tmp_path, desk, heat(tmp_path))
    assert desk.kinds == ["hold", "released"]
    assert LATE < desk.at("hold") < LATE + 600.0
    assert desk.energy_at("released") == HELD
    assert desk.at("released") > LATE + 0.5 * HOUR + 120.0
    told = events(outcome)
    assert [kind for kind, _ in told] == ["hold", "released"]
    assert "heat: chuck.temperature is" in told[0][1] and "not above 70 degC" in told[0][1]
    # It is arranged and settled anew, and what it stood in the dark is no exposure.
    [(seconds, in_exposure, state)] = gaps(outcome)
    assert in_exposure and state.startswith("hold: heat")
    assert seconds > desk.at("released") - desk.at("hold") + 120.0
    [item] = outcome.items
    assert item.verdict.outcome is Outcome.PASS
    duration = next(one for one in item.verdict.conditions if one.name == "duration")
    assert duration.value is not None and duration.value >= HOURS * (1 - 1e-9)
    assert longest_break(looked(outcome)) > seconds
    evidence = open_run(outcome.path).items[0].evidence
    assert evidence is not None
    assert any("Interrupted 1 times" in said(one) for one in evidence.how)
    assert energy(benches) == OFF


def test_a_trip_makes_the_bench_safe_at_once_and_the_run_can_be_gone_on_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    benches = watch(monkeypatch)
    desk = LookingDesk(benches)
    with monkeypatch.context() as patched:
        runaway(patched, lambda t: LATE <= t < LATE + HOUR)
        outcome = exposed(tmp_path, desk, heat(tmp_path, "trip", every=10.0, lost_after=30.0))
    assert desk.kinds == ["trip"]
    assert energy(benches) == OFF
    [item] = outcome.items
    assert item.error is not None and item.error["kind"] == "interlock"
    assert "heat: chuck.temperature is" in item.error["message"]
    found = open_run(outcome.path)
    assert found.state == "interrupted"
    assert events(outcome)[0][0] == "trip"
    again = resume(ResumeRequest(outcome.path, outage=0.5 * HOUR))
    assert [one.verdict.outcome for one in again.items] == [Outcome.PASS]
    assert any(in_exposure for _, in_exposure, _ in gaps(again))


def test_a_lost_sensor_holds(
    quiet: RunOutcome, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The controller is silent for 20 minutes just after the procedure has read it."""
    after = next(one.t for one in looked(quiet) if one.t > LATE) + 5.0
    bench = heat(tmp_path, every=30.0, lost_after=90.0)
    desk = LookingDesk(watch(monkeypatch, {"chuck": [Silence(after=after, lasting=1200.0)]}))
    outcome = exposed(tmp_path, desk, bench)
    assert [kind for kind, _ in events(outcome)] == ["hold", "released"]
    assert "no reading for" in events(outcome)[0][1]
    assert after + 60.0 < desk.at("hold") < after + 150.0
    assert desk.at("released") > after + 1200.0 + 120.0
    assert outcome.items[0].verdict.outcome is Outcome.PASS


def test_a_flapping_sensor_holds_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """For 90 s of each 180 s it reads 60 degC too much, for an hour."""
    desk = LookingDesk(watch(monkeypatch))
    loose(monkeypatch, lambda t: LATE <= t < LATE + HOUR and t % 180.0 < 90.0)
    outcome = exposed(tmp_path, desk, heat(tmp_path))
    assert desk.kinds == ["hold", "released"]
    assert desk.at("released") > LATE + 0.9 * HOUR
    assert outcome.items[0].verdict.outcome is Outcome.PASS


def test_a_person_lets_it_go_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = LookingDesk(watch(monkeypatch), answers=HOUR)
    runaway(monkeypatch, lambda t: LATE <= t < LATE + 600.0)
    bench = heat(tmp_path, more='release = "operator"')
    outcome = exposed(tmp_path, desk, bench)
    told = [kind for kind, _ in events(outcome)]
    assert told == ["hold", "hold", "released", "continued", "released"]
    [(seconds, _, _)] = gaps(outcome)
    assert seconds > HOUR
    assert desk.energy_at("released") == HELD
    assert outcome.items[0].verdict.outcome is Outcome.PASS


def test_nothing_is_switched_on_while_an_interlock_is_not_good(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At 25 degC the chuck is already too hot for this bench."""
    benches = watch(monkeypatch)
    switched: list[float] = []
    runaway(monkeypatch, lambda t: bool(switched.append(t)))
    text = heat(tmp_path).read_text(encoding="utf-8").replace("value = 70", "value = 10")
    bench = tmp_path / "cold.toml"
    bench.write_text(text.replace("value = 55", "value = 5"), encoding="utf-8")
    outcome = exposed(tmp_path, LookingDesk(benches), bench)
    [item] = outcome.items
    assert item.error is not None and item.error["kind"] == "interlock"
    assert "heat: chuck.temperature is" in item.error["message"]
    assert "[[interlocks]]" in item.error["remedy"]
    assert energy(benches) == OFF
    assert all(step.name == "" for step in open_run(outcome.path).items[0].steps)
    assert open_run(outcome.path).state == "interrupted"


def test_a_resumed_run_reads_what_one_reads_that_was_left_alone(
    quiet: RunOutcome, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The interlock asks the chuck at the same moments, so that its noise is the same."""
    desk = LookingDesk(watch(monkeypatch), aborts=LATE + 1234.5)
    outcome = exposed(tmp_path, desk, heat(tmp_path))
    assert open_run(outcome.path).state == "interrupted"
    again = resume(ResumeRequest(outcome.path))
    assert [(one.t, one.value) for one in looked(again)] == [
        (one.t, one.value) for one in looked(quiet)
    ]
    assert again.items[0].verdict.rows == quiet.items[0].verdict.rows


def test_a_bench_that_cannot_be_held_trips(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    silent = Silence(after=LATE, lasting=2 * HOUR)
    desk = LookingDesk(watch(monkeypatch, {"source_meter": [silent]}))
    runaway(monkeypatch, lambda t: LATE <= t < LATE + HOUR)
    outcome = exposed(tmp_path, desk, heat(tmp_path))
    assert desk.kinds == ["hold", "trip"]
    assert "could not be held" in events(outcome)[-1][1]
    assert open_run(outcome.path).state == "interrupted"
