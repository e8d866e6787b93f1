from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import msgspec

from labctl.control.waiting import wait_until
from labctl.platform.processes import (
    find_process,
    is_alive,
    kill,
    start_apart,
    this_process,
)


def test_this_process_lives_and_is_found() -> None:
    own = this_process()
    assert is_alive(own) and find_process(own.pid) == own


def test_another_process_of_the_same_number_is_never_killed() -> None:
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    found = find_process(child.pid)
    assert found is not None and is_alive(found)
    for other in (
        msgspec.structs.replace(found, begun=found.begun + "1"),
        msgspec.structs.replace(found, boot="another boot"),
        msgspec.structs.replace(found, begun=""),
    ):
        assert not is_alive(other)
        kill(other)
    assert child.poll() is None
    kill(found)
    assert wait_until(lambda: not is_alive(found), 20.0)
    child.wait(20.0)
    assert find_process(child.pid) is None
    kill(found)
    assert child.stdin is not None
    child.stdin.close()


def test_a_process_apart_has_no_terminal_and_our_places_to_import_from(tmp_path: Path) -> None:
    output = tmp_path / "out"
    output.write_text("before\n", encoding="utf-8")
    code = "import sys, labctl; print(sys.stdin.read() == '', labctl.__name__)"
    child = start_apart(["-c", code], output)
    assert child.wait(60.0) == 0
    assert output.read_text(encoding="utf-8").splitlines() == ["before", "True labctl"]
