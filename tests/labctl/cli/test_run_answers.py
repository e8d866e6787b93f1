"""`run --answers`: the script is looked at before anything is begun."""

from __future__ import annotations

from pathlib import Path

from labctl.journal.plain import decode
from labctl.journal.reader import Reader
from labctl.requests import StoredRequest

from .conftest import Command


def test_a_script_that_is_wrong_begins_no_run(labctl: Command, tmp_path: Path) -> None:
    script = tmp_path / "answers.toml"
    for text, why in ((None, "cannot be read"), ('width = "5"', "no script of answers")):
        if text is not None:
            script.write_text(text, encoding="utf-8")
        answer = labctl("run", "1.1-02", "--answers", script, "--json")
        assert answer.code == 3
        assert why in answer.document["error"]["message"]
    assert not (tmp_path / "runs").exists()


def test_a_resumed_run_finds_its_script_again(labctl: Command, tmp_path: Path) -> None:
    script = tmp_path / "answers.toml"
    script.write_text('[width]\nvalue = "5"\n', encoding="utf-8")
    run = labctl("run", "1.1-02", "--answers", script, "--json").document
    with Reader(Path(run["path"]) / "journal.db") as reader:
        stored = decode(reader.identity()["request"], StoredRequest)
    assert Path(stored.answers) == script.resolve()
