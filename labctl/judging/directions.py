"""The outcome of a direction: its common indicators and the best set of its alternatives."""

from __future__ import annotations

from collections.abc import Mapping

from labctl.indicator import Direction
from labctl.judging.outcome import Outcome, best, worst


def judge_direction(direction: Direction, outcomes: Mapping[str, Outcome]) -> Outcome:
    """The outcome over a direction from those of its indicators by id.

    A direction passes when every indicator without a letter passes and all indicators of at least
    one letter pass; so the worst of the common ones and of the best set stands. An indicator
    without an outcome is INCOMPLETE.
    """
    sets = set_outcomes(direction, outcomes)
    common = [sets.pop("")] if "" in sets else []
    return worst([*common, best(sets.values())] if sets else common)


def set_outcomes(direction: Direction, outcomes: Mapping[str, Outcome]) -> dict[str, Outcome]:
    """The outcome of each set of alternatives by its letter, and of the common ones under ""."""
    members: dict[str, list[Outcome]] = {}
    for indicator in direction.indicators:
        outcome = outcomes.get(indicator.id, Outcome.INCOMPLETE)
        members.setdefault(indicator.alternatives, []).append(outcome)
    return {letter: worst(found) for letter, found in members.items()}
