"""What the documentation shows is run: Python blocks as one program a page, and its commands."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.pages import Block, blocks, commands, pages, read, script
from tests.house.tree import ROOT

BLOCKS = {path.relative_to(ROOT).as_posix(): path for path in pages()}
VERDICTS = {0, 1, 2}
"""Exit codes of a command that did what was asked; 1 and 2 tell of a verdict."""


def _run(arguments: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(folder), str(ROOT)]),
        "LABCTL_RUNS": str(folder / "runs"),
        "PYTHONUTF8": "1",
    }
    return subprocess.run(
        arguments,
        cwd=folder,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=100,
    )


def _with(language: str) -> list[str]:
    return [
        name
        for name, path in BLOCKS.items()
        if any(block.language == language for block in read(path))
    ]


@pytest.mark.parametrize("name", _with("python"))
def test_python_blocks_run(name: str, tmp_path: Path) -> None:
    page = read(BLOCKS[name])
    program = tmp_path / "page.py"
    program.write_text(script(page, tmp_path), encoding="utf-8")
    done = _run([sys.executable, "-W", "error", str(program)], tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", _with("console"))
def test_commands_run(name: str, tmp_path: Path) -> None:
    page = read(BLOCKS[name])
    script(page, tmp_path)
    for line in commands(page):
        words = shlex.split(line, comments=True)
        assert words[0] == "labctl", f"only labctl is run from a console block: {line}"
        done = _run([sys.executable, "-m", "labctl", *words[1:]], tmp_path)
        assert done.returncode in VERDICTS, f"{line}\n{done.stdout}{done.stderr}"


def test_the_guides_have_blocks() -> None:
    assert {f"docs/write-a-{what}.md" for what in ("driver", "rig", "procedure")} <= set(
        _with("python")
    )
    assert "docs/first-hour.md" in _with("console")


def test_a_failing_block_is_found(tmp_path: Path) -> None:
    page = blocks("text\n\n```python\nx = 1\n```\n\n```python\nassert x == 2\n```\n")
    program = tmp_path / "page.py"
    program.write_text(script(page, tmp_path), encoding="utf-8")
    assert _run([sys.executable, str(program)], tmp_path).returncode != 0


def test_a_page_has_the_files_of_the_one_it_goes_on_from(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text('```python title="x.py"\ny = 1\n```\n', encoding="utf-8")
    later = tmp_path / "b.md"
    later.write_text("<!-- files of a.md -->\n```python\nimport x\n```\n", encoding="utf-8")
    assert [block.title for block in read(later)] == ["x.py", ""]


def test_a_titled_block_becomes_a_file(tmp_path: Path) -> None:
    page = blocks(
        '```toml title="benches/a.toml"\nname = "a"\n```\n```console\n$ labctl runs\nx\n```\n'
    )
    assert page[0] == Block("toml", "benches/a.toml", 'name = "a"\n', 1)
    assert script(page, tmp_path) == ""
    assert (tmp_path / "benches/a.toml").read_text(encoding="utf-8") == 'name = "a"\n'
    assert commands(page) == ["labctl runs"]
