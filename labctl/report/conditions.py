"""Conditions as observed, as a reader sees them."""

from __future__ import annotations

from dataclasses import dataclass

from labctl.i18n import N_, _
from labctl.judging.estimates import NORMAL_95
from labctl.judging.record import ConditionVerdict, Verdict
from labctl.report.notation import number, rule, signs, with_unit
from labctl.report.reasons import sentence
from labctl.report.results import NOTHING
from labctl.report.wording import plain

_STATES = {
    "held": N_("held"),
    "not held": N_("not held"),
    "not observed": N_("not observed"),
    "not observable": N_("not observable"),
    "short": N_("too short"),
    "not agreed": N_("not agreed"),
}


@dataclass(frozen=True)
class ConditionView:
    """One condition: what was required, what was observed, how long, whether it held."""

    name: str
    required: str
    observed: str
    extremes: str
    share: str
    state: str
    held: bool
    reason: str


def condition_view(condition: ConditionVerdict) -> ConditionView:
    """The texts of one condition in the current language."""
    varied = condition.low != condition.high
    return ConditionView(
        name=plain(condition.name),
        required=_required(condition),
        observed=_observed(condition),
        extremes=_extremes(condition),
        share=f"{100 * condition.share:.4g} %" if varied else NOTHING,
        state=_(_STATES.get(condition.state, condition.state)),
        held=condition.state == "held",
        reason=sentence(condition.reason),
    )


def condition_lines(verdict: Verdict) -> list[str]:
    """Each condition of a verdict as a line of text."""
    views = [condition_view(condition) for condition in verdict.conditions]
    return [f"{v.name}: {v.required}; {v.observed}; {v.state}" for v in views]


def _required(condition: ConditionVerdict) -> str:
    if not condition.op:
        return condition.required
    if condition.op == "==":
        return rule("set", condition.limit, condition.unit, condition.tolerance)
    return rule(condition.op, condition.limit, condition.unit)


def _observed(condition: ConditionVerdict) -> str:
    if condition.value is None:
        declared = condition.text or NOTHING
        by = _("declared by {name}").format(name=condition.declared_by)
        return f"{declared} ({by})" if condition.declared_by else declared
    if not condition.u:
        return with_unit(signs(f"{condition.value:.6g}"), condition.unit)
    value, expanded = rounded(condition.value, NORMAL_95 * condition.u)
    return with_unit(f"({value} ± {expanded})", condition.unit)


def _extremes(condition: ConditionVerdict) -> str:
    if condition.low is None or condition.high is None or condition.low == condition.high:
        return NOTHING
    ends = (signs(f"{end:.5g}") for end in (condition.low, condition.high))
    return with_unit(" … ".join(ends), condition.unit)


def rounded(value: float, uncertainty: float) -> tuple[str, str]:
    """`value` and `uncertainty` as text, both to the second digit of the uncertainty (GUM 7.2.6).

    For figures that nothing is decided on.
    """
    if not uncertainty > 0:
        return number(value), "0"
    leading = int(f"{uncertainty:.1e}".partition("e")[2])
    places = max(1 - leading, 0)
    return signs(f"{value:.{places}f}"), signs(f"{uncertainty:.{places}f}")
