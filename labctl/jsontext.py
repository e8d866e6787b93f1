"""JSON as labctl prints it: pure ASCII, without NaN and infinities."""

from __future__ import annotations

import json
import math
from typing import Any, cast


def json_text(document: Any) -> str:
    """A JSON document in pure ASCII; NaN and infinities are null."""
    return json.dumps(finite(document), indent=2, ensure_ascii=True, allow_nan=False)


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
