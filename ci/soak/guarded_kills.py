"""The worker of a guarded run is killed in every one of its commands.

`python -m ci.soak.guarded_kills [SEED] [EVERY]` serves the photovoltaic bench, lets `labctl run`
drive all of it with guardian and worker, and kills the worker in each command (with EVERY, in each
EVERY-th), over serial ports and over TCP: before the command has gone, when half of its bytes have,
or so many ms after it. Each time the guardian makes the bench safe, while another client looks. It
prints one line a kill and ends with 1 where something stayed on, or was on for ten times as long as
it may be. The result is kept in ci/soak/results/guarded_kills.txt with its date and seed.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from labctl.clock import wall
from tests.system.crossing import LINES, Lines
from tests.system.guarded import Stand, served_stand
from tests.system.guarded_kills import SECONDS, Kill, commands, every, killed

SEED = 20261123


def tried(on: Stand, lines: Lines, runs: Path, kill: Kill) -> list[float | None]:
    """How long the bench was on after the kill, in s, told; None where that cannot be accepted.

    Nothing where the run came to its end before that command.
    """
    found = killed(on, lines, runs, kill)
    if found is None:
        print(f"{lines:6} {kill.command:3} was not sent")
        return []
    seconds = "ON" if found.seconds is None else f"{found.seconds:6.3f} s"
    was_on = " ".join(sorted(found.was_on)) or "nothing"
    print(f"{lines:6} {kill.command:3} {kill.how:9} off after {seconds}  was on: {was_on}")
    if found.seconds is None or found.seconds > SECONDS or not found.is_good:
        print(f"       guardian's first command after {found.noticed:.3f} s; {found.rescue}")
    sys.stdout.flush()
    return [found.seconds if found.is_good else None]


def main(seed: int = SEED, step: int = 1) -> int:
    """All kills; the exit code."""
    took: list[float | None] = []
    print(f"{wall():%Y-%m-%d}: kills in every {step}. command of guarded runs, seed {seed}")
    with tempfile.TemporaryDirectory() as name, served_stand(Path(name), "photovoltaic") as on:
        for lines in LINES:
            count = commands(on, lines, Path(name, lines))
            for kill in every(range(1, count + 1, step), seed):
                took += tried(on, lines, Path(name, f"{lines}-{kill.command}"), kill)
    good = sorted(one for one in took if one is not None)
    late = sum(one > SECONDS for one in good)
    print(f"{len(took)} kills, {len(took) - len(good)} not accepted; off after {good[0]:.3f} s to")
    print(f"{good[-1]:.3f} s, half of them within {good[len(good) // 2]:.3f} s;")
    print(f"{late} later than {SECONDS:g} s, on a machine that does other work")
    return int(len(good) < len(took))


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
