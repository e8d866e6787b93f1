"""`redo` on the command line."""

from __future__ import annotations

from pathlib import Path

from labctl.asking.prompts import NumberPrompt
from labctl.runfile import open_run
from tests.labctl.asking.desks import told

from .conftest import Command

WIDTH = NumberPrompt("width", "Width", unit="mm", simulated="6")


def test_the_run_is_interrupted_and_says_how_it_goes_on(labctl: Command, tmp_path: Path) -> None:
    outcome, _, _ = told(tmp_path / "runs", {"width": WIDTH})
    answer = labctl("redo", "last", "read", "--reason", "noise", "--who", "Bob")
    assert answer.out.splitlines()[:2] == [
        "1.1-90: the step read is to be done again, by Bob",
        f"labctl resume {outcome.run} goes on with it",
    ]
    assert open_run(outcome.path).state == "interrupted"
    assert labctl("runs", "--json").document[0]["state"] == "interrupted"
    document = labctl("redo", "last", "read", "--reason", "noise", "--json").document
    assert "there is no step 'read'" in document["error"]["message"], "it is to be done already"


def test_a_run_that_somebody_writes_gets_an_order_by_its_guardian(
    labctl: Command, tmp_path: Path
) -> None:
    from labctl.runfolder import RunFolder

    outcome, _, _ = told(tmp_path / "runs", {"width": WIDTH})
    with RunFolder(outcome.path).taken():
        answer = labctl("redo", "last", "read", "--reason", "noise", "--json")
    assert answer.code == 3
    assert "has no guardian" in answer.document["error"]["message"]
