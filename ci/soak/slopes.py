"""Measured on true over five true values of each photovoltaic indicator, many devices each.

`python -m ci.soak.slopes [--devices 50] [--seed 1000] [--processes 2] [ITEM ...]` prints a table
and writes the items' entries in `ci/soak/results/slopes.json`; those of other items stay. Each
device of an item has a bench of its own.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import msgspec

from ci.soak.comparison import Comparison, Line, Summary, line_through, summary
from ci.soak.devices import TRUE_VALUES, measure
from labctl import clock

RESULTS = Path(__file__).parent / "results" / "slopes.json"

BANDS = {50: (0.68, 1.34, 0.47, 8), 100: (0.77, 1.24, 0.33, 13), 200: (0.84, 1.17, 0.23, 21)}
"""By number of devices: lowest and highest rms z, largest abs(mean z), most misses."""

Job = tuple[str, float, int]


class Slope(msgspec.Struct, frozen=True):
    """What an indicator came to on `date` (UTC) with devices from `seed` on.

    `ok` is None where no band is stated for that many devices.
    """

    item: str
    date: str
    seed: int
    line: Line
    summary: Summary
    ok: bool | None
    devices: tuple[Comparison, ...]


def jobs(items: Sequence[str], devices: int, seed: int) -> Iterator[Job]:
    """(item, true value, seed) of every device; no two of an item share a seed."""
    for item in items:
        for index in range(devices):
            values = TRUE_VALUES[item]
            yield item, values[index % len(values)], seed + index


def one(job: Job) -> Comparison:
    """Measure one device."""
    item, true, seed = job
    with tempfile.TemporaryDirectory(prefix="labctl-slopes-") as folder:
        return measure(item, true, seed, Path(folder))


def slope(item: str, found: Sequence[Comparison]) -> Slope:
    """The statistics of one indicator."""
    line, total = line_through(found), summary(found)
    date = clock.wall().isoformat(timespec="seconds")
    seed = min(one.seed for one in found)
    return Slope(item, date, seed, line, total, within(line, total), tuple(found))


def within(line: Line, total: Summary) -> bool | None:
    """Whether the line is measured = true within 3 u, and z inside METROLOGY's bands."""
    if total.count not in BANDS:
        return None
    low, high, most_mean, most_misses = BANDS[total.count]
    straight = abs(line.slope - 1) <= 3 * line.u_slope
    centred = abs(line.intercept) <= 3 * line.u_intercept
    honest = low <= total.rms_z <= high and abs(total.mean_z) <= most_mean
    return straight and centred and honest and total.misses <= most_misses


def read(path: Path) -> tuple[Slope, ...]:
    """The record in the file `path`; nothing where there is none."""
    if not path.is_file():
        return ()
    return msgspec.json.decode(path.read_bytes(), type=tuple[Slope, ...])


def write(path: Path, rows: Sequence[Slope]) -> None:
    """Put `rows` in the place of those of the same items in the file `path`."""
    known = {row.item: row for row in (*read(path), *rows)}
    text = msgspec.json.encode([known[item] for item in sorted(known)])
    path.write_text(msgspec.json.format(text, indent=1).decode() + "\n", encoding="utf-8")


def table(rows: Sequence[Slope]) -> Iterator[str]:
    """The record as lines of text."""
    for row in rows:
        line, total = row.line, row.summary
        yield (
            f"{row.item}  n {total.count}  slope {line.slope:.4f} u {line.u_slope:.4f}  "
            f"intercept {line.intercept:+.4f} u {line.u_intercept:.4f}  rms z {total.rms_z:.2f}  "
            f"mean z {total.mean_z:+.2f}  misses {total.misses}  ok {row.ok}"
        )


def main() -> None:
    """Measure all devices, print the table and write the record."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("items", nargs="*", default=list(TRUE_VALUES))
    parser.add_argument("--devices", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1000)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--results", type=Path, default=RESULTS)
    given = parser.parse_args()
    work = list(jobs(given.items, given.devices, given.seed))
    with ProcessPoolExecutor(given.processes) as pool:
        found = list(zip(work, pool.map(one, work), strict=True))
    rows = [slope(item, [c for job, c in found if job[0] == item]) for item in given.items]
    print(*table(rows), sep="\n")
    write(given.results, rows)


if __name__ == "__main__":
    main()
