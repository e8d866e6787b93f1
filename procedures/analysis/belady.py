"""The most hits that a cache can have on a known trace: Belady's MIN, which may keep out."""

from __future__ import annotations

import heapq
from collections.abc import Sequence

NEVER = 2**62
"""Number of an access that never comes."""


def next_accesses(keys: Sequence[str]) -> list[int]:
    """For each access the number of the next one to the same object; `NEVER` after the last."""
    later = dict[str, int]()
    found = [NEVER] * len(keys)
    for number in range(len(keys) - 1, -1, -1):
        found[number] = later.get(keys[number], NEVER)
        later[keys[number]] = number
    return found


def most_hits(keys: Sequence[str], capacity: int) -> int:
    """Hits of the offline optimum on `keys` with room for `capacity` objects of one size.

    L. A. Belady, IBM Systems Journal 5 (1966) 78: who is wanted furthest in the future goes. The
    newcomer may be that one, and is kept out then, so no system that may keep objects out has
    more hits. O(n log n). It holds for objects of equal size alone; with sizes the optimum is
    NP-hard.
    """
    held = dict[str, int]()
    furthest = list[tuple[int, str]]()
    hits = 0
    for key, wanted in zip(keys, next_accesses(keys), strict=True):
        if key in held:
            hits += 1
        if wanted == NEVER:
            held.pop(key, None)
            continue
        held[key] = wanted
        heapq.heappush(furthest, (-wanted, key))
        while len(held) > capacity:
            later, name = heapq.heappop(furthest)
            if held.get(name) == -later:  # else this entry is of an earlier access
                del held[name]
    return hits
