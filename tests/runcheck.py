"""Whether a run's folder is what was written, in words."""

from __future__ import annotations

from pathlib import Path

from labctl.verification import verify_run


def check_run(path: Path) -> tuple[str, ...]:
    """What is wrong with the run in the folder `path`; nothing where it is whole and follows."""
    return tuple(problem.text for problem in verify_run(path).problems)
