"""Timing indexes of similar content against each other: they take turns, block by block."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import msgspec
import numpy as np

from drivers.roles.similarity_index import SimilarityIndex
from labctl import clock
from labctl.evidence import Reading
from labctl.run import Run
from procedures.analysis.contents import (
    BITS,
    FLIPPED,
    ITEMS,
    Contents,
    Words,
    synthetic,
    written,
)
from procedures.analysis.paired_times import orders
from procedures.methods.caching.asking import LINE
from rigs.query_speed import QuerySpeedRig

ROUNDS = 3
"""How often each order of the programs comes."""

BLOCKS = 6 * ROUNDS
ASKED = 150
"""Queries of a block: one line, so that the link's part is small beside that of the work."""

NULLS = 4
"""Requests without work after each line of queries, by which the link is timed."""


class Turn(msgspec.Struct, frozen=True):
    """One program's line: `seconds` till its answer, those of the `nulls` after it, and the numbers
    of the `items` found for each query."""

    seconds: float
    nulls: tuple[float, ...]
    items: tuple[tuple[int, ...], ...]


Block = dict[str, Turn]
"""By role."""


def block_of(items: Words, number: int, seed: int) -> Contents:
    """Queries of block `number`: 150 of `items` with 16 bits flipped, others in every block.

    No query comes twice, so a program that keeps old answers gains nothing.
    """
    rng = np.random.default_rng([seed & (2**63 - 1), ITEMS, number])
    chosen = np.unpackbits(items[rng.choice(ITEMS, ASKED, replace=False)].view(np.uint8), axis=1)
    places = rng.permuted(np.tile(np.arange(BITS), (ASKED, 1)), axis=1)[:, :FLIPPED]
    chosen[np.arange(ASKED)[:, None], places] ^= 1
    return Contents(items, np.packbits(chosen, axis=1).view(np.uint64))


async def blocks(run: Run, rig: QuerySpeedRig) -> list[Block]:
    """All blocks, each as a step; before them every program is filled and asked one more block,
    which is practice. What a program holds dies with it, so after a resume it is done again."""
    items = synthetic(run.seed).items

    async def ready() -> None:
        practice = written(block_of(items, BLOCKS, run.seed).queries)
        for program in rig.programs().values():
            await filled(program, written(items))
            await turn(program, practice)

    found = list[Block]()
    async with run.scope("blocks", ready):
        for number, order in enumerate(orders(len(rig.programs()), ROUNDS, run.seed)):
            queries = written(block_of(items, number, run.seed).queries)
            work = partial(one_block, run, rig, order, queries)
            found.append(await run.step(f"block {number}", work, Block))
            run.progress((number + 1) / BLOCKS, f"block {number + 1} of {BLOCKS}")
    return found


async def filled(program: SimilarityIndex, items: Sequence[str]) -> None:
    """An index of `items`, in lines as 7.3-05 gives them."""
    await program.make_index(BITS)
    for begin in range(0, len(items), LINE):
        await program.add(items[begin : begin + LINE])


async def one_block(
    run: Run, rig: QuerySpeedRig, order: Sequence[int], queries: Sequence[str]
) -> Block:
    """The same `queries` to each program, in `order`. Call it inside a step."""
    programs = list(rig.programs().items())
    found: Block = {}
    for which in order:
        role, program = programs[which]
        found[role], readings = await turn(program, queries)
        await run.record(f"elapsed/{role}", readings[0])
        await run.record(f"link/{role}", *readings[1:])
    return found


async def turn(
    program: SimilarityIndex, queries: Sequence[str]
) -> tuple[Turn, tuple[Reading, ...]]:
    """One line of `queries`, then requests that need no work; their times as readings in s."""
    answers = await program.find(queries)
    nulls = [await null(program, answers.elapsed) for _ in range(NULLS)]
    seconds = tuple(one.value for one in nulls)
    return Turn(answers.elapsed.value, seconds, answers.items), (answers.elapsed, *nulls)


async def null(program: SimilarityIndex, like: Reading) -> Reading:
    """The time in s from asking `program` who it is to its answer, both pipes included."""
    began = clock.now()
    await program.identify()
    t, utc = clock.stamp()
    return msgspec.structs.replace(like, value=t - began, t=t, utc=utc)
