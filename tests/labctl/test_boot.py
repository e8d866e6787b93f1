"""The files that let `labctl recover` run at start-up are ones that their systems take."""

from __future__ import annotations

import configparser
import getpass
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from labctl.boot import FILES, unit
from labctl.errors import UsageError

SPACE = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"


def test_the_unit_of_systemd_starts_recover_for_this_user(tmp_path: Path) -> None:
    parser = configparser.ConfigParser(interpolation=None, strict=False)
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read_string(unit("systemd", tmp_path))
    service = parser["Service"]
    assert service["ExecStart"] == f'"{sys.executable}" -m labctl recover'
    assert (service["User"], service["WorkingDirectory"]) == (getpass.getuser(), str(tmp_path))
    assert service["Type"] == "oneshot" and service["RemainAfterExit"] == "yes"
    assert parser["Install"]["WantedBy"] == "multi-user.target"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here")
def test_systemd_finds_nothing_wrong_with_it(tmp_path: Path) -> None:
    file = tmp_path / FILES["systemd"]
    file.write_text(unit("systemd", tmp_path), encoding="utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(file)],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert FILES["systemd"] not in done.stderr, done.stderr


def test_the_task_of_windows_is_whole(tmp_path: Path) -> None:
    folder = tmp_path / "R&D"
    root = ElementTree.fromstring(unit("windows", folder))
    assert root.tag == f"{SPACE}Task"
    [action] = root.iter(f"{SPACE}Exec")
    told = {part.tag.removeprefix(SPACE): part.text for part in action}
    assert told == {
        "Command": sys.executable,
        "Arguments": "-m labctl recover",
        "WorkingDirectory": str(folder),
    }
    assert root.find(f"{SPACE}Triggers/{SPACE}BootTrigger") is not None
    assert root.findtext(f".//{SPACE}ExecutionTimeLimit") == "PT0S"


def test_a_percent_sign_is_one_to_systemd(tmp_path: Path) -> None:
    assert f"WorkingDirectory={tmp_path}/100%%\n" in unit("systemd", tmp_path / "100%")


def test_another_system_is_named() -> None:
    with pytest.raises(UsageError, match="no unit for 'plan9'"):
        unit("plan9", Path())
