"""The fixed words of a verdict, in the user's language.

The Chinese wording of the six outcomes is fixed by the rules for verdicts.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

from labctl.i18n import N_, _, current
from labctl.indicator import Direction, Indicator

_WORDS = {
    "PASS": N_("PASS"),
    "CONDITIONAL PASS": N_("CONDITIONAL PASS"),
    "CONDITIONAL FAIL": N_("CONDITIONAL FAIL"),
    "FAIL": N_("FAIL"),
    "INVALID": N_("INVALID"),
    "INCOMPLETE": N_("INCOMPLETE"),
    "measured": N_("measured"),
    "evaluated": N_("evaluated"),
    "document": N_("document"),
    "done": N_("done"),
    "interrupted": N_("interrupted"),
    "running": N_("running"),
    "non-binary": N_("non-binary"),
    "simple": N_("simple acceptance"),
    "guarded": N_("guarded acceptance"),
    "virtual": N_("virtual"),
    "real": N_("real"),
}


def word(term: str) -> str:
    """A fixed term (outcome, evidence kind, state of a run, rule) in the current language."""
    return _(_WORDS[term]) if term in _WORDS else term


def name_of(indicator: Indicator) -> str:
    """The indicator's name in the current language."""
    return indicator.name_zh if current() == "zh" else indicator.name_en


def title_of(direction: Direction) -> str:
    """The direction's title in the current language."""
    return direction.title_zh if current() == "zh" else direction.title_en


def plain(name: str) -> str:
    """A snake_case name of the map as words, in the current language where it is known."""
    return _(name.replace("_", " "))


def path(name: str) -> str:
    """A name made of parts, `bench/spectral_mismatch`, as words: `bench, spectral mismatch`."""
    return ", ".join(plain(part) for part in name.split("/") if part)


def moment(unix: float) -> str:
    """A Unix time as date and time in UTC, as the language writes it."""
    when = datetime.fromtimestamp(unix, UTC)
    if current() == "zh":
        return f"{when.year}年{when.month}月{when.day}日 {when:%H:%M:%S} UTC"
    return f"{when:%Y-%m-%d %H:%M:%S} UTC"


def iso_moment(text: str) -> str:
    """A date and time in ISO 8601, as the language writes it; other text stays as it is."""
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        return text
    return moment(when.timestamp())


def day(text: str) -> str:
    """A date in ISO 8601, as the language writes it; other text stays as it is."""
    try:
        when = date.fromisoformat(text)
    except ValueError:
        return text
    return f"{when.year}年{when.month}月{when.day}日" if current() == "zh" else when.isoformat()


def duration(seconds: float) -> str:
    """A span of time with a unit that suits it: `42 s`, `12 min`, `1,000 h`."""
    for limit, unit, size in ((120.0, "s", 1.0), (7200.0, "min", 60.0)):
        if abs(seconds) < limit:
            return f"{seconds / size:.3g} {unit}"
    hours = f"{seconds / 3600:,.0f}" if seconds >= 36000 else f"{seconds / 3600:.3g}"
    return f"{hours} h"
