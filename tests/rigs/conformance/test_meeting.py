from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from labctl.scaffold.tree import Tree
from rigs.conformance.meeting import know_each_other, makes_safe_unseen
from rigs.conformance.places import places
from tests.labctl import defective, foreignlab


@pytest.mark.parametrize(
    ("part", "old", "new", "text"),
    [
        (defective.emulator, '"V1", serial', '"V9", serial', "InstrumentError: this is no "),
        (defective.emulator, "serial, ", "serial[4:], ", "does not begin with SIM-"),
        (defective.driver, '"*CLS"', '"*CLEAR"', "settings were refused"),
        (defective.driver, "", "", ""),
    ],
)
def test_driver_and_emulator_meet(
    part: Callable[[Tree], Path],
    old: str,
    new: str,
    text: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tree = defective.make(tmp_path, monkeypatch)
    foreignlab.replace(part(tree), old, new)
    found = list(know_each_other(places(defective.lab(tree))[0]))
    assert [text in one for one in found] == ([True] if text else [])


@pytest.mark.parametrize(
    ("needs", "text"), [("self.identity", "Defect: the "), ("self.address", "")]
)
def test_a_driver_makes_safe_what_it_never_saw(
    needs: str, text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tree = defective.make(tmp_path, monkeypatch)
    safe = '"""A voltmeter drives nothing, so there is no state to read back."""'
    foreignlab.replace(defective.driver(tree), safe, f"{safe}\n        assert {needs}")
    found = list(makes_safe_unseen(places(defective.lab(tree))[0]))
    assert [text in one for one in found] == ([True] if text else [])
