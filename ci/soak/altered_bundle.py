"""Every byte of a bundle altered, one after the other: which line of `labctl verify` tells of it.

`python -m ci.soak.altered_bundle [STEP]` makes a bundle of a small run, signed and time-stamped,
and alters one bit of every STEPth byte of every file; of its archive a hundredth of that. It prints
what told, and ends with 1 where nobody did of one. The result is kept in
ci/soak/results/altered_bundle.txt.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from labctl.clock import wall
from tests.labctl.bundle.altering import made, sweep

STEP = 1


def main(step: int) -> int:
    """Alter byte after byte."""
    with tempfile.TemporaryDirectory(prefix="labctl-bytes-") as scratch:
        counts = sweep(made(Path(scratch)), step)
    print(f"{wall():%Y-%m-%d} one byte of {step}: {counts.total()} altered, one after the other")
    for line, count in sorted(counts.items()):
        print(f"{count:8d}  {line}")
    return int(any(line.endswith("NOBODY") for line in counts))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else STEP))
