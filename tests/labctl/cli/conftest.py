"""The command line in this process, with a run of a document indicator to look at."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from labctl.cli.main import main


@dataclass(frozen=True)
class Answer:
    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """What `--json` printed: exactly one document."""
        return json.loads(self.out)


Command = Callable[..., Answer]


@pytest.fixture
def labctl(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Command:
    """Runs `labctl ARGUMENTS`; English, with folders of runs, leases and keys of its own."""
    monkeypatch.setenv("LC_ALL", "C")
    monkeypatch.setenv("LABCTL_RUNS", str(tmp_path / "runs"))
    monkeypatch.setenv("LABCTL_LEASES", str(tmp_path / "leases"))
    monkeypatch.setenv("LABCTL_KEYS", str(tmp_path / "keys.toml"))
    monkeypatch.setattr("labctl.keys.private.folder", lambda: tmp_path / "keys")

    def run(*arguments: object) -> Answer:
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return Answer(code, out, err)

    return run
