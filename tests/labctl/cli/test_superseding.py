"""An order to a run under way, as its guardian is handed it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from labctl.asking.prompts import NumberPrompt
from labctl.control.messages import Done, Give
from labctl.orders import Amend
from labctl.runfolder import RunFolder
from tests.labctl.asking.desks import told

from .conftest import Command

WIDTH = NumberPrompt("width", "Width", unit="mm", simulated="6")


def test_the_order_goes_to_the_guardian(
    labctl: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outcome, _, _ = told(tmp_path / "runs", {"width": WIDTH})
    given: list[Any] = []

    async def ask(folder: Path, who: str, message: Any) -> Done:
        given.append((folder.name, who, message))
        return Done()

    monkeypatch.setattr("labctl.control.client.ask", ask)
    with RunFolder(outcome.path).taken():
        said = ("--reason", "misread", "--who", "Bob", "--second", "Ann")
        answer = labctl("amend", "last", "width", "7", *said)
    assert answer.code == 0
    assert f"labctl watch {outcome.run}" in answer.out
    order = Amend(1, "width", "7", "misread", "Bob", "Ann")
    assert given == [(outcome.run, "Bob", Give(order))]
