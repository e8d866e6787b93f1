"""Ten million readings: how much memory it takes to write, verify, show and export them.

`python -m ci.soak.many_readings [READINGS]` writes a run with that many readings in one channel and
does with it what users do, each in a process of its own, whose peak memory and time are printed.
It ends with 1 where one takes more than 300 MiB. The result is kept in
ci/soak/results/many_readings.txt with its date. On Linux: only there a process knows its own peak.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from labctl.clock import stopwatch, wall

READINGS = 10_000_000
LIMIT = 300.0
"""MiB."""

ROOT = Path(__file__).resolve().parents[2]

PEAK = """
import sys
code = 0
try:
    {code}
finally:
    with open("/proc/self/status", encoding="utf-8") as status:
        peak = next(line.split()[1] for line in status if line.startswith("VmHWM"))
    print("peak", int(peak) / 1024, flush=True)
sys.exit(0 if code in (0, 2) else code)
"""

WRITE = "from tests.benchmarks.many_readings import main; main({runs!r}, {count})"
LABCTL = "from labctl.cli.main import main; code = main([{words}])"


def measured(name: str, code: str) -> float:
    """Peak memory in MiB of a process that runs `code`, which is printed with its time."""
    began = stopwatch()
    done = subprocess.run(
        [sys.executable, "-c", PEAK.format(code=code)],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode != 0:
        raise RuntimeError(f"{name}: {done.stdout[-400:]}{done.stderr[-800:]}")
    peak = float(done.stdout.splitlines()[-1].split()[1])
    print(f"{name:<10}{peak:8.0f} MiB{stopwatch() - began:9.1f} s", flush=True)
    return peak


def main(count: int) -> int:
    """Write so many readings and do with them what users do."""
    print(f"{wall():%Y-%m-%d}: {count} readings", flush=True)
    with tempfile.TemporaryDirectory(prefix="labctl-many-") as runs:
        peaks = [measured("write", WRITE.format(runs=runs, count=count))]
        (journal,) = Path(runs).glob("*/journal.db")
        print(f"journal   {journal.stat().st_size / 2**20:8.0f} MiB")
        run = str(journal.parent)
        for words in (["verify", run], ["show", run], ["report", run, "--format", "csv"],
                      ["report", run]):  # fmt: skip
            name = "csv" if "csv" in words else words[0]
            peaks.append(measured(name, LABCTL.format(words=", ".join(map(repr, words)))))
    return int(max(peaks) > LIMIT)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else READINGS))
