from __future__ import annotations

import shutil
from pathlib import Path

from labctl import register
from labctl.verification import known_runs, verify_all, verify_known
from tests.labctl.verification.done import damage, done


def test_every_run_of_a_folder(tmp_path: Path) -> None:
    runs = [done(tmp_path), done(tmp_path)]
    found = verify_all(tmp_path)
    assert {report.path for report in found.runs} == set(runs)
    assert found.exit_code == 0 and found.as_dict()["ok"] is True
    assert known_runs(tmp_path) == sorted(run.name for run in runs)


def test_one_that_is_gone_and_one_that_is_damaged(tmp_path: Path) -> None:
    gone, damaged = done(tmp_path), done(tmp_path)
    shutil.rmtree(gone)
    damage(damaged, 5)
    found = verify_all(tmp_path)
    kinds = {report.run: report.problems[0].kind for report in found.runs}
    assert kinds == {gone.name: "missing", damaged.name: "altered"}
    assert found.exit_code == 3
    assert "knows it (done " in verify_known(gone).problems[0].text


def test_a_register_that_was_changed_or_is_gone(tmp_path: Path) -> None:
    done(tmp_path)
    file = tmp_path / register.FILE
    whole = file.read_bytes()
    file.write_bytes(whole.replace(b'"event":"begun"', b'"event":"done" ', 1))
    found = verify_all(tmp_path)
    assert "were changed" in found.problems[0].text and found.exit_code == 3
    file.unlink()
    assert verify_all(tmp_path).problems[0].kind == "missing"
    file.write_bytes(whole + b'{"run":"to')
    assert verify_all(tmp_path).exit_code == 0
    assert verify_all(tmp_path).remarks == ("line 3 of the register of runs is torn",)


def test_an_empty_folder_is_whole(tmp_path: Path) -> None:
    assert verify_all(tmp_path).exit_code == 0
