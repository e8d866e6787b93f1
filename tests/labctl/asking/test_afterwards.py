"""Superseding in a run that nobody writes: everything before it stays, and the chain holds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from labctl import manifest, register
from labctl.asking.afterwards import amend, find
from labctl.asking.amending import Act
from labctl.asking.prompts import ConfirmPrompt, NumberPrompt, TextPrompt
from labctl.errors import UsageError
from labctl.record import RunRecorder
from labctl.resume import ResumeRequest, resume
from labctl.runfile import open_run
from tests.labctl.asking.desks import told
from tests.labctl.fakelab import FakeLab
from tests.runcheck import check_run

WIDTH = NumberPrompt("width", "Width", unit="mm", low=1.0, high=20.0, simulated="6")
WHY = ("misread", "Bob")


def act(item: int, subject: str, reason: str = "misread", who: str = "Bob") -> Act:
    return Act(item, subject, reason, who)


def test_an_amended_answer_gives_another_verdict_and_both_are_kept(tmp_path: Path) -> None:
    outcome, _, resolve = told(tmp_path, {"width": WIDTH}, items=2)
    path = outcome.path
    before = manifest.read(path)
    found = amend(path, act(2, "width"), "0.4 cm", resolve=resolve)
    assert found.before is not None and found.after is not None
    assert (found.before.outcome, found.after.outcome) == ("PASS", "FAIL")
    assert found.after.rows[0].value == 80.0
    assert found.after.reasons == ("changed: answer:width: 6 mm -> 4 mm",)
    first, second = open_run(path).items
    assert (first.verdict, len(first.verdicts)) == (outcome.items[0].verdict, 1)
    assert second.verdicts == (found.before, found.after)
    assert second.verdict == found.after
    assert [row.value for row in second.answers if row.prompt == "width"] == [
        '{"value":6.0,"unit":"mm","u":0.0}'
    ]
    (row,) = second.amendments
    assert (row.subject, row.said, row.reason, row.who) == ("width", "0.4 cm", *WHY)
    assert check_run(path) == ()
    after = manifest.read(path)
    assert (after.state, after.ended) == ("done", before.ended)
    assert after.transactions > before.transactions
    assert [entry.event for entry in register.entries(tmp_path)] == [
        "begun",
        "done",
        "resumed",
        "done",
    ]


def test_killed_in_the_middle_it_is_an_interrupted_run_and_no_altered_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outcome, _, resolve = told(tmp_path, {"width": WIDTH})
    monkeypatch.setattr(RunRecorder, "end", lambda recorder, **_: recorder.journal.close())
    amend(outcome.path, act(1, "width"), "4", resolve=resolve)
    monkeypatch.undo()
    assert open_run(outcome.path).state == "interrupted"
    assert check_run(outcome.path) == ()
    (item,) = resume(ResumeRequest(outcome.path), resolve).items
    assert item.verdict.rows[0].value == 80.0
    assert open_run(outcome.path).state == "done"


def test_a_second_amendment_supersedes_the_first(tmp_path: Path) -> None:
    outcome, _, resolve = told(tmp_path, {"width": WIDTH})
    amend(outcome.path, act(1, "width"), "4", resolve=resolve)
    found = amend(outcome.path, act(1, "width"), "7", resolve=resolve)
    assert found.after is not None
    assert found.after.outcome == "PASS"
    assert found.after.reasons == (
        "changed: answer:width: 6 mm -> 4 mm",
        "changed: answer:width: 4 mm -> 7 mm",
    )
    assert len(open_run(outcome.path).items[0].verdicts) == 3


def test_no_instrument_is_used_and_no_reading_added(tmp_path: Path) -> None:
    lab = FakeLab()
    outcome, _, resolve = told(tmp_path, {"width": WIDTH}, lab)
    amend(outcome.path, act(1, "width"), "7", resolve=resolve)
    assert lab.rigs[-1].meter.count == 0
    assert lab.rigs[-1].events == ["closed"], "it was opened offline: nothing to be made safe"
    assert len(open_run(outcome.path).readings("1.1-90", "resistance")) == 1


def test_a_condition_in_words_can_be_amended(tmp_path: Path) -> None:
    outcome, _, resolve = told(tmp_path, {"width": WIDTH})
    found = amend(outcome.path, act(1, "condition/medium"), "oil", resolve=resolve)
    assert found.after is not None
    assert found.after.outcome == "INVALID"
    (medium,) = [one for one in found.after.conditions if one.name == "medium"]
    assert (medium.text, medium.declared_by) == ("oil", "Bob")


@pytest.mark.parametrize(
    ("subject", "said", "why"),
    [
        ("width", "wide", "Type a number"),
        ("width", "30", "not in the range"),
        ("length", "3", "no prompt 'length'"),
    ],
)
def test_what_is_no_answer_changes_nothing(
    tmp_path: Path, subject: str, said: str, why: str
) -> None:
    outcome, _, resolve = told(tmp_path, {"width": WIDTH})
    whole = (outcome.path / "journal.db").read_bytes()
    with pytest.raises(UsageError, match=why) as caught:
        amend(outcome.path, act(1, subject), said, resolve=resolve)
    if subject == "length":
        assert caught.value.remedy == "it has: condition/medium, width"
    assert (outcome.path / "journal.db").read_bytes() == whole
    assert len(register.entries(tmp_path)) == 2


def test_a_yes_needs_a_second_person_here_too(tmp_path: Path) -> None:
    door = ConfirmPrompt("door", "The door is locked", simulated="no")
    outcome, seen, resolve = told(tmp_path, {"door": door})
    with pytest.raises(UsageError, match="Two persons"):
        amend(outcome.path, act(1, "door"), "yes", resolve=resolve)
    found = amend(outcome.path, Act(1, "door", "it was", "Ann", "Bob"), "yes", resolve=resolve)
    assert seen["door"] is True and found.row.who == "Ann + Bob"


@pytest.mark.parametrize(("reason", "who"), [("", "Bob"), (" ", "Bob"), ("why", " ")])
def test_nothing_is_superseded_without_reason_and_name(reason: str, who: str) -> None:
    with pytest.raises(UsageError, match="without a reason and a name"):
        act(1, "width", reason, who)


def test_an_answer_that_needs_another_measurement_opens_the_item_again(tmp_path: Path) -> None:
    again = {"width": WIDTH, "more": TextPrompt("more", "More?", simulated="no")}
    outcome, seen, _ = told(tmp_path, {"width": WIDTH})

    def resolve(indicator: object) -> Any:
        from tests.labctl.asking.desks import asking

        return FakeLab().bound(asking(again, seen))

    found = amend(outcome.path, act(1, "width"), "7", resolve=resolve)
    assert found.before is not None and found.after is None
    run = open_run(outcome.path)
    assert (run.state, run.items[0].verdict) == ("interrupted", None)
    (item,) = resume(ResumeRequest(outcome.path), resolve).items
    assert item.verdict.rows[0].value == 140.0
    assert seen["more"] == "no"


def test_a_procedure_that_errs_on_the_new_answer_is_incomplete_and_can_be_amended(
    tmp_path: Path,
) -> None:
    outcome, _, resolve = told(tmp_path, {"width": WIDTH})

    def failing(indicator: object) -> Any:
        async def fails(run: Any, rig: Any) -> Any:
            await run.step("read", rig.meter.read, float)
            raise ZeroDivisionError if (await run.ask(WIDTH)).value == 2.0 else AssertionError

        return FakeLab().bound(fails)

    found = amend(outcome.path, act(1, "width"), "2", resolve=failing)
    assert found.after is not None and found.after.outcome == "INCOMPLETE"
    error = open_run(outcome.path).items[0].error
    assert error is not None and "ZeroDivisionError" in error["message"]
    found = amend(outcome.path, act(1, "width"), "7", resolve=resolve)
    assert found.after is not None and found.after.outcome == "PASS"
    assert open_run(outcome.path).items[0].error is None


def test_what_there_is_is_listed(tmp_path: Path) -> None:
    outcome, _, _ = told(tmp_path, {"width": WIDTH}, items=2)
    assert find(outcome.path, "amend", "width", "1.1-91") == 2
    with pytest.raises(UsageError, match="several items") as caught:
        find(outcome.path, "amend", "width", None)
    assert caught.value.remedy == "--item: 1.1-90, 1.1-91"
    for kind, there in (("redo", "read"), ("swap", "meter"), ("amend", "condition/medium")):
        with pytest.raises(UsageError, match="there is no") as caught:
            find(outcome.path, kind, "x", None)  # type: ignore[arg-type]
        assert f"1.1-90: {there}" in caught.value.remedy or there in caught.value.remedy


def test_a_run_that_goes_on_elsewhere_is_not_touched(tmp_path: Path) -> None:
    from labctl.runfolder import RunFolder

    outcome, _, resolve = told(tmp_path, {"width": WIDTH})
    with RunFolder(outcome.path).taken(), pytest.raises(UsageError, match="goes on"):
        amend(outcome.path, act(1, "width"), "7", resolve=resolve)
