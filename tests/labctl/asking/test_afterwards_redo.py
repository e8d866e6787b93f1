"""Steps done again and instruments exchanged in a run that nobody writes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from labctl.asking.afterwards import amend, find, redo, swap
from labctl.asking.amending import Act
from labctl.asking.prompts import NumberPrompt
from labctl.engine import execute
from labctl.errors import BenchError, UsageError
from labctl.evidence import Identity
from labctl.resume import ResumeRequest, resume
from labctl.runfile import open_run
from tests.labctl.asking.desks import told
from tests.labctl.fakelab import FakeLab, request
from tests.runcheck import check_run

WIDTH = NumberPrompt("width", "Width", unit="mm", low=1.0, high=20.0, simulated="6")


def act(item: int, subject: str, reason: str = "misread", who: str = "Bob") -> Act:
    return Act(item, subject, reason, who)


def test_a_step_is_done_again_and_its_first_result_kept(tmp_path: Path) -> None:
    outcome, _, resolve = told(tmp_path, {"width": WIDTH}, items=2)
    found = redo(outcome.path, act(2, "read"))
    assert found.after is None
    run = open_run(outcome.path)
    assert (run.state, run.items[1].verdict) == ("interrupted", None)
    assert run.readings("1.1-91", "resistance") == [], "they are not to be used any more"
    done = resume(ResumeRequest(outcome.path), resolve)
    assert done.items[0].verdict == outcome.items[0].verdict
    assert done.items[1].verdict.reasons == ("changed: step:read: done again",)
    run = open_run(outcome.path)
    assert [(step.name, step.attempt) for step in run.items[1].steps if step.name == "read"] == [
        ("read", 1),
        ("read", 2),
    ]
    assert len(run.readings("1.1-91", "resistance")) == 1
    assert check_run(outcome.path) == ()


def test_all_steps_of_a_scope_are_done_again(tmp_path: Path) -> None:
    lab = FakeLab()

    def resolve(indicator: object) -> Any:
        async def scoped(run: Any, rig: Any) -> Any:
            async with run.scope("warm", lambda: rig.meter.read()):
                for name in ("a", "b"):
                    await run.step(name, one, float)
            await run.step("warmer", one, float)
            raise AssertionError

        async def one() -> float:
            return 1.0

        return lab.bound(scoped)

    outcome = execute(request(tmp_path), resolve)
    assert find(outcome.path, "redo", "warm", None) == 1
    redo(outcome.path, act(1, "warm"))
    resume(ResumeRequest(outcome.path), resolve)
    steps = [(step.name, step.attempt) for step in open_run(outcome.path).items[0].steps]
    assert steps[1:] == [("warm/a", 1), ("warm/b", 1), ("warmer", 1), ("warm/a", 2), ("warm/b", 2)]


def test_a_prompt_is_a_step_that_can_be_asked_again(tmp_path: Path) -> None:
    outcome, _, resolve = told(tmp_path, {"width": WIDTH})
    amend(outcome.path, act(1, "width"), "7", resolve=resolve)
    redo(outcome.path, act(1, "width"))
    (item,) = resume(ResumeRequest(outcome.path), resolve).items
    assert item.verdict.rows[0].value == 120.0, "asked again, the answer of then stands"


def test_a_simulated_device_that_is_gone_is_not_measured_again(tmp_path: Path) -> None:
    outcome, _, _ = told(tmp_path, {"width": WIDTH}, items=2)
    with pytest.raises(UsageError, match="is gone") as caught:
        redo(outcome.path, act(1, "read"))
    assert caught.value.remedy == "run the item anew"
    assert open_run(outcome.path).state == "done"


def test_an_earlier_item_of_a_real_bench_is_done_again_alone(tmp_path: Path) -> None:
    lab = FakeLab(simulated=False, serial="7")
    script = tmp_path / "answers.toml"
    script.write_text('["condition/medium"]\nvalue = "air"\n[width]\nvalue = 6\n', encoding="utf-8")
    more: dict[str, Any] = {"sample": "R-1", "virtual": False, "answers": script}
    outcome, _, resolve = told(tmp_path / "runs", {"width": WIDTH}, lab, items=2, **more)
    assert [item.error for item in outcome.items] == [None, None]
    redo(outcome.path, act(1, "read"))
    count = len(lab.rigs)
    done = resume(ResumeRequest(outcome.path), resolve)
    assert len(lab.rigs) == count + 1
    assert done.items[1].verdict == outcome.items[1].verdict
    assert "changed: step:read: done again" in done.items[0].verdict.reasons


def test_another_instrument_takes_a_role_where_a_person_said_so(tmp_path: Path) -> None:
    lab = FakeLab()
    outcome, _, resolve = told(tmp_path, {"width": WIDTH}, lab)
    path = outcome.path
    with pytest.raises(UsageError, match="done"):
        swap(path, act(1, "meter"))
    redo(path, act(1, "read"))
    lab.serial = "SIM-8"
    with pytest.raises(BenchError, match="another instrument"):
        resume(ResumeRequest(path), resolve)
    swap(path, act(1, "meter", "broken"))
    lab.bench_text = 'name = "ohm" # elsewhere\n'
    (item,) = resume(ResumeRequest(path), resolve).items
    assert "changed: instrument:meter: R1 SIM-7 -> R1 SIM-8" in item.verdict.reasons
    (record,) = open_run(path).items
    assert [one.identity.serial for one in record.instruments] == ["SIM-7", "SIM-8"]
    assert record.provenance is not None
    assert [one.identity.serial for one in record.provenance.instruments] == ["SIM-7", "SIM-8"]
    redo(path, act(1, "read"))
    lab.serial = "SIM-9"
    with pytest.raises(BenchError, match="another instrument"):
        resume(ResumeRequest(path), resolve)


def test_the_identity_that_was_is_what_may_be_replaced(tmp_path: Path) -> None:
    outcome, _, _ = told(tmp_path, {"width": WIDTH})
    redo(outcome.path, act(1, "read"))
    swap(outcome.path, act(1, "meter"))
    from labctl.journal.reader import Reader
    from labctl.journal.superseded import swapped_out

    with Reader(outcome.path / "journal.db") as reader:
        assert swapped_out(reader, 1) == {"meter": Identity("Fake", "R1", "SIM-7")}
