from __future__ import annotations

from pathlib import Path

import pytest

from labctl.cli.guarded import as_error, follow, outcome_of
from labctl.control import place
from labctl.control.job import job_of, write_job
from labctl.control.messages import Ended
from labctl.control.place import Control
from labctl.engine import execute
from labctl.errors import BenchError, Defect, InterlockError, LabError, LinkError
from labctl.platform.processes import Process
from tests.labctl.fakelab import FakeLab, fault, measure, request

GONE = Process(2**22 + 1, "1", "another boot")


@pytest.mark.parametrize(
    "error",
    [
        BenchError("no rig", remedy="name one"),
        LinkError("silent", address="visa://a", command="*IDN?", answer="?"),
        InterlockError("door"),
        Defect("ours"),
        LabError("any"),
    ],
)
def test_an_error_of_another_process_is_raised_as_it_was(error: LabError) -> None:
    again = as_error(error.as_dict())
    assert type(again) is type(error) and again.as_dict() == error.as_dict()


def test_an_error_of_an_unknown_kind_is_ours() -> None:
    assert isinstance(as_error({"kind": "novel", "message": "m"}), Defect)


def ended(runs: Path, end: Ended, **lab: object) -> tuple[Path, object]:
    """A run in this process whose guardian has said its last word."""
    asked = request(runs)
    outcome = execute(asked, lambda _: FakeLab(**lab).bound(measure))  # type: ignore[arg-type]
    job = job_of(asked)
    write_job(outcome.path, job)
    place.write(outcome.path, Control(process=GONE, port=0, token="", ended=end))
    return outcome.path, job


def test_what_the_journal_holds_stands_where_the_worker_said_nothing(tmp_path: Path) -> None:
    path, _ = ended(tmp_path, Ended(), fault=fault())
    [item] = outcome_of(path).items
    assert item.exit_code == 3 and item.error is not None and item.error["kind"] == "instrument"
    path, _ = ended(tmp_path, Ended())
    [item] = outcome_of(path).items
    assert (item.exit_code, item.error) == (0, None) and not outcome_of(path).interrupted


def test_an_ended_run_is_told_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, job = ended(tmp_path, Ended("the worker hung", False, "NOT SAFE: meter"))
    assert follow(path, job, as_json=False, owner=False) == 0  # type: ignore[arg-type]
    out, err = capsys.readouterr()
    assert "PASS" in out and "report:" in out
    assert "the worker hung" in err and "NOT SAFE: meter" in err


def test_a_run_that_could_not_begin_is_an_error(tmp_path: Path) -> None:
    refused = Ended(error=BenchError("held by another run").as_dict(), exit_code=3)
    path, job = ended(tmp_path, refused)
    with pytest.raises(BenchError, match="held by another run"):
        follow(path, job, as_json=True, owner=True)  # type: ignore[arg-type]
