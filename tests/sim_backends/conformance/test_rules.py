"""Of each rule of emulators: it leaves a whole one alone and finds the defect it is there for."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from drivers.conformance.folder import folder_of
from rigs.conformance.checks import stand_of
from rigs.conformance.places import places
from sim_backends.conformance.rules import RULES, pieces
from tests.labctl import defective, foreignlab

METHOD = "    def reset(self) -> None:\n"
DEFECTS = [
    ("says what it is written from", '"""One ', '_ = """One ', "its class has no docstring"),
    ("listens, and has a simulated serial number", 'serial, "1.0"', 'serial[4:], "1.0"', "SIM-"),
    ("answers in time", "    TABLE =", "    LATENCY = 0.0\n    TABLE =", "leaves at once"),
    (
        "forgets when it is cleared",
        METHOD,
        f"    def clear(self, t: float) -> None:\n        pass\n\n{METHOD}",
        "is still there after clear",
    ),
    (
        "takes any split of the stream",
        METHOD,
        "    def receive(self, data: bytes, t: float) -> None:\n"
        f"        super().receive(data.rstrip() + b'\\n', t)\n\n{METHOD}",
        "is answered otherwise",
    ),
]


def findings(
    folder: Path, patch: pytest.MonkeyPatch, rule: str, old: str = "", new: str = ""
) -> Iterable[str]:
    tree = defective.make(folder, patch)
    if old:
        foreignlab.replace(defective.emulator(tree), old, new)
    place = places(defective.lab(tree))[0]
    return RULES[rule](stand_of(place, folder_of(f"{tree.package}drivers")))


@pytest.mark.parametrize(("rule", "old", "new", "text"), DEFECTS)
def test_a_defect_is_found(
    rule: str, old: str, new: str, text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = list(findings(tmp_path, monkeypatch, rule, old, new))
    assert any(text in finding for finding in found), found


def test_what_random_frames_raise_is_not_caught(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = 'Numeric(0.0, VOLTAGE[-1].range, VOLTAGE[-1].range, "V").parse(arguments[0])'
    rule = "stands random frames"
    with pytest.raises(ValueError, match="could not convert"):
        list(findings(tmp_path, monkeypatch, rule, old, "float(arguments[0])"))


@pytest.mark.parametrize("rule", RULES)
def test_a_whole_emulator_passes(
    rule: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not list(findings(tmp_path, monkeypatch, rule))


def test_a_stream_is_cut_without_loss() -> None:
    assert pieces(b"abcdef", [2, 5]) == [b"ab", b"cde", b"f"]
    assert b"".join(pieces(b"abc", [9, 1, 1])) == b"abc"
