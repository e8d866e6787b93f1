"""A process that drives a served bench is killed in every one of its commands.

`python -m ci.soak.guarded_kills [SEED] [EVERY]` serves the photovoltaic bench, lets a process drive
all of it and kills it in each command (with EVERY, in each EVERY-th), over serial ports and over
TCP; before a command is sent, in the middle of its bytes or so many ms after it was begun. Each
time the bench is made safe from outside, while another client looks. It prints one line a kill and
ends with 1 where something stayed on, or was on for ten times as long as it may be. The result is
kept in ci/soak/results/guarded_kills.txt with its date and seed.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import get_args

from labctl.clock import wall
from tests.serving import Served
from tests.system.guarded_kills import (
    GRACE,
    SECONDS,
    Kill,
    Lines,
    commands,
    every,
    killed,
    written,
)

SEED = 20261123


def tried(served: Served, bench: Path, kill: Kill, lines: Lines) -> float | None:
    """How long the bench was on after the kill, in s, told; None where that cannot be accepted."""
    found = killed(served, bench, kill)
    seconds = "ON" if found.seconds is None else f"{found.seconds:6.3f} s"
    was_on = " ".join(sorted(found.was_on)) or "nothing"
    unsafe = "" if found.report.is_safe else f"  {found.report.told()}"
    print(f"{lines:6} {kill.command:3} {kill.how:9} off after {seconds}  on: {was_on}{unsafe}")
    sys.stdout.flush()
    good = found.seconds is not None and found.seconds < GRACE * SECONDS and found.report.is_safe
    return found.seconds if good else None


def main(seed: int = SEED, step: int = 1) -> int:
    """All kills; the exit code."""
    took: list[float | None] = []
    print(f"{wall():%Y-%m-%d}: kills in every {step}. command, seed {seed}")
    with Served("photovoltaic") as served, tempfile.TemporaryDirectory() as folder:
        for lines in get_args(Lines):
            bench = written(served, lines, Path(folder))
            for kill in list(every(commands(bench), seed, lines))[::step]:
                took.append(tried(served, bench, kill, lines))
    good = sorted(one for one in took if one is not None)
    late = sum(one > SECONDS for one in good)
    print(f"{len(took)} kills, {len(took) - len(good)} not accepted; off after {good[0]:.3f} s to")
    print(f"{good[-1]:.3f} s, half of them within {good[len(good) // 2]:.3f} s;")
    print(f"{late} later than {SECONDS:g} s, on a machine that does other work")
    return int(len(good) < len(took))


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
