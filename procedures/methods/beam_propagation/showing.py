"""A figure of caustics as evidence, or what it lacks."""

from __future__ import annotations

from labctl.evidence import Evidence
from labctl.run import Run
from labctl.traceable import Unstated
from labctl.uncertainty import Reduction
from labctl.words import Text, Words

BUDGET_DRAWS = 300
"""Draws for a budget line: enough for two digits."""


async def shown(
    run: Run,
    result: str,
    unit: str,
    reduction: Reduction,
    *,
    missing: tuple[str, ...],
    how: tuple[str, tuple[Words, ...], int],
    left_out: tuple[Words, ...],
    unstated: tuple[Unstated, ...],
) -> Evidence:
    """Evidence for `result` in `unit` by `reduction`; no figure where something is `missing`.

    `how` is a sentence with the number of planes in it, further sentences, and that number.
    """
    template, more, count = how
    words = (Text(template, {"planes": str(count)}), *more)

    def reduced() -> Evidence:
        if missing:
            return run.evidence(
                {}, how=words, left_out=left_out, missing=missing, unstated=unstated
            )
        return run.evidence(
            {result: run.figure(result, reduction, unit)},
            how=words,
            left_out=left_out,
            unstated=unstated,
            budget=run.monte_carlo.budget(reduction, result, BUDGET_DRAWS),
        )

    return await run.reduce(reduced)
