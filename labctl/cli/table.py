"""Plain tables whose columns line up, also with Chinese characters."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence


def width(text: str) -> int:
    """Cells that `text` takes on a terminal: two for each wide East Asian character."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def clip(text: str, cells: int) -> str:
    """`text` cut to at most `cells` cells, with an ellipsis where something is lost."""
    if width(text) <= cells:
        return text
    kept = ""
    for character in text:
        if width(kept) + width(character) > cells - 1:
            break
        kept += character
    return kept + "…"


def lines(header: Sequence[str], rows: Sequence[Sequence[str]], gap: int = 2) -> list[str]:
    """`rows` under `header`, left-aligned in columns, with a rule below the header.

    Every line reaches to the end of the last column.
    """
    table = [list(header), *(list(row) for row in rows)]
    columns = [max(width(row[i]) for row in table) for i in range(len(header))]
    rule = ["─" * cells for cells in columns]
    return [_line(row, columns, gap) for row in (table[0], rule, *table[1:])]


def _line(row: Sequence[str], columns: Sequence[int], gap: int) -> str:
    return (" " * gap).join(padded(text, cells) for text, cells in zip(row, columns, strict=True))


def padded(text: str, cells: int) -> str:
    """`text` with spaces behind it up to `cells` cells."""
    return text + " " * max(cells - width(text), 0)
