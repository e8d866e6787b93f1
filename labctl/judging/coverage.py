"""Conditions with `covers`: the criterion held over the whole range, ends reached in tolerance."""

from __future__ import annotations

from labctl.agreement import Agreement
from labctl.evidence import Observed
from labctl.indicator import Condition
from labctl.judging.seen import Seen
from labctl.judging.states import State
from labctl.judging.tolerances import tolerance_at
from labctl.judging.usable import Unusable


def coverage_state(
    indicator: str, condition: Condition, observed: Observed, seen: Seen, agreement: Agreement
) -> tuple[State, str]:
    """State and reason; an end counts as reached within the tolerance of a set point there."""
    if observed.low is None or observed.high is None:
        raise Unusable("no range was observed")
    low, high = condition.window
    below, above = (
        tolerance_at(indicator, condition, point, agreement) or 0.0 for point in (low, high)
    )
    if seen.low > low + below or seen.high < high - above:
        return "not held", f"{seen.low:g} to {seen.high:g} {condition.unit} was run"
    narrow = min((width for width in (below, above) if width > 0), default=0.0)
    if seen.expanded > narrow:
        return "not observable", f"U = {seen.expanded:.3g} {condition.unit} exceeds {narrow:g}"
    return "held", ""
