"""The reasons of a verdict in the user's language.

The judge states them in English, with numbers in them; the patterns here find the sentence
around the numbers. A reason without a pattern is shown as it is.
"""

from __future__ import annotations

import re

from labctl.i18n import N_, _
from labctl.report.wording import plain

_PATTERNS = tuple(
    (re.compile(re.sub(r"\\{(\w+)\\}", r"(?P<\1>.+?)", re.escape(template))), template)
    for template in (
        N_("extrapolated"),
        N_("not capable"),
        N_("censored"),
        N_("no result"),
        N_("not observed"),
        N_("no value was observed"),
        N_("no range was observed"),
        N_("not declared by anyone"),
        N_("still alive below the limit: to be run on"),
        N_("{reached} of {asked} was run"),
        N_("U = {expanded} exceeds {tolerance}"),
        N_("inside for {share} of the exposure"),
        N_("an excursion of {share} of the exposure"),
        N_("{value} was observed"),
        N_("missing: {names}"),
        N_("declared was {declared}, asked for {asked}"),
        N_("a magnitude, judged against {limit}"),
        N_("expected {wanted}, got {got}"),
        N_("changed: {what}"),
        N_("a zero set point needs an agreed tolerance"),
        N_("the figure was read at {read} instead of {asked}"),
        N_(
            "{name} is not stated: state it in the bench file as [[uncertainty]], or waive it in "
            "the agreement"
        ),
        N_("{name} is not stated: state it in the sample's sheet, or waive it in the agreement"),
        N_(
            "{name} is not stated: state it in the instrument's driver, or waive it in the "
            "agreement"
        ),
        N_("{made} of {planned} trials were made"),
        N_("the number of trials was fixed at {planned}, {made} were made"),
        N_("no point between the ends was tested"),
        N_("did not hold at {points}"),
        N_("a working range: an end counts as reached within {slack}"),
    )
)


def sentence(reason: str) -> str:
    """A reason in the current language; `name: reason` keeps its name, as words."""
    name, colon, rest = reason.partition(": ")
    if colon and re.fullmatch(r"[\w ]+", name) and _translated(rest) != rest:
        return f"{plain(name)}: {_translated(rest)}"
    return _translated(reason)


def _translated(reason: str) -> str:
    for pattern, template in _PATTERNS:
        match = pattern.fullmatch(reason)
        if match:
            return _(template).format(**match.groupdict())
    return reason
