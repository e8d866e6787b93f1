"""What a program says on standard error: its last words are kept for an error message."""

from __future__ import annotations

import asyncio

KEPT = 2000
"""Characters that are kept."""


class LastWords:
    """Drains a stream, so that the program never waits for it, and keeps the end."""

    def __init__(self) -> None:
        self._text = ""

    async def listen(self, stream: asyncio.StreamReader) -> None:
        """Read `stream` to its end."""
        while piece := await stream.read(4096):
            self._text = (self._text + piece.decode("utf-8", "replace"))[-KEPT:]

    def __str__(self) -> str:
        return " | ".join(self._text.split("\n")).strip(" |\r")
