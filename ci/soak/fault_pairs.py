"""A pairwise sample of faults at the steps of procedures: what each of them came to.

`python -m ci.soak.fault_pairs [MOST] [SEED]` prints one line a case, then how many came to what,
and the faults that nothing on the bench can tell, with what they did. It ends with 1 where a bench
was not safe, an error named nothing, or a figure was wrong without a word. The result is kept in
ci/soak/results/fault_pairs.txt with its date and seed.
"""

from __future__ import annotations

import sys
from collections import Counter

from labctl.clock import stopwatch, wall
from tests.system.fault_cases import MOST, cases
from tests.system.fault_outcomes import BLIND, UNSEEN, tried

SEED = 1


def main(arguments: list[str]) -> int:
    """Run it; 1 where the rule was broken."""
    most = int(arguments[0]) if arguments else MOST
    seed = int(arguments[1]) if len(arguments) > 1 else SEED
    sample, began = cases(seed, most), stopwatch()
    print(f"{wall():%Y-%m-%d}: {len(sample)} faults in steps of procedures, seed {seed}")
    came: Counter[str] = Counter()
    blind: list[str] = []
    failed = 0
    for case in sample:
        found = tried(case)
        came[found.what] += 1
        failed += bool(found.problems)
        line = f"{case!s:68} {'; '.join(found.problems) or found.what}"
        print(line, flush=True)
        if found.problems:
            print(f"    {found.text}; {case.table}", flush=True)
        elif found.what == BLIND:
            blind.append(f"{line}: {found.text}")
    print("; ".join(f"{count} {what}" for what, count in came.most_common()), flush=True)
    print(*(f"unseen: {line}" for line in blind), sep="\n")
    print(*(f"{role}, {kind}: {why}" for (role, kind), why in UNSEEN.items()), sep="\n")
    print(f"{failed} of {len(sample)} break the rule, in {stopwatch() - began:.0f} s", flush=True)
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
