"""Evidence for a function by its marks."""

from __future__ import annotations

from collections.abc import Sequence

from labctl.evidence import Contribution, Evidence
from labctl.run import Run
from labctl.traceable import Unstated
from labctl.words import Words
from procedures.methods.grid_support.deciding import Mark, decided


def shown(
    run: Run,
    result: str,
    marks: Sequence[Mark],
    *,
    by: str = "",
    also: tuple[Words, ...] = (),
    left_out: tuple[Words, ...],
    unstated: tuple[Unstated, ...] = (),
    budget: Sequence[Contribution] = (),
) -> Evidence:
    """Evidence for `result`: there, not there, or left open where a mark is in doubt.

    It is shown `by` something in plain words, by the marks where nothing is named; what each mark
    found is told, and then `also`.
    `left_out`, `unstated` and `budget` as `labctl.run.Run.evidence` has them.
    """
    found = decided(marks, by or f"{len(marks)} marks")
    return run.evidence(
        {} if found.present is None else {result: found.present},
        how=(*(mark.told for mark in marks), *also),
        left_out=left_out,
        missing=found.missing,
        unstated=unstated,
        budget=tuple(budget),
    )
