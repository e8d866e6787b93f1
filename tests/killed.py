"""A process that kills itself as `kill -9` or Windows' task manager would, at a chosen place."""

from __future__ import annotations

import sys
from typing import NoReturn

from labctl.platform.processes import kill, this_process

KILLED = 15 if sys.platform == "win32" else -9
"""What the parent of a killed process is told as its exit code."""


def die() -> NoReturn:
    """The process that asks ends here: nothing is flushed, no handler and no `finally` runs."""
    kill(this_process())
    raise AssertionError("a killed process went on")
