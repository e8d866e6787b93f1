"""Fixed words of the pages, and the sign that stands beside each so that no colour stands alone."""

from __future__ import annotations

from labctl.i18n import N_, _

BAND = {
    "in": N_("in band"),
    "out": N_("out of band"),
    "": N_("judged at the end"),
}
"""How a condition stands while its run goes on."""

SIGNS = {
    "PASS": "✔",
    "CONDITIONAL PASS": "◐",
    "CONDITIONAL FAIL": "◑",
    "FAIL": "✖",
    "INVALID": "⊘",
    "INCOMPLETE": "…",
    "running": "▶",
    "done": "■",
    "interrupted": "‖",
    "in": "✔",
    "out": "⚠",
    "held": "●",
    "dead": "⚠",
    "unknown": "?",
    "broken": "⚠",
    "free": "○",
    "": "○",
}
"""A sign for each outcome and state, from fonts that every system has."""

TONES = {
    "PASS": "good",
    "CONDITIONAL PASS": "mild",
    "CONDITIONAL FAIL": "mild",
    "FAIL": "bad",
    "INVALID": "odd",
    "INCOMPLETE": "odd",
    "running": "live",
    "interrupted": "mild",
    "in": "good",
    "out": "bad",
    "held": "live",
    "dead": "bad",
    "unknown": "mild",
    "broken": "bad",
}
"""Names of the style of an outcome or state; "plain" for the others."""


def in_band_word(state: str) -> str:
    """Whether a condition is in its band, in the user's language."""
    return _(BAND[state])


def sign(state: str) -> str:
    """The sign of an outcome or state."""
    return SIGNS.get(state, SIGNS[""])


def tone(state: str) -> str:
    """The style of an outcome or state."""
    return TONES.get(state, "plain")
