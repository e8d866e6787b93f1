"""Whole directions on their nominal and failing devices: processor time, as `labctl ci` runs them.

`python -m ci.soak.directions 6.7 7.3 8.11 9.8` runs each served indicator of the directions on both
devices, one after the other in one process, and prints the time by direction and the dearest
indicators. Half of the sum is what two cores take. The result is added to
ci/soak/results/directions.txt with its date and commit.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from labctl.catalogue import load
from labctl.ci.trial import Job, carried
from labctl.clock import wall
from labctl.discovery import procedure_for
from labctl.indicator import Indicator
from labctl.testing.standing import DUTS

ROOT = Path(__file__).resolve().parents[2]
RESULTS = Path(__file__).parent / "results" / "directions.txt"
DEAREST = 3
SEED = 1


def served(directions: Sequence[str]) -> list[Indicator]:
    """The indicators of `directions` that have a procedure."""
    return [one for one in load().select(*directions) if procedure_for(one) is not None]


def times(indicators: Sequence[Indicator], folder: str) -> dict[str, float]:
    """Processor seconds of each of `indicators` on both devices; libraries are loaded before."""
    carried(Job((indicators[0],), "nominal", SEED, folder))
    taken: dict[str, float] = {}
    for one in indicators:
        began = time.process_time()
        for dut in DUTS:
            carried(Job((one,), dut, SEED, folder))
        taken[one.id] = time.process_time() - began
    return taken


def told(taken: dict[str, float]) -> list[str]:
    """Lines by direction, and one of the sum."""
    lines: list[str] = []
    for direction in dict.fromkeys(id.partition("-")[0] for id in taken):
        own = {id: s for id, s in taken.items() if id.partition("-")[0] == direction}
        most = sorted(own, key=lambda id: -own[id])[:DEAREST]
        dearest = ", ".join(f"{id} {own[id]:.1f} s" for id in most)
        lines.append(f"  {direction}: {len(own)} indicators, {sum(own.values()):.0f} s ({dearest})")
    whole = sum(taken.values())
    return [*lines, f"  in all {whole:.0f} s of processor, {whole / 2:.0f} s by two cores"]


def main(directions: Sequence[str]) -> int:
    """Time `directions` and keep the result."""
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"],
        cwd=ROOT, capture_output=True, encoding="utf-8", check=True,
    ).stdout.strip()  # fmt: skip
    with tempfile.TemporaryDirectory(prefix="labctl-directions-") as folder:
        lines = told(times(served(directions), folder))
    text = "\n".join([f"{wall():%Y-%m-%d}, commit {commit}, seed {SEED}", *lines])
    print(text)
    with RESULTS.open("a", encoding="utf-8") as out:
        out.write(text + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
