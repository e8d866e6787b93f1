"""Replaying synthetic traces against a cache system under test."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import msgspec

from labctl.run import Run
from procedures.analysis.cache_traces import CacheTrace, synthetic
from rigs.cache import CacheRig

TRACES = 8
"""Traces that count, each of other random numbers: their scatter is the uncertainty."""

BLOCK = 50
"""Accesses that go over the line at once: so far a system could look ahead."""

PRACTICE = TRACES
"""Number of the trace that is replayed first and counts for nothing: a system may learn on it."""


class Replay(msgspec.Struct, frozen=True):
    """A trace as it was served: a letter of `outcomes` for each access (h hit, a taken in, r kept
    out), and the size `used` after each block, in units of size."""

    outcomes: str
    used: tuple[float, ...]


async def replays(run: Run, rig: CacheRig, capacity: int, *, sized: bool) -> list[Replay]:
    """All traces, each with a new cache of `capacity` in units of size, as steps.

    What a program has learned dies with it, so after a resume it practises again.
    """

    async def practise() -> None:
        await replayed(rig, capacity, synthetic(run.seed, PRACTICE, sized=sized))

    found = list[Replay]()
    async with run.scope("traces", practise):
        for number in range(TRACES):
            one = synthetic(run.seed, number, sized=sized)
            work = partial(replayed, rig, capacity, one, run)
            found.append(await run.step(f"trace {number}", work, Replay))
            run.progress((number + 1) / TRACES, f"trace {number + 1} of {TRACES}")
    return found


async def replayed(rig: CacheRig, capacity: int, one: CacheTrace, run: Run | None = None) -> Replay:
    """Trace `one` on a new cache of `capacity` in units of size; what is used is recorded in `run`.

    Call it inside a step.
    """
    await rig.system.make_cache(capacity)
    letters, used = list[str](), list[float]()
    for block in one.blocks(BLOCK):
        served = await rig.system.replay(block.keys, block.sizes, block.features)
        letters.append(served.outcomes)
        used.append(served.used.value)
        if run is not None:
            await run.record("used", served.used)
    return Replay("".join(letters), tuple(used))


def share(letters: Sequence[str], which: Sequence[bool], letter: str) -> float:
    """The part (0..1) of the accesses `which` whose outcome is `letter`."""
    chosen = [one for one, taken in zip(letters, which, strict=True) if taken]
    return sum(one == letter for one in chosen) / len(chosen)
