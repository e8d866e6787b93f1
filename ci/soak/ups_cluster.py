"""A hundred UPS units over Modbus TCP, each sampled 50 times a second by one process in real time.

`python -m ci.soak.ups_cluster [--units 100] [--rate 50] [--seconds 30] [--servers 2]` serves the
units' emulators in other processes and samples them by our register links: one request of 24
registers a sample. It prints missed deadlines (an answer that is not there when the unit's next
sample is due), how late samples were asked for and answered, the share of a core that the sampling
process and the emulators took, and the load of the machine. The result is kept in
ci/soak/results/ups_cluster.txt.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import os
import sys
from functools import partial

import numpy as np
import psutil

from ci.soak.ups_sampling import COUNT, FIRST, Sampled, sample, served
from drivers.links.opening import open_register_link
from labctl import clock

SHARES = (50.0, 95.0, 99.0, 99.9, 100.0)
"""Percentiles that are printed."""


async def linked(ports: list[int], rate: float, seconds: float) -> tuple[Sampled, float]:
    """Sample the units at `ports` by register links; also the share of a core that it took."""
    links = [await open_register_link(f"modbus+tcp://127.0.0.1:{port}?unit=1") for port in ports]
    reads = [partial(link.read_holding, FIRST, COUNT) for link in links]
    await asyncio.gather(*(read() for read in reads))
    # What stands by now stays to the end: no use in looking through it again and again.
    gc.collect()
    gc.freeze()
    used, began = cpu(), clock.now()
    found = await sample(reads, rate, seconds)
    share = (cpu() - used) / (clock.now() - began)
    for link in links:
        await link.close()
    return found, share


def cpu() -> float:
    """Processor time of this process in s."""
    spent = os.times()
    return spent.user + spent.system


def load() -> str:
    """The machine's load averages over 1, 5 and 15 min."""
    return " ".join(f"{one:.2f}" for one in psutil.getloadavg())


def lines(found: Sampled, share: float) -> list[str]:
    """The result as text."""
    told = [
        f"samples wanted {found.wanted}, taken {len(found.took)}, passed over {found.skipped}",
        f"missed deadlines {found.missed} ({100.0 * found.missed / found.wanted:.3f} %)",
        f"{'percentile':<16}" + "".join(f"{one:>9g}" for one in SHARES),
    ]
    for name, values in (("asked late, ms", found.late), ("answered, ms", found.took)):
        told.append(
            f"{name:<16}" + "".join(f"{one:>9.2f}" for one in 1e3 * np.percentile(values, SHARES))
        )
    whole = share * found.wanted / len(found.took)
    return [
        *told,
        f"the sampling process took {100.0 * share:.0f} % of a core: all samples at this cost would"
        f" take {100.0 * whole:.0f} %",
    ]


def main() -> int:
    """Run it once; always 0: what it finds is a figure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", type=int, default=100)
    parser.add_argument("--rate", type=float, default=50.0)
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--servers", type=int, default=2)
    given = parser.parse_args()
    print(
        f"{clock.wall():%Y-%m-%d}: {given.units} UPS units at {given.rate:g} Hz for "
        f"{given.seconds:g} s by one process, emulators in {given.servers} others; "
        f"{os.cpu_count()} cores, load before {load()}",
        flush=True,
    )
    with served(given.units, given.servers) as ports:
        found, share = clock.run(linked(ports, given.rate, given.seconds), virtual=False)
    others = os.times()
    served_for = others.children_user + others.children_system
    told = [
        f"the emulators' processes took {served_for:.1f} s of processor",
        f"load after {load()}",
    ]
    print("\n".join([*lines(found, share), *told]), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
