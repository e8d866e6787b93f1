"""Standard streams in UTF-8, whatever the console's code page says."""

from __future__ import annotations

import io
import sys
from typing import Any

from labctl.jsontext import json_text


def use_utf8() -> None:
    """Make stdout and stderr write UTF-8; what UTF-8 cannot carry is escaped, never an error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def say(text: str = "") -> None:
    """One line on stdout: a result."""
    print(text)


def note(text: str) -> None:
    """One line on stderr: progress, warnings, errors."""
    print(text, file=sys.stderr, flush=True)


def say_json(document: Any) -> None:
    """One JSON document on stdout, in pure ASCII; NaN and infinities are null."""
    print(json_text(document))
