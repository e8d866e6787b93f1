"""Kills in the middle of commands, each followed by a rescue that another client watches."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, NamedTuple

import numpy as np

from labctl import clock
from labctl.rescuing import Rescue, RescueReport
from rigs.rescue import prepare
from tests.served_bench import bench_file
from tests.serving import Served
from tests.system.third_party import Looker

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 1.0
"""Within which a bench is safe after the end of its worker."""

GRACE = 10.0
"""Times that, in a test on a machine that does other work."""

AFTER = (0.3, 1.0, 3.0, 10.0, 50.0)
"""Milliseconds after a command was begun."""

Lines = Literal["serial", "tcp"]


class Kill(NamedTuple):
    """A kill in command number `command`; `how` as `tests.system.killed` takes it."""

    command: int
    how: str


class Found(NamedTuple):
    """What came of a kill: how long after the end of the process everything was off, seen by
    another client (None: it was not), what was on before, what the rescue says."""

    seconds: float | None
    was_on: frozenset[str]
    report: RescueReport


def lines_of(served: Served, lines: Lines) -> dict[str, str]:
    """Addresses by role, over serial ports as far as there are, or over TCP alone."""
    if lines == "serial":
        return {role: one["address"] for role, one in served.roles.items()}
    kinds = {"chuck": "modbus-tcp"}
    return {role: served.endpoint(role, kinds.get(role, "tcp")) for role in served.roles}


def written(served: Served, lines: Lines, folder: Path) -> Path:
    """The bench file for these lines."""
    path = folder / f"{lines}.toml"
    return bench_file(path, served.roles, addresses=lines_of(served, lines))


def commands(bench: Path) -> int:
    """How many commands the process sends that is not killed."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.system.killed", str(bench), "0"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    return int(done.stdout)


def every(count: int, seed: int, lines: Lines) -> Iterator[Kill]:
    """A kill in each of `count` commands, before it, in it or after it as it comes."""
    rng = np.random.default_rng(seed)
    ways = ["before", *(f"after{milliseconds}" for milliseconds in AFTER)]
    ways += ["half"] * 3 if lines == "serial" else []
    for command in range(1, count + 1):
        yield Kill(command, str(rng.choice(ways)))


def sample(count: int, seed: int, lines: Lines, size: int) -> list[Kill]:
    """`size` of them, one from each part of the work."""
    kills = list(every(count, seed, lines))
    rng = np.random.default_rng(seed)
    parts = np.array_split(np.arange(len(kills)), size)
    return [kills[int(rng.choice(part))] for part in parts]


def killed(served: Served, bench: Path, kill: Kill, within: float = GRACE * SECONDS) -> Found:
    """Let a process use `bench` and die; make it safe from here, while another client looks."""
    rescue: Rescue = prepare(bench)
    command = [sys.executable, "-m", "tests.system.killed", str(bench), str(kill.command)]
    with Looker(served) as looker:
        done = subprocess.run([*command, kill.how], cwd=ROOT, capture_output=True, check=False)
        ended = clock.stopwatch()
        # One that is killed so many ms after its last command may end before.
        assert done.returncode != 1, done.stderr
        was_on = looker.now()
        report = clock.run(rescue.safe(tell=lambda one: looker.free(one.role)), virtual=False)
        off = looker.all_off(within)
    return Found(None if off is None else max(0.0, off - ended), was_on, report)
