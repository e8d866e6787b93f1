"""`swap` on the command line."""

from __future__ import annotations

from pathlib import Path

from labctl.asking.prompts import NumberPrompt
from tests.labctl.asking.desks import told

from .conftest import Command

WIDTH = NumberPrompt("width", "Width", unit="mm", simulated="6")


def test_a_role_of_an_interrupted_run_is_given_free(labctl: Command, tmp_path: Path) -> None:
    told(tmp_path / "runs", {"width": WIDTH})
    done = labctl("swap", "last", "meter", "--reason", "broken", "--who", "Bob")
    assert done.code == 3 and "labctl redo" in done.err
    labctl("redo", "last", "read", "--reason", "noise", "--who", "Bob")
    document = labctl(
        "swap", "last", "meter", "--reason", "broken", "--who", "B", "--json"
    ).document
    assert (document["kind"], document["subject"], document["after"]) == ("swap", "meter", None)
    unknown = labctl("swap", "last", "lamp", "--reason", "broken", "--who", "Bob")
    assert "there is: 1.1-90: meter" in unknown.err
