"""Running clients under the GPL: programs of another environment, which print JSON.

LABCTL_FOREIGN_GPL names its folder of programs (`bin`); gpl-requirements.txt says what is in it.
"""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

PROGRAMS = os.environ.get("LABCTL_FOREIGN_GPL", "")
PATIENCE = 60.0
"""Seconds that a program has to end; a guard against hanging only."""

NEEDED = pytest.mark.skipif(
    not PROGRAMS, reason="LABCTL_FOREIGN_GPL names no environment with the programs: .ci/run"
)


def run(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """`program` of that environment, with `arguments`, to its end."""
    return subprocess.run(
        [str(Path(PROGRAMS) / program), *arguments],
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
    )


def told(program: str, *arguments: str) -> dict[str, Any]:
    """What `program` prints; it must succeed."""
    done = run(program, *arguments)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def ours(name: str, *arguments: str) -> dict[str, Any]:
    """What `programs/<name>.py` prints, run by that environment's Python."""
    return told("python", str(Path(__file__).parent / "programs" / f"{name}.py"), *arguments)
