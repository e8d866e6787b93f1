"""Plain data as JSON text in the journal, and back.

Unlike strict JSON this text has NaN, Infinity and -Infinity, because a figure may be one and must
come back as it was. Python's `json` and DuckDB read it.
"""

from __future__ import annotations

import json
from typing import Any, TypeVar

import msgspec

from labctl.errors import Defect, JournalError

T = TypeVar("T")


def encode(value: object) -> str:
    """`value` as JSON text; `Defect` where it is not plain data (an array, an open file)."""
    try:
        plain = msgspec.to_builtins(value, str_keys=True)
        return clean(json.dumps(plain, ensure_ascii=False, separators=(",", ":")))
    except (TypeError, ValueError) as error:
        raise Defect(
            f"not plain data for the journal: {error}",
            remedy="return numbers, text, lists, dicts, or msgspec structs of these",
        ) from error


def decode(text: str, kind: type[T]) -> T:
    """What `encode` wrote, as `kind`; `JournalError` where it is something else."""
    try:
        return msgspec.convert(loads(text), kind, str_keys=True)
    except (ValueError, msgspec.ValidationError) as error:
        raise JournalError(f"the journal holds no {kind}: {error}") from error


def loads(text: str) -> Any:
    """What `encode` wrote, as dicts, lists, text and numbers."""
    return json.loads(text)


def clean(text: str) -> str:
    """`text` with lone surrogates (bytes that were no UTF-8) written as escapes."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
