"""What a lab offers to `labctl talk`: a console on any of its links."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True)
class TalkRequest:
    """To whom is talked, and how.

    `timeout` in s is that of one answer, None for the link's own. `terminator` ends a line of text
    in both directions. Every transaction is written into `trace`, if it names a file.
    """

    address: str
    timeout: float | None = None
    terminator: str = "\n"
    trace: Path | None = None


class Console(Protocol):
    """An open link that takes lines typed by a person."""

    @property
    def help(self) -> str:
        """What may be typed, a line each."""
        ...

    async def say(self, line: str) -> list[str]:
        """Carry out `line`; the lines of the answer. `LabError` says what went wrong."""
        ...

    async def close(self) -> None:
        """Give the line back."""
        ...


ConsoleOpener = Callable[[TalkRequest], Awaitable[Console]]
"""Opens the link at an address; `LabError` where it cannot."""
