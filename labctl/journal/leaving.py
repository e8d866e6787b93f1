"""How a real bench was left by a run that ended before its end, as far as the journal knows."""

from __future__ import annotations

from labctl.journal.reader import Reader

SAFE = "safe"
"""Made safe by the run itself, each instrument read back."""

UNKNOWN = "unknown: the process ended and nobody noted that the bench was made safe"

_SAID = (
    "SELECT kind, text FROM events WHERE kind IN ('not safe', 'rescue') AND t >= ?"
    " ORDER BY rowid DESC LIMIT 1"
)


def how_left(reader: Reader, t: float) -> str:
    """In words, for a run whose last moment was at run time `t` in s."""
    for kind, text in reader.rows(_SAID, t):
        return f"{kind}: {text}"
    return SAFE if reader.meta().get("state") == "interrupted" else UNKNOWN
