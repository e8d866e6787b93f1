from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from labctl import manifest, register
from labctl.engine import RunOutcome, execute
from labctl.evidence import Evidence, Figure
from labctl.journal import dump
from labctl.run import Run
from labctl.runfile import RunRecord, list_runs, open_run
from labctl.verdict import Outcome
from tests.labctl.fakelab import FakeLab, OhmRig, Watcher, measure, request
from tests.runcheck import check_run

Function = Callable[[Run, OhmRig], Awaitable[Evidence]]


def run(runs: Path, lab: FakeLab, function: Function = measure, **changes: object) -> RunOutcome:
    return execute(request(runs, **changes), lambda indicator: lab.bound(function))  # type: ignore[arg-type]


def record(outcome: RunOutcome) -> RunRecord:
    assert check_run(outcome.path) == ()
    return open_run(outcome.path)


def test_nominal_passes_and_failing_fails(tmp_path: Path) -> None:
    for dut, expected in (("nominal", Outcome.PASS), ("failing", Outcome.FAIL)):
        outcome = run(tmp_path, FakeLab(), dut=dut)
        assert outcome.items[0].verdict.outcome is expected
        assert outcome.items[0].error is None
        assert not outcome.interrupted


def test_the_record_holds_everything(tmp_path: Path) -> None:
    outcome = run(tmp_path, FakeLab(), items=2, seed=3)
    kept = record(outcome)
    assert (kept.id, kept.state, kept.targets, kept.seed) == (outcome.run, "done", ("1.1",), 3)
    assert [item.id for item in kept.items] == ["1.1-90", "1.1-91"]
    item = kept.items[1]
    assert item.verdict == outcome.items[1].verdict
    assert item.channels == ("burst/resistance", "soak/resistance")
    assert len(kept.readings("1.1-91", "soak/resistance")) == 61
    assert item.evidence is not None and item.provenance is not None
    assert kept.attachment(item.evidence.attachments[0].sha256).startswith(b"[120.0")
    assert item.provenance.instruments == item.instruments
    assert item.provenance.procedure == "tests.labctl.fakelab.measure"
    assert len(item.provenance.code_sha256) == 64
    assert item.provenance.sample == "R-1"
    assert item.provenance.simulated
    assert item.evidence.conditions[0].declared_by == "simulated operator"


def test_every_item_gets_a_fresh_bench_that_is_made_safe_and_closed(tmp_path: Path) -> None:
    lab = FakeLab()
    run(tmp_path, lab, items=3)
    assert [rig.events for rig in lab.rigs] == [["safe", "closed"]] * 3
    assert len({id(rig) for rig in lab.rigs}) == 3


def test_a_condition_that_the_operator_does_not_state_is_not_observed(tmp_path: Path) -> None:
    outcome = run(tmp_path, FakeLab(aspects={}))
    assert outcome.items[0].verdict.outcome is Outcome.INVALID


@pytest.mark.parametrize(
    ("simulated", "serial", "expected"),
    [(True, "SIM-7", True), (False, "SIM-7", True), (False, "", True), (False, "4711", False)],
)
def test_the_verdict_knows_whether_anything_was_simulated(
    tmp_path: Path, simulated: bool, serial: str, expected: bool
) -> None:
    sheet = tmp_path / "sheet.toml"
    sheet.write_text(
        'id = "R-2"\nkind = "resistor"\naspects = {medium = "air"}\n', encoding="utf-8"
    )
    lab = FakeLab(simulated=simulated, serial=serial)
    outcome = run(tmp_path / "runs", lab, sample=str(sheet))
    assert outcome.items[0].verdict.simulated is expected
    kept = record(outcome).items[0]
    assert kept.sample is not None and kept.sample.id == "R-2"


def test_a_real_bench_needs_a_sample(tmp_path: Path) -> None:
    error = run(tmp_path, FakeLab(simulated=False, serial="4711")).items[0].error
    assert error is not None
    assert "--sample" in error["remedy"]


def test_two_runs_with_one_seed_give_the_same_journal(tmp_path: Path) -> None:
    first = run(tmp_path / "a", FakeLab(), items=2)
    second = run(tmp_path / "b", FakeLab(), items=2)
    assert dump(first.path / "journal.db") == dump(second.path / "journal.db")
    one, two = manifest.read(first.path), manifest.read(second.path)
    assert one.content == two.content
    assert one.head != two.head


def test_the_viewer_sees_first_and_last(tmp_path: Path) -> None:
    watcher = Watcher()
    run(tmp_path, FakeLab(), items=2, on_progress=watcher)
    assert next(p.index for p in watcher.seen if p.done == 0.0) == 0
    ends = [p for p in watcher.seen if p.done == 1.0]
    assert [(p.item, p.count, p.text) for p in ends] == [
        ("1.1-90", 2, "PASS"),
        ("1.1-91", 2, "PASS"),
    ]


def test_runs_are_listed_and_registered(tmp_path: Path) -> None:
    outcomes = [run(tmp_path, FakeLab()) for _ in range(3)]
    (tmp_path / "something else").mkdir()
    listed = list_runs(tmp_path)
    assert {one.run for one in listed} == {one.run for one in outcomes}
    assert [one.started for one in listed] == sorted(one.started for one in listed)
    assert {one.state for one in listed} == {"done"}
    entries = register.entries(tmp_path)
    assert [entry.event for entry in entries] == ["begun", "done"] * 3
    assert entries[-1].head == manifest.read(outcomes[-1].path).head


def test_real_time_works_too(tmp_path: Path) -> None:
    async def short(run: Run, rig: OhmRig) -> Evidence:
        await run.record("resistance", await rig.meter.read())
        return run.evidence({"resistance": Figure(120.0, "ohm")}, how="one reading")

    outcome = run(tmp_path, FakeLab(), short, virtual=False)
    assert len(record(outcome).readings("1.1-90", "resistance")) == 1
    assert outcome.items[0].verdict.outcome is Outcome.INVALID, "no duration was observed"


def test_no_truth_and_no_limit_reaches_the_procedure(tmp_path: Path) -> None:
    seen: list[str] = []

    async def looks(run: Run, rig: OhmRig) -> Evidence:
        seen.append(repr((run._item, run._journal._batch)))
        return run.evidence({}, how="")

    run(tmp_path, FakeLab(), looks)
    assert "R-1" in seen[0]
    assert not any(word in seen[0] for word in ("100", "120", "nominal", "80.0"))
