"""Runs of a thousand hours, killed at many more places than the tests do.

`python -m ci.soak.kills [POINTS] [SEED] [HOURS]` kills a run of 1.1-04 at each place, goes on
without an outage, and compares readings, verdict and hash chain with an undisturbed run. It prints
one line a place and ends with 1 where one differs. The result is kept in
ci/soak/results/kills.txt with its date and seed.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path
from typing import NamedTuple

import numpy as np

from labctl.clock import stopwatch, wall
from labctl.engine import execute
from labctl.requests import ItemOutcome
from labctl.resume import ResumeRequest, resume
from labctl.runcheck import check_run
from labctl.runfile import open_run
from tests.system.dying import KILLED, request

POINTS, SEED, HOURS = 1000, 1, 1000.0
ROOT = Path(__file__).resolve().parents[2]

READINGS = (7, 18_000)
"""From the first that counts to the last, about."""

STRATA = {
    "inside a step": READINGS,
    "before a commit": (2, 190),
    "after a commit": (2, 190),
    "batch": (2, 190),
    "step's end": (1, 42),
    "arrange": (1, 2),
    "resume": (1, 2),
}
"""How often a place is passed in 1,000 h, about, from and to; the last two while it goes on."""


class Kill(NamedTuple):
    """A kill at a `passage` of a place; `first` is the reading in which an earlier one
    came, 0 where there was none."""

    stratum: str
    passage: int
    first: int = 0

    def __str__(self) -> str:
        earlier = f" after reading {self.first}" if self.first else ""
        return f"{self.stratum} {self.passage}{earlier}"


class Found(NamedTuple):
    """What a run came to: its items and the readings that count, by channel."""

    items: tuple[ItemOutcome, ...]
    readings: dict[str, list[object]]


def kills(points: int, seed: int, hours: float) -> Iterator[Kill]:
    """As many kills as asked for, the strata in turn."""
    rng = np.random.default_rng(seed)
    part = min(1.0, hours / HOURS)
    for stratum, (low, high) in islice(cycle(STRATA.items()), points):
        end = max(low + 1, round(high * part))
        first = int(rng.integers(READINGS[0], round(READINGS[1] * part))) if high <= 2 else 0
        yield Kill(stratum, int(rng.integers(low, end)), first)


def die(where: Path, stratum: str, count: int, more: str) -> None:
    """A process of its own that ends by its own hand; `RuntimeError` where it does not."""
    command = [sys.executable, "-m", "tests.system.dying", str(where), stratum, str(count), more]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    if done.returncode != KILLED:
        raise RuntimeError(f"not killed: {done.stderr.decode('utf-8')[-800:]}")


def killed(kill: Kill, runs: Path, hours: float) -> Path:
    """The folder of a run that was killed so."""
    stratum, count = ("inside a step", kill.first) if kill.first else (kill.stratum, kill.passage)
    die(runs, stratum, count, str(hours))
    (journal,) = runs.glob("*/journal.db")
    if kill.first:
        die(journal.parent, kill.stratum, kill.passage, "go-on")
    return journal.parent


def found(folder: Path, items: tuple[ItemOutcome, ...]) -> Found:
    """What stands in the folder of a run that came to `items`."""
    (item,) = open_run(folder).items
    names = sorted(item.channels)
    return Found(items, {name: list(open_run(folder).readings(item.id, name)) for name in names})


def differences(kill: Kill, whole: Found, hours: float) -> list[str]:
    """In which ways a killed run that went on is not as the undisturbed one."""
    with tempfile.TemporaryDirectory(prefix="labctl-kills-") as runs:
        folder = killed(kill, Path(runs), hours)
        ours = found(folder, resume(ResumeRequest(folder)).items)
        problems = [str(problem) for problem in check_run(folder)]
    if ours.items != whole.items:
        problems.append("another verdict")
    if ours.readings != whole.readings:
        problems.append("other readings")
    return problems


def undisturbed(hours: float) -> Found:
    """The run that is left alone."""
    with tempfile.TemporaryDirectory(prefix="labctl-kills-") as runs:
        outcome = execute(request(Path(runs), hours))
        return found(outcome.path, outcome.items)


def main(arguments: list[str]) -> int:
    """Run it; 1 where a run differs."""
    points = int(arguments[0]) if arguments else POINTS
    seed = int(arguments[1]) if len(arguments) > 1 else SEED
    hours = float(arguments[2]) if len(arguments) > 2 else HOURS
    print(f"{wall():%Y-%m-%d}: {points} kills of 1.1-04 over {hours:g} h, seed {seed}", flush=True)
    whole, failed = undisturbed(hours), 0
    for kill in kills(points, seed, hours):
        began = stopwatch()
        problems = differences(kill, whole, hours)
        failed += bool(problems)
        took = stopwatch() - began
        print(f"{kill!s:40} {'; '.join(problems) or 'the same'} in {took:5.1f} s", flush=True)
    print(f"{failed} of {points} differ", flush=True)
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
