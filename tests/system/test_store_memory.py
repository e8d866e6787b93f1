"""A million readings: writing and verifying them takes no more memory than the first did.

Ten million, and what else users do with them: ci/soak/many_readings.py.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
READINGS = 1_000_000
PEAK = 120.0
"""MiB; all of it is Python and what the package imports."""

GROWTH = 16.0
"""MiB that the last nine tenths may add to the first, for what the allocator keeps."""

WRITE = """
import sys
from pathlib import Path
import psutil
from labctl.verification import verify_run
from tests.benchmarks.many_readings import main

def look(done):
    print(done, psutil.Process().memory_info().rss / 2**20, flush=True)

run = main(sys.argv[1], int(sys.argv[2]), look)
assert verify_run(run).exit_code == 0
look(-1)
"""


@pytest.mark.timeout(240)
def test_memory_does_not_grow_with_the_readings(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WRITE, str(tmp_path), str(READINGS)],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    table = [line.split() for line in done.stdout.splitlines()]
    used = {int(count): float(size) for count, size in table}
    early, late, verified = used[READINGS // 10], used[READINGS], used[-1]
    assert late - early < GROWTH
    assert verified - early < 2 * GROWTH
    assert max(used.values()) < PEAK
