from __future__ import annotations

import sys
from pathlib import Path

import pytest

from labctl.control import place
from labctl.control.messages import Ended
from labctl.control.place import Control, new_token
from labctl.errors import JournalError
from labctl.platform.processes import this_process


def test_where_a_guardian_is_comes_back(tmp_path: Path) -> None:
    assert place.read(tmp_path) is None
    control = Control(process=this_process(), port=4711, token=new_token())
    place.write(tmp_path, control)
    assert place.read(tmp_path) == control
    ended = Control(process=this_process(), port=0, token="", ended=Ended("killed"))
    place.write(tmp_path, ended)
    assert place.read(tmp_path) == ended
    assert [file.name for file in tmp_path.iterdir()] == [place.FILE]


@pytest.mark.skipif(sys.platform == "win32", reason="there the folder's owner decides")
def test_only_its_user_reads_the_token(tmp_path: Path) -> None:
    place.write(tmp_path, Control(process=this_process(), port=1, token="t"))
    assert (tmp_path / place.FILE).stat().st_mode & 0o777 == 0o600


def test_tokens_differ_and_are_long() -> None:
    assert len({new_token() for _ in range(100)}) == 100 and len(new_token()) >= 40


def test_another_file_of_that_name_is_told(tmp_path: Path) -> None:
    (tmp_path / place.FILE).write_text("{}", encoding="utf-8")
    with pytest.raises(JournalError, match=r"control\.json"):
        place.read(tmp_path)
