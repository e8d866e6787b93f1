"""The README's two commands stand there as one line each, and are what CI runs."""

from __future__ import annotations

import re
import subprocess

from tests.house.tree import ROOT

COMMANDS = (
    "python -m pip install -e . && labctl demo",
    'python -m pip install -e ".[test]" && pytest',
)


def _text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_the_readme_has_the_two_commands_as_a_line_each() -> None:
    lines = _text("README.md").splitlines()
    assert all(command in lines for command in COMMANDS)


def test_ci_takes_both_from_the_readme() -> None:
    script = _text(".ci/run")
    patterns = re.findall(r"readme_command '(.+?)'\)", script)
    found = [
        command
        for command in COMMANDS
        for pattern in patterns
        if re.fullmatch(f"python -m pip install -e {pattern}", command)
    ]
    assert found == list(COMMANDS)


def test_the_readmes_verdicts_are_outcomes() -> None:
    from labctl.judging.outcome import Outcome

    rows = re.findall(r"^1\.\d-\d\d .*?  ([A-Z ]+)$", _text("README.md"), re.MULTILINE)
    assert rows
    assert {row.strip() for row in rows} <= {outcome.value for outcome in Outcome}


def test_licence_and_version_agree() -> None:
    project = _text("pyproject.toml")
    assert "Apache License" in _text("LICENSE")
    assert 'license = "Apache-2.0"' in project
    version = re.search(r'^version = "(.+)"$', project, re.MULTILINE)
    assert version
    assert f"## {version[1]}" in _text("CHANGELOG.md") or "## Unreleased" in _text("CHANGELOG.md")


def test_no_lock_file_is_tracked() -> None:
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, encoding="utf-8", check=True
    ).stdout
    assert not re.search(r"(^|/)([\w.-]*\.lock|package-lock\.json)$", listed, re.MULTILINE)
