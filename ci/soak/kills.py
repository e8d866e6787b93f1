"""Runs of a thousand hours, killed at many more places than the tests do.

`python -m ci.soak.kills [--points 1000] [--seed N] [--hours 1000] [--processes 2] [--minutes M]`
kills a run of 1.1-04 at each place and goes on; readings, verdict and hash chain must equal those
of an undisturbed run. With `--outage 30` labctl is away for 30 min: of 1.1-04, which tolerates
that, the verdict must agree within U; so must that of 1.2-06, which does not, but in an exposure,
where it must be INVALID. One line a kill is added to ci/soak/results/kills.txt, or
kills-30-min.txt; started again with the same commit, seed and hours it goes on behind them. It
ends with 1 where one differs.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from itertools import cycle, islice, product
from multiprocessing.context import BaseContext
from pathlib import Path

import numpy as np

from ci.soak.killing import Found, Kill, context, differences, undisturbed
from labctl.clock import stopwatch, wall
from labctl.record import CODE
from tests.system.dying import PLACES

POINTS, SEED, HOURS = 1000, 20261123, 1000.0
RESULTS = Path(__file__).parent / "results"
ROOT = Path(__file__).resolve().parents[2]

ITEMS, ITEMS_IN_OUTAGES = ("1.1-04",), ("1.1-04", "1.2-06")
"""What is killed."""

ONCE = ("arrange", "resume")
"""Places that are passed once each time a run goes on: it was killed before."""

FIRST = 7
"""The first reading in which a kill comes."""

BEGUN = 2
"""The first passage of a place in a run that has begun: what is killed in its first commit has
nothing to go on with, and `labctl resume` says so."""

PLENTY, TRIES = "inside a step", 20
"""A place that is passed thousands of times; how often one is drawn that was not drawn before."""


def kills(
    points: int, seed: int, outage: float, passed: Mapping[str, Mapping[str, int]]
) -> Iterator[Kill]:
    """As many kills as asked for, no two the same; `passed` is how often each place is passed, by
    procedure. A place that is passed too seldom for so many gives way to `PLENTY`."""
    rng = np.random.default_rng(seed)
    seen: set[Kill] = set()
    for item, stratum in islice(cycle(product(passed, PLACES)), points):
        places = [stratum] * TRIES + [PLENTY] * TRIES
        drawn = (_kill(rng, item, 60.0 * outage, place, passed[item]) for place in places)
        kill = next(one for one in drawn if one not in seen)
        seen.add(kill)
        yield kill


def _kill(
    rng: np.random.Generator, item: str, outage: float, stratum: str, passed: Mapping[str, int]
) -> Kill:
    if stratum in ONCE:
        return Kill(item, outage, stratum, 1, int(rng.integers(FIRST, passed[PLENTY])))
    low = FIRST if stratum == PLENTY else BEGUN
    return Kill(item, outage, stratum, int(rng.integers(low, passed[stratum] + 1)))


def title(seed: int, hours: float) -> str:
    """What was killed: commit, seed and hours. Lines under another title are not gone on with."""
    said = _git("rev-parse", "--short=12", "HEAD")
    commit = said.stdout.decode("utf-8").strip()
    changed = _git("diff", "--quiet", "HEAD", "--", *CODE).returncode != 0
    return f"kills over {hours:g} h, seed {seed}, commit {commit}{' and changes' * changed}"


def _git(*words: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(["git", *words], cwd=ROOT, capture_output=True, check=False)


def known(path: Path, head: str) -> list[str]:
    """The lines that stand in the file `path` under the title `head`."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    return lines[1:] if lines and lines[0] == head else []


def tried(ctx: BaseContext, kill: Kill, whole: Found, hours: float) -> str:
    """The line on a kill."""
    began = stopwatch()
    problems = differences(ctx, kill, whole, hours)
    came = "; ".join(problems) or ("as it must be" if kill.outage else "the same")
    return f"{kill}: {came} | {wall():%Y-%m-%d}, {stopwatch() - began:.1f} s"


def main() -> int:
    """Run it; 1 where a run differs."""
    given = _given()
    path = given.results / (f"kills-{given.outage:g}-min.txt" if given.outage else "kills.txt")
    head = title(given.seed, given.hours)
    lines = known(path, head)
    items = ITEMS_IN_OUTAGES if given.outage else ITEMS
    whole = {item: undisturbed(item, given.hours) for item in items}
    ctx = context(whole.values())
    passed = {item: one.passages for item, one in whole.items()}
    done = {line.partition(":")[0] for line in lines}
    asked = kills(given.points, given.seed, given.outage, passed)
    left = [kill for kill in asked if str(kill) not in done]
    began = stopwatch()

    def one(kill: Kill) -> str:
        if stopwatch() - began > 60.0 * given.minutes:
            return ""
        return tried(ctx, kill, whole[kill.item], given.hours)

    path.write_text("\n".join([head, *lines, ""]), encoding="utf-8")
    with ThreadPoolExecutor(given.processes) as pool:
        for future in as_completed([pool.submit(one, kill) for kill in left]):
            if line := future.result():
                lines.append(line)
                print(line, flush=True)
                with path.open("a", encoding="utf-8") as file:
                    file.write(line + "\n")
    wrong = [line for line in lines if ": the same |" not in line and ": as it must" not in line]
    print(f"{len(wrong)} of {len(lines)} differ, {given.points} were asked for", flush=True)
    return int(bool(wrong))


def _given() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--points", type=int, default=POINTS)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--hours", type=float, default=HOURS)
    parser.add_argument("--outage", type=float, default=0.0)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--minutes", type=float, default=float("inf"))
    parser.add_argument("--results", type=Path, default=RESULTS)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
