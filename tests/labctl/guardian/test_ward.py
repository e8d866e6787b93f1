from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from labctl.control.waiting import wait_until
from labctl.errors import JournalError
from labctl.guardian.ward import Ward, find, keep
from labctl.platform.processes import find_process, this_process


def test_a_worker_is_found_again_and_killed(tmp_path: Path) -> None:
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    process = find_process(child.pid)
    assert process is not None
    keep(tmp_path, process)
    adopted = find(tmp_path)
    assert adopted.process == process and not adopted.has_ended
    adopted.kill()
    assert wait_until(lambda: adopted.has_ended, 20.0)
    assert adopted.told() == "ended"
    own = Ward(process, child)
    assert own.has_ended and own.told() != "ended"
    own.kill()
    assert child.stdin is not None
    child.stdin.close()


def test_a_run_that_never_had_a_worker_says_so(tmp_path: Path) -> None:
    with pytest.raises(JournalError, match=r"worker\.json"):
        find(tmp_path)


def test_a_worker_started_by_another_program_is_known_by_its_own_word() -> None:
    ward = Ward(this_process())
    ward.known_as(this_process())
    assert not ward.has_ended
