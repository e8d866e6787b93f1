"""Ten million readings reduced to 500 windows with their uncertainty, and the memory it took.

`python -m ci.soak.readings [--count 10000000] [--seed 1]` prints a line and writes it to
`ci/soak/results/readings.json`. The readings are structs as a journal hands them out, read once
from an iterator; the memory is the peak of the whole process, which Linux tells.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import msgspec
import numpy as np

from labctl import clock
from labctl.evidence import Accuracy, Reading
from labctl.uncertainty import MonteCarlo
from labctl.uncertainty.windows import samples, window_values

RESULTS = Path(__file__).parent / "results" / "readings.json"

LINE = Accuracy("voltage", 2.0, "V", gain=1e-3, offset=1e-3, source="of this soak", noise=0.01)


class Result(msgspec.Struct, frozen=True):
    """What `count` readings from `seed` took on `date` (UTC): `seconds` s, peak `megabytes` MB.

    `u_ratio` is the u of their mean over that of the limits of error alone.
    """

    date: str
    count: int
    seed: int
    seconds: float
    megabytes: float
    u_ratio: float
    ok: bool


def stream(count: int, seed: int) -> Iterator[Reading]:
    """`count` readings of 1 V, one a second."""
    rng = np.random.default_rng(seed)
    for first in range(0, count, 10_000):
        noise = LINE.noise * rng.standard_normal(min(10_000, count - first))
        for index, error in enumerate(noise.tolist(), first):
            yield Reading(1.0 + error, "V", float(index), 0.0, "visa://soak", "A", LINE)


def peak_megabytes() -> float:
    """Peak resident memory of this process in MB."""
    text = Path("/proc/self/status").read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) * 1024 / 1e6


def measure(count: int, seed: int) -> Result:
    """Reduce the readings and draw the mean of their windows."""
    began = clock.wall()
    mc = MonteCarlo(seed=seed)
    reduced = window_values(samples(stream(count, seed)), np.linspace(0.0, count, 501))
    figure = mc.figure(mc.windows(reduced).mean(axis=1), "V")
    seconds = (clock.wall() - began).total_seconds()
    ratio = figure.u / (2e-3 / 3**0.5)
    megabytes = peak_megabytes()
    counted = int(reduced.counts.sum())
    ok = megabytes < 500 and abs(ratio - 1) < 0.05 and counted == count
    date = began.isoformat(timespec="seconds")
    return Result(date, count, seed, round(seconds, 1), round(megabytes, 1), round(ratio, 4), ok)


def main() -> None:
    """Measure, print and write the result."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--results", type=Path, default=RESULTS)
    given = parser.parse_args()
    text = msgspec.json.format(msgspec.json.encode(measure(given.count, given.seed)), indent=1)
    print(text.decode())
    given.results.write_text(text.decode() + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
