"""How bytes of a line are shown in an error."""

from __future__ import annotations

LONGEST = 200


def shown(data: bytes) -> str:
    """`data` as text for an error message: control characters escaped, at most 200 characters."""
    text = data.decode("ascii", "backslashreplace")
    text = "".join(char if char.isprintable() else repr(char)[1:-1] for char in text)
    return text if len(text) <= LONGEST else text[:LONGEST] + f"... ({len(data)} bytes)"
