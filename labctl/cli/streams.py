"""Standard streams in UTF-8, whatever the console's code page says."""

from __future__ import annotations

import io
import json
import math
import sys
from typing import Any, cast


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
    print(json.dumps(finite(document), indent=2, ensure_ascii=True, allow_nan=False))


def finite(document: Any) -> Any:
    """`document` with every NaN and infinity replaced by None, which JSON can carry."""
    if isinstance(document, float):
        return document if math.isfinite(document) else None
    if isinstance(document, dict):
        table = cast("dict[str, Any]", document)
        return {key: finite(value) for key, value in table.items()}
    if isinstance(document, list | tuple):
        return [finite(value) for value in cast("list[Any]", document)]
    return document
