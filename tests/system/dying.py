"""A run of 1.1-04 over 100 h that kills its own process at a chosen place, or is resumed.

python -m tests.system.dying RUNS STRATUM COUNT [HOURS]  a new run in the folder RUNS
python -m tests.system.dying FOLDER STRATUM COUNT go-on  the run in FOLDER goes on, and dies
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from labctl.agreement import default
from labctl.catalogue import load
from labctl.engine import execute
from labctl.indicator import Indicator
from labctl.journal import committer, writer
from labctl.landing import Landing
from labctl.requests import RunRequest
from labctl.resume import ResumeRequest, resume
from labctl.steps import Steps
from procedures.methods.photovoltaics import light

HOURS = 100.0
POINTS = 40
"""Points of an exposure after which a part is committed."""

KILLED = 9


def shortened(hours: float = HOURS) -> Indicator:
    """1.1-04 over `hours`."""
    whole = load().get("1.1-04")
    conditions = tuple(
        msgspec.structs.replace(c, value=hours) if c.quantity == "duration" else c
        for c in whole.conditions
    )
    return msgspec.structs.replace(whole, conditions=conditions)


def request(runs: Path, hours: float = HOURS) -> RunRequest:
    """What is run."""
    return RunRequest(
        ("1.1-04",), (shortened(hours),), default(), runs, seed=3, draws=400, points=POINTS
    )


def dying(call: Callable[..., Any], count: int, *, after: bool = False) -> Callable[..., Any]:
    """`call`, in whose `count`-th use the process is killed, before it does anything or after."""
    left = [count]

    def counted(*args: Any, **more: Any) -> Any:
        left[0] -= 1
        if left[0] == 0 and not after:
            os._exit(KILLED)
        found = call(*args, **more)
        if left[0] == 0:
            os._exit(KILLED)
        return found

    return counted


def arm(stratum: str, count: int) -> None:
    """Let the process die at the `count`-th passage of a place."""
    places: dict[str, tuple[Any, str, bool]] = {
        "inside a step": (writer.Journal, "record", False),
        "before a commit": (committer.Committer, "_commit", False),
        "after a commit": (committer.Committer, "_commit", True),
        "batch": (writer.Journal, "_push", False),
        "step's end": (Steps, "finish", False),
        "arrange": (light, "restore", False),
        "resume": (Landing, "land", False),
    }
    if stratum != "nowhere":
        owner, name, after = places[stratum]
        setattr(owner, name, dying(getattr(owner, name), count, after=after))


def main(where: Path, stratum: str, count: int, more: str = "") -> None:
    """Run, for as many hours as `more` says, or go on, and die."""
    arm(stratum, count)
    if more == "go-on":
        resume(ResumeRequest(where))
    else:
        execute(request(where, float(more or HOURS)))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), *sys.argv[4:])
