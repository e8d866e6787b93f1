"""Every driver under every kind of fault, far more often than the tests try.

`python -m ci.soak.driver_faults [TRIES] [SEED]` prints one line a role of the bench `reference` and
ends with 1 where a value was wrong or an error unclear. The result is kept in
ci/soak/results/driver_faults.txt with its date and seed.
"""

from __future__ import annotations

import sys

from labctl.clock import stopwatch, wall
from tests.system.fault_samples import SAMPLES, broken
from tests.system.faulted import tried

TRIES, SEED = 100, 1


def main(arguments: list[str]) -> int:
    """Run it; 1 where the rule was broken."""
    tries = int(arguments[0]) if arguments else TRIES
    seed = int(arguments[1]) if len(arguments) > 1 else SEED
    kinds = ", ".join(SAMPLES)
    print(f"{wall():%Y-%m-%d}: {tries} faults of each kind ({kinds}), seed {seed}", flush=True)
    failed = 0
    for role in tried():
        began = stopwatch()
        found = list(broken(role, seed, tries))
        print(f"{role:26} {len(found)} breaks in {stopwatch() - began:6.1f} s", flush=True)
        for text in dict.fromkeys(found):
            print(f"    {text}", flush=True)
        failed |= bool(found)
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
