"""A run of 1.1-04 over 100 h that kills its own process at a chosen place, or is resumed.

python -m tests.system.dying RUNS STRATUM COUNT [HOURS [ITEM]]  a new run in the folder RUNS
python -m tests.system.dying FOLDER STRATUM COUNT go-on         the run in FOLDER goes on, and dies
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

from labctl.agreement import default
from labctl.catalogue import load
from labctl.engine import execute
from labctl.indicator import Indicator
from labctl.journal import chain, committer, writer
from labctl.landing import Landing
from labctl.requests import RunRequest
from labctl.resume import ResumeRequest, resume
from labctl.steps import Steps
from procedures.methods.photovoltaics import illuminated
from tests.killed import die

ITEM = "1.1-04"
HOURS = 100.0
POINTS = 40
"""Points of an exposure after which a part is committed."""

PLACES: dict[str, tuple[Any, str, bool]] = {
    "inside a step": (writer.Journal, "record", False),
    "before a commit": (committer.Committer, "_commit", False),
    "in a transaction": (chain.Link, "next", False),
    "after a commit": (committer.Committer, "_commit", True),
    "batch": (writer.Journal, "_push", False),
    "step's end": (Steps, "finish", False),
    "arrange": (illuminated, "restore", False),
    "resume": (Landing, "land", False),
}
"""Where a process may die: what is called there, and whether it dies when that is over."""


def shortened(hours: float = HOURS, item: str = ITEM) -> Indicator:
    """The indicator `item` over `hours`."""
    whole = load().get(item)
    conditions = tuple(
        msgspec.structs.replace(c, value=hours) if c.quantity == "duration" else c
        for c in whole.conditions
    )
    return msgspec.structs.replace(whole, conditions=conditions)


def request(runs: Path, hours: float = HOURS, item: str = ITEM) -> RunRequest:
    """What is run."""
    return RunRequest(
        (item,), (shortened(hours, item),), default(), runs, seed=3, draws=400, points=POINTS
    )


def dying(call: Callable[..., Any], count: int, *, after: bool = False) -> Callable[..., Any]:
    """`call`, in whose `count`-th use the process is killed, before it does anything or after."""
    left = [count]

    def counted(*args: Any, **more: Any) -> Any:
        left[0] -= 1
        if left[0] == 0 and not after:
            die()
        found = call(*args, **more)
        if left[0] == 0:
            die()
        return found

    return counted


def arm(stratum: str, count: int) -> None:
    """Let the process die at the `count`-th passage of a place."""
    if stratum != "nowhere":
        owner, name, after = PLACES[stratum]
        setattr(owner, name, dying(getattr(owner, name), count, after=after))


@contextmanager
def passages() -> Generator[dict[str, int]]:
    """How often each place is passed inside the block."""
    seen = dict.fromkeys(PLACES, 0)
    kept = [(owner, name, getattr(owner, name)) for owner, name, _ in PLACES.values()]

    def counting(place: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*args: Any, **more: Any) -> Any:
            seen[place] += 1
            return call(*args, **more)

        return counted

    try:
        for place, (owner, name, _) in PLACES.items():
            setattr(owner, name, counting(place, getattr(owner, name)))
        yield seen
    finally:
        for owner, name, call in kept:
            setattr(owner, name, call)


def main(where: Path, stratum: str, count: int, more: str = "", item: str = ITEM) -> None:
    """Run `item`, for as many hours as `more` says, or go on, and die."""
    arm(stratum, count)
    if more == "go-on":
        resume(ResumeRequest(where))
    else:
        execute(request(where, float(more or HOURS), item))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), *sys.argv[4:])
