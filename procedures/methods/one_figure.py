"""One figure with its budget as evidence."""

from __future__ import annotations

from collections.abc import Sequence

from labctl.evidence import Evidence
from labctl.run import Run
from labctl.traceable import Unstated
from labctl.uncertainty import Reduction
from labctl.words import Words

BUDGET_DRAWS = 300
"""Draws for a budget line: enough for two digits."""


async def one_figure(
    run: Run,
    result: str,
    unit: str,
    reduction: Reduction,
    *,
    how: Sequence[Words],
    left_out: tuple[Words, ...],
    unstated: tuple[Unstated, ...] = (),
) -> Evidence:
    """Evidence for `result` in `unit` by `reduction`, computed while the run goes on watching its
    bench; `how`, `left_out` and `unstated` as `labctl.run.Run.evidence` has them."""

    def reduced() -> Evidence:
        return run.evidence(
            {result: run.figure(result, reduction, unit)},
            how=how,
            left_out=left_out,
            unstated=unstated,
            budget=run.monte_carlo.budget(reduction, result, BUDGET_DRAWS),
        )

    return await run.reduce(reduced)
