"""Every byte of a small journal altered, one after the other.

`python -m ci.soak.altered_bytes [SEED]` writes a closed run with rows in every table, changes each
byte of its journal, and asks of each whether the chain finds it. Where it does not, SQLite has to
read the very same content: the byte is in a free part of a page or a field of the header that
nothing reads. The whole `verify`, which knows the hash of the closed file, has to find every one.
It prints what it found and ends with 1 at the first byte that is neither. The result is kept in
ci/soak/results/altered_bytes.txt with its date and seed.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import numpy as np

from labctl.clock import wall
from labctl.engine import execute
from tests.labctl.fakelab import FakeLab, measure, request
from tests.labctl.journal.flipping import changed, content, found
from tests.runcheck import check_run

SEED = 1


def main(seed: int) -> int:
    """Change byte after byte."""
    lab, rng = FakeLab(), np.random.default_rng(seed)
    with tempfile.TemporaryDirectory(prefix="labctl-bytes-") as scratch:
        run = execute(request(Path(scratch)), lambda indicator: lab.bound(measure)).path
        journal = run / "journal.db"
        whole, before = journal.read_bytes(), content(journal)
        by_chain = 0
        for place in range(len(whole)):
            changed(journal, whole, place, int(rng.integers(1, 256)))
            try:
                by_chain += found(journal, before)
            except AssertionError:
                print(f"byte {place} was altered, changes what is read, and is not found")
                return 1
            if place % 50 == 0 and not check_run(run):
                print(f"byte {place} was altered, and verify finds nothing")
                return 1
    print(f"{wall():%Y-%m-%d} seed {seed}: {len(whole)} bytes altered, one after the other")
    print(f"found by the chain: {by_chain}")
    print(f"not found, and the content that SQLite reads is the same: {len(whole) - by_chain}")
    print(f"found by verify, of every 50th: {len(range(0, len(whole), 50))}")
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else SEED))
