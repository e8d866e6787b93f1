"""Marks and reasons: what bounds a row's outcome beside its numbers."""

from __future__ import annotations

from collections.abc import Sequence

from labctl.judging.estimates import CENSORED
from labctl.judging.outcome import Outcome

EXTRAPOLATED = "extrapolated"
"""Mark of a figure read beyond what was run: at most CONDITIONAL PASS."""

NOT_CAPABLE = "not capable"
"""Reason of an interval that is wider than its window."""

CAPPING = (EXTRAPOLATED, NOT_CAPABLE)


def capped(outcome: Outcome, marks: Sequence[str]) -> Outcome:
    """At most CONDITIONAL PASS for a figure that carries one of the capping marks."""
    if outcome is Outcome.PASS and any(mark in CAPPING for mark in marks):
        return Outcome.CONDITIONAL_PASS
    return outcome


def censored_reason(outcome: Outcome, marks: Sequence[str]) -> tuple[str, ...]:
    """Why a device that was still alive cannot be decided on yet."""
    if outcome is Outcome.INCOMPLETE and CENSORED in marks:
        return ("still alive below the limit: to be run on",)
    return ()
