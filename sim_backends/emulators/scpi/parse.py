"""Program messages into units, headers and arguments (IEEE 488.2-1992 chapter 7)."""

from __future__ import annotations

import re

from sim_backends.emulators.scpi.errors import ScpiError

# A colon before a common command is no good form, but instruments take it.
_HEADER = re.compile(
    r":?(\*[A-Za-z]+)(\?)?|(:?[A-Za-z][A-Za-z0-9_]*(?::[A-Za-z][A-Za-z0-9_]*)*)(\?)?"
)


def split_outside_quotes(text: str, separator: str) -> list[str]:
    """`text` at each `separator` that stands in no quotes and no parentheses; -151 unclosed."""
    if '"' not in text and "'" not in text and "(" not in text:
        return text.split(separator)
    parts, start, quote, depth = [], 0, "", 0
    for position, char in enumerate(text):
        if quote:
            quote = "" if char == quote else quote
        elif char in "\"'":
            quote = char
        elif char == "(":
            depth += 1
        elif char == ")":
            depth -= 1
        elif char == separator and depth <= 0:
            parts.append(text[start:position])
            start = position + 1
    if quote:
        raise ScpiError(-151)
    parts.append(text[start:])
    return parts


def split_unit(unit: str) -> tuple[str, bool, tuple[str, ...]]:
    """One message unit into (header, is a query, arguments)."""
    match = _HEADER.match(unit)
    if match is None:
        raise ScpiError(-101 if not unit.isprintable() else -102)
    rest = unit[match.end() :]
    if rest and not rest[0].isspace() and rest[0] not in "\"'(@":
        raise ScpiError(-111 if rest[0] not in ":?*" else -102)
    header = match.group(1) or match.group(3)
    is_query = bool(match.group(2) or match.group(4))
    return header, is_query, _arguments(rest.strip())


def _arguments(text: str) -> tuple[str, ...]:
    if not text:
        return ()
    return tuple(part.strip() for part in split_outside_quotes(text, ","))
