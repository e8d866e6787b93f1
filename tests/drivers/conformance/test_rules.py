"""Of each rule of drivers: it leaves a whole driver alone and finds the defect it is there for."""

from __future__ import annotations

from pathlib import Path

import pytest

from drivers.conformance.folder import Subject, folder_of
from drivers.conformance.rules import RULES
from tests.labctl import defective, foreignlab

IDENTIFY = """        found = await self._scpi.identity(MAKER, MODEL)
        await self._scpi.set("*CLS")
"""
QUEUE = '"""Bring line and error queue to a known state."""\n        '
RESYNC = "    async def resync(self)"
KEEPS = '''    async def close(self) -> None:
        """Give nothing back."""

'''
ELSEWHERE = '''    @property
    def address(self) -> str:
        """Not the line's."""
        return "here"

'''
DEFECTS = [
    ("fits a role", "voltage_range", "span", "fits no role"),
    ("fits a role", "def safe(self)", "def still(self)", "is no drivers.driver.Driver"),
    ("states its accuracies", 'SHEET = "FILL', 'SHEET = "?"\nREST = "FILL', "without source"),
    ("states its accuracies", 'SHEET = "FILL', 'SHEET = "M1 data"\nREST = "FILL', "without source"),
    ("states its accuracies", 'SHEET = "FILL', 'SHEET = "M1 data sheet"\nREST = "FILL', "no page"),
    ("states its accuracies", "1e-4, 1e-4", "1e-4, -1e-4", "a figure that is none"),
    ("states its accuracies", '10.0, "V", 1e-4, 1e-3', '1.0, "V", 1e-4, 1e-3', "two lines"),
    ("states its accuracies", "1e-4, 1e-4", "0.0, 0.0", "without an error"),
    ("states its accuracies", "1e-4, 1e-4", 'float("nan"), 1e-4', "a figure that is none"),
    ("says its units", QUEUE, "", "resync has no docstring"),
    (
        "identifies nobody where nothing sensible answers",
        IDENTIFY,
        '        found = Identity(MAKER, MODEL, "1")\n',
        "identify() is content with a silent line",
    ),
    (
        "claims no safe state without a reading back",
        "drives nothing, so there is no state to read back",
        "is safe",
        "safe() is content with a silent line",
    ),
    ("gives the line back", RESYNC, KEEPS + RESYNC, "closed the line 0 times"),
    ("gives the line back", RESYNC, ELSEWHERE + RESYNC, "the line's is 'odd://"),
]


def findings(folder: Path, patch: pytest.MonkeyPatch, rule: str, old: str, new: str) -> list[str]:
    tree = defective.make(folder, patch)
    if old:
        foreignlab.replace(defective.driver(tree), old, new)
    subject = Subject(folder_of(f"{tree.package}drivers"), f"{tree.lab}.v1")
    return list(RULES[rule](subject))


@pytest.mark.parametrize(("rule", "old", "new", "text"), DEFECTS)
def test_a_defect_is_found(
    rule: str, old: str, new: str, text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = findings(tmp_path, monkeypatch, rule, old, new)
    assert any(text in finding for finding in found), found


@pytest.mark.parametrize("rule", RULES)
def test_a_whole_driver_passes(rule: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not findings(tmp_path, monkeypatch, rule, "", "")


def test_every_rule_has_a_defect_that_it_finds() -> None:
    assert {defect[0] for defect in DEFECTS} == set(RULES)
