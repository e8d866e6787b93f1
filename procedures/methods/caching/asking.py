"""Asking an index of similar content: filled and asked in one step, judged by looking at all."""

from __future__ import annotations

import msgspec

from labctl.run import Run
from procedures.analysis.contents import BITS, Judged, judged, similar, synthetic, written
from rigs.similarity import SimilarityRig

LINE = 100
"""Vectors in a line."""


class Found(msgspec.Struct, frozen=True):
    """Numbers of the items that were found for each query, and the whole time in s of all."""

    items: tuple[tuple[int, ...], ...]
    seconds: float


async def asked(run: Run, rig: SimilarityRig) -> Judged:
    """What the system finds of the synthetic contents, beside what there is to be found."""
    contents = synthetic(run.seed)

    async def work() -> Found:
        await rig.system.make_index(BITS)
        items, queries = written(contents.items), written(contents.queries)
        for begin in range(0, len(items), LINE):
            await rig.system.add(items[begin : begin + LINE])
        found, seconds = list[tuple[int, ...]](), 0.0
        for begin in range(0, len(queries), LINE):
            answers = await rig.system.find(queries[begin : begin + LINE])
            await run.record("elapsed", answers.elapsed)
            found += answers.items
            seconds += answers.elapsed.value
        return Found(tuple(found), seconds)

    found = await run.step("queries", work, Found)
    return await run.reduce(lambda: judged(found.items, similar(contents)))
