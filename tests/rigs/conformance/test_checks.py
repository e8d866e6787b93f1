from __future__ import annotations

from pathlib import Path

import pytest

from labctl.discovery import installed_labs
from labctl.labs import LABCTL_API, Lab
from rigs.conformance.checks import checks_of
from tests.labctl import defective, foreignlab
from tests.labctl.fakelab import FakeLab


def test_every_check_of_ours_has_a_name_of_its_own() -> None:
    names = [str(check) for check in checks_of(installed_labs()[0])]
    assert len(names) == len(set(names)) > 400


def test_a_lab_without_folders_has_no_checks() -> None:
    assert not list(checks_of(Lab("acme", LABCTL_API, {}, FakeLab().open)))


def test_an_emulator_on_no_bench_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tree = defective.make(tmp_path, monkeypatch)
    emulator = defective.emulator(tree)
    (emulator.parent / "v2.py").write_text("EMULATOR = 1\n", encoding="utf-8")
    name = f"emulator {tree.top}.sim_backends.emulators.{tree.lab}.v2"
    (check,) = [one for one in checks_of(defective.lab(tree)) if one.subject == name]
    assert "no simulated bench of the lab" in check.findings()[0]


def test_a_golden_file_that_the_emulator_does_not_keep_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tree = defective.make(tmp_path, monkeypatch)
    foreignlab.replace(defective.emulator(tree), ":.6E", ":.3E")
    wanted = (f"golden {tree.lab}.v1-low_range", "its emulator answers so")
    checks = checks_of(defective.lab(tree))
    (check,) = [one for one in checks if (one.subject, one.rule) == wanted]
    assert check.findings()[0].startswith("MEAS? -> 7.5")
