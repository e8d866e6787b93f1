"""The decision rule in words, for the reader of a report."""

from __future__ import annotations

from labctl.i18n import N_, _

_RULES = {
    "non-binary": (
        N_("Non-binary rule of ILAC-G8:09/2019 with guard band w = U, on the 95 % interval."),
        N_("PASS: the whole interval lies within the limit."),
        N_("CONDITIONAL PASS: the estimate lies within the limit, its interval reaches beyond."),
        N_("CONDITIONAL FAIL: the estimate lies beyond the limit, its interval reaches back."),
        N_("FAIL: the whole interval lies beyond the limit."),
    ),
    "simple": (N_("Simple acceptance: the estimate decides, without a guard band."),),
    "guarded": (N_("Guarded acceptance: PASS only where the whole 95 % interval is within."),),
}
_ALWAYS = (
    N_("INVALID: a condition was not held or not observed. INCOMPLETE: something is missing."),
    N_("Decisions are made on unrounded values. Of several rows the worst outcome stands."),
)


def rule_lines(rule: str) -> list[str]:
    """The decision rule in sentences, in the current language."""
    return [_(line) for line in (*_RULES.get(rule, (rule,)), *_ALWAYS)]
