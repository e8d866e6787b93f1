"""The decision on the conditions of a test.

A condition is held when its reading is inside its tolerance and its U does not exceed the
tolerance, for 99 % of the exposure and without an excursion above 1 % of it. One that is not held
or not observed makes the test invalid; an exposure that falls short makes it incomplete.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from labctl.agreement import Agreement
from labctl.errors import UnitError
from labctl.evidence import Observed
from labctl.indicator import Condition, Indicator
from labctl.judging.aspects import decide_aspect
from labctl.judging.bands import Band, NotAgreed, band_of
from labctl.judging.coverage import coverage_state
from labctl.judging.outcome import WORST_FIRST
from labctl.judging.record import ConditionVerdict
from labctl.judging.seen import Seen, seen_in
from labctl.judging.states import State, conclude
from labctl.judging.tolerances import SHARE_OF_VALUE, is_exposure, tolerance_at
from labctl.judging.usable import Unusable

SHARE = 0.99
"""Part of the exposure that must lie inside the tolerance."""

EXCURSION = 0.01
"""Longest single excursion allowed, as a part of the exposure."""

CLOSE = 1e-9
"""Relative noise of a duration that was added up in binary numbers."""


def decide_conditions(
    indicator: Indicator, observed: Sequence[Observed], agreement: Agreement
) -> tuple[ConditionVerdict, ...]:
    """One verdict for each condition of the indicator, in its order."""
    return tuple(
        _worst([_decide(indicator.id, condition, one, agreement) for one in found])
        if (found := [one for one in observed if _about(condition, one)])
        else _unobserved(condition)
        for condition in indicator.conditions
    )


def _about(condition: Condition, observed: Observed) -> bool:
    name = observed.aspect if condition.in_words else observed.quantity
    return name == condition.name


def _worst(found: Sequence[ConditionVerdict]) -> ConditionVerdict:
    """Of a condition observed more than once each must hold."""
    return min(found, key=lambda one: WORST_FIRST.index(one.outcome))


def _unobserved(condition: Condition) -> ConditionVerdict:
    if condition.aspect == "for_example":
        return conclude(condition, "held")
    return conclude(condition, "not observed", "not observed")


def _decide(
    indicator: str, condition: Condition, observed: Observed, agreement: Agreement
) -> ConditionVerdict:
    if condition.in_words:
        return decide_aspect(condition, observed)
    try:
        seen = seen_in(condition, observed)
        state, reason, tolerance = _state(indicator, condition, observed, seen, agreement)
    except Unusable as error:
        return conclude(condition, "not observed", str(error))
    except (NotAgreed, UnitError) as error:
        return conclude(condition, "not agreed", str(error))
    return _numbers(conclude(condition, state, reason), observed, seen, tolerance)


def _state(
    indicator: str, condition: Condition, observed: Observed, seen: Seen, agreement: Agreement
) -> tuple[State, str, float | None]:
    if is_exposure(condition):
        slack = tolerance_at(indicator, condition, condition.number, agreement)
        return (*_exposure(condition, seen, slack or SHARE_OF_VALUE * condition.number), None)
    if condition.op == "covers":
        return (*coverage_state(indicator, condition, observed, seen, agreement), None)
    if _truly_zero(condition, seen):
        return "held", "", None
    band = band_of(indicator, condition, agreement)
    tolerance = band.tolerance if condition.op == "==" else None
    return (*_held(band, seen, condition.unit), tolerance)


def _exposure(condition: Condition, seen: Seen, slack: float) -> tuple[State, str]:
    """More is allowed where the figure was read at the value, within `slack` of it."""
    asked, unit = condition.number, condition.unit
    if seen.value < asked - CLOSE * abs(asked):
        return "short", f"{seen.value:g} of {asked:g} {unit} was run"
    read = seen.value if seen.read_at is None else seen.read_at
    if abs(read - asked) > slack:
        return "short", f"the figure was read at {read:g} {unit} instead of {asked:g} {unit}"
    return "held", ""


def _truly_zero(condition: Condition, seen: Seen) -> bool:
    """Nothing applied at a zero set point holds by any tolerance."""
    nothing = seen.low == seen.high == 0.0 and seen.u == 0.0
    return condition.op == "==" and condition.value == 0.0 and nothing


def _held(band: Band, seen: Seen, unit: str) -> tuple[State, str]:
    if not band.holds(seen.value):
        return "not held", f"{seen.value:.6g} {unit} was observed"
    if seen.expanded > band.tolerance:
        return "not observable", f"U = {seen.expanded:.3g} {unit} exceeds {band.tolerance:g} {unit}"
    if seen.share < SHARE:
        return "not held", f"inside for {seen.share:.2%} of the exposure"
    if seen.worst_excursion > EXCURSION:
        return "not held", f"an excursion of {seen.worst_excursion:.2%} of the exposure"
    if _uncounted(band, seen):
        return "not held", f"{seen.low:.6g} to {seen.high:.6g} {unit}, share inside not counted"
    return "held", ""


def _uncounted(band: Band, seen: Seen) -> bool:
    """Extremes outside the band beside a share that says nothing was outside."""
    outside = not (band.holds(seen.low) and band.holds(seen.high))
    return outside and seen.share >= 1.0


def _numbers(
    verdict: ConditionVerdict, observed: Observed, seen: Seen, tolerance: float | None
) -> ConditionVerdict:
    return msgspec.structs.replace(
        verdict,
        tolerance=tolerance,
        value=seen.value,
        u=seen.u,
        low=None if observed.low is None else seen.low,
        high=None if observed.high is None else seen.high,
        share=seen.share,
        declared_by=observed.declared_by,
    )
